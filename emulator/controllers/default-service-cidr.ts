import { jsonEqual } from '../api/json.ts'
import type { KubeObject } from '../api/types.ts'
import type { Pod } from '../generated/types.ts'
import { event as eventKind } from '../kinds/event.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { serviceCIDR } from '../kinds/service-cidr.ts'
import { type ControllerDefinition, defineController, type EventRecorder, type ReconcileContext } from './controller.ts'
import { aboutValue, eventsByObject } from './indexes.ts'
import { isDeleting, nameOf, namespaceOf } from './metadata.ts'

const NAME = 'kubernetes-service-cidr-controller'
const DEFAULT = 'kubernetes'
const INCONSISTENT = 'KubernetesDefaultServiceCIDRInconsistent'
const FLAG = '--service-cluster-ip-range='

/**
 * The API server makes the default ServiceCIDR from its flag, and makes it again when it has gone. One that differs
 * stays as it is: each start of the server says so once (upstream: pkg/controlplane/controller/defaultservicecidr).
 */
export function createDefaultServiceCIDRController(
  recorder: (component: string) => EventRecorder,
): ControllerDefinition {
  return defineController({
    name: NAME,
    for: serviceCIDR,
    watches: [
      {
        kind: podKind,
        keys: (pod) => (isApiServer(pod) ? [{ namespace: undefined, name: DEFAULT }] : []),
      },
    ],
    delayMs: [200, 2000],
    reconcile(key, context) {
      if (key.name === DEFAULT) keep(context, recorder(NAME))
      return undefined
    },
  })
}

const isApiServer = (pod: KubeObject): boolean =>
  namespaceOf(pod) === 'kube-system' && nameOf(pod).startsWith('kube-apiserver-')

function keep({ objects }: ReconcileContext, recorder: EventRecorder): void {
  const server = objects.list(podKind, { namespace: 'kube-system' }).find(isApiServer)
  const cidrs = cidrsOf(server)
  const since = server?.status?.containerStatuses?.[0]?.state?.running?.startedAt
  if (cidrs === undefined || since === undefined) return
  const range = objects.get(serviceCIDR, undefined, DEFAULT)
  if (!range) {
    const object = { apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR', metadata: { name: DEFAULT } }
    objects.create(serviceCIDR, { ...object, spec: { cidrs } })
    return
  }
  const present = range.spec?.cidrs ?? []
  if (isDeleting(range) || jsonEqual(present, cidrs)) return
  const told = objects
    .listBy(eventKind, eventsByObject, aboutValue('default', DEFAULT))
    .some(({ reason, lastTimestamp = '' }) => reason === INCONSISTENT && lastTimestamp >= since)
  if (told) return
  const text = `The default ServiceCIDR [${present.join(' ')}] does not match the controller flag configurations [${cidrs.join(' ')}]`
  recorder.event(range, 'Warning', INCONSISTENT, text)
}

/** The ranges of the flag, in its order. */
function cidrsOf(server: Pod | undefined): readonly string[] | undefined {
  const { command = [], args = [] } = server?.spec?.containers[0] ?? {}
  const flag = [...command, ...args].findLast((word) => word.startsWith(FLAG))
  return flag?.slice(FLAG.length).split(',')
}
