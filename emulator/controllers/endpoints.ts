import { jsonEqual } from '../api/json.ts'
import type { CoreV1EndpointPort, EndpointAddress, EndpointSubset, Pod, Service } from '../generated/types.ts'
import { endpoints as endpointsKind } from '../kinds/endpoints.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { service as serviceKind } from '../kinds/service.ts'
import { defineController, type ReconcileContext } from './controller.ts'
import { truncatedSubsets } from './endpoint-capacity.ts'
import {
  hasSelector,
  isHeadless,
  lastChangeTrigger,
  portsByPod,
  selectedPods,
  serviceKeysOf,
  targetPort,
} from './endpoint-ports.ts'
import { md5 } from './md5.ts'
import { annotationsOf, isDeleting, keyOf, labelsOf, nameOf, namespaceOf, uidOf } from './metadata.ts'
import { isPodFinished, isPodReady } from './pods.ts'

const overCapacity = 'endpoints.kubernetes.io/over-capacity'
const managedBy = { 'endpoints.kubernetes.io/managed-by': 'endpoint-controller' }

/** Writes the deprecated v1 Endpoints of each Service with a selector (upstream: pkg/controller/endpoint). */
export const endpointsController = defineController({
  name: 'endpoint-controller',
  for: serviceKind,
  watches: [
    { kind: podKind, keys: serviceKeysOf },
    {
      // Endpoints that somebody deletes come back; those written by hand without a Service are left alone.
      kind: endpointsKind,
      keys: (object, { objects }) =>
        objects.get(endpointsKind, namespaceOf(object), nameOf(object)) ? [] : [keyOf(object)],
    },
  ],
  delayMs: [20, 80],
  reconcile(key, context) {
    const service = context.objects.get(serviceKind, key.namespace, key.name)
    if (!service) return context.objects.delete(endpointsKind, key.namespace, key.name) as undefined
    const external = service.spec?.type === 'ExternalName'
    if (hasSelector(service) && !external && !isDeleting(service)) write(service, context)
    return undefined
  },
})

function write(service: Service, { objects }: ReconcileContext): void {
  const pods = selectedPods(service, objects)
  const all = subsetsOf(service, pods)
  const truncated = truncatedSubsets(all)
  const subsets = truncated ?? all
  const old = objects.get(endpointsKind, namespaceOf(service), nameOf(service))
  const labels = {
    ...labelsOf(service),
    ...managedBy,
    ...(isHeadless(service) && { 'service.kubernetes.io/headless': '' }),
  }
  const annotations = Object.fromEntries([
    ...Object.entries(annotationsOf(old ?? {})).filter(([key]) => key === lastChangeTrigger),
    ...(truncated ? [[overCapacity, 'truncated'] as const] : []),
  ])
  const wasTruncated = annotationsOf(old ?? {})[overCapacity] !== undefined
  const metadata = {
    ...old?.metadata,
    name: nameOf(service),
    namespace: namespaceOf(service),
    labels,
    ...(Object.keys(annotations).length > 0 && { annotations }),
  }
  const wanted = { apiVersion: 'v1', kind: 'Endpoints', metadata, ...(subsets.length > 0 && { subsets }) }
  if (!old) objects.create(endpointsKind, wanted)
  else if (
    !jsonEqual(old.subsets ?? [], subsets) ||
    !jsonEqual(labelsOf(old), labels) ||
    wasTruncated !== (truncated !== undefined)
  )
    objects.update(endpointsKind, wanted)
}

/** Addresses grouped by the ports they offer, in upstream's canonical order (endpoints.RepackSubsets). */
export function subsetsOf(service: Service, pods: readonly Pod[]): readonly EndpointSubset[] {
  const groups = new Map<
    string,
    { ports: readonly CoreV1EndpointPort[]; ready: EndpointAddress[]; rest: EndpointAddress[] }
  >()
  const portsIn = portsByPod(service, portsOf)
  for (const pod of pods) {
    const ip = pod.status?.podIP
    if (!ip || isPodFinished(pod) || (isDeleting(pod) && !service.spec?.publishNotReadyAddresses)) continue
    const { ports, key } = portsIn(pod)
    if (ports.length === 0 && (service.spec?.ports ?? []).length > 0) continue
    const group = groups.get(key) ?? { ports, ready: [], rest: [] }
    groups.set(key, group)
    const serves = service.spec?.publishNotReadyAddresses === true || isPodReady(pod)
    ;(serves ? group.ready : group.rest).push(addressOf(service, pod, ip))
  }
  return [...groups.values()]
    .map(({ ports, ready, rest }) => ({
      ...(ready.length > 0 && { addresses: ready.sort(byAddress) }),
      ...(rest.length > 0 && { notReadyAddresses: rest.sort(byAddress) }),
      ...(ports.length > 0 && { ports }),
    }))
    .sort((a, b) => (JSON.stringify(a.ports) < JSON.stringify(b.ports) ? -1 : 1))
}

function portsOf(service: Service, pod: Pod): readonly CoreV1EndpointPort[] {
  return (service.spec?.ports ?? [])
    .flatMap((port) => {
      const number = targetPort(pod, port)
      if (number === undefined) return []
      return [
        {
          ...(port.name && { name: port.name }),
          port: number,
          protocol: port.protocol ?? 'TCP',
          ...(port.appProtocol && { appProtocol: port.appProtocol }),
        },
      ]
    })
    .sort((a, b) => (sortKey(a) > sortKey(b) ? -1 : 1))
}

/** Upstream orders ports by the MD5 of Go's dump of them, descending (util.go portsByHash), and kubectl prints that order. */
function sortKey({ name = '', port, protocol, appProtocol }: CoreV1EndpointPort): string {
  const application = `AppProtocol:(*string)${appProtocol ?? '<nil>'}`
  return md5(
    `(v1.EndpointPort){Name:(string)${name} Port:(int32)${port} Protocol:(v1.Protocol)${protocol} ${application}}`,
  )
}

function addressOf(service: Service, pod: Pod, ip: string): EndpointAddress {
  const { hostname, subdomain, nodeName } = pod.spec ?? {}
  return {
    ip,
    ...(hostname && subdomain === nameOf(service) && { hostname }),
    ...(nodeName && { nodeName }),
    targetRef: { kind: 'Pod', namespace: namespaceOf(pod), name: nameOf(pod), uid: uidOf(pod) },
  }
}

function byAddress(a: EndpointAddress, b: EndpointAddress): number {
  return a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : 0
}
