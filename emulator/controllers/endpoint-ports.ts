/** What a Service selects and which port each Pod answers on; shared by the two endpoint controllers. */
import type { ObjectClient } from '../api/client.ts'
import { labelValue } from '../api/object-index.ts'
import type { KubeObject } from '../api/types.ts'
import type { Pod, Service, ServicePort } from '../generated/types.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { service as serviceKind } from '../kinds/service.ts'
import type { ObjectKey } from './controller.ts'
import { servicesBySelector } from './indexes.ts'
import { keyOf, labelsOf } from './metadata.ts'

export const serviceNameLabel = 'kubernetes.io/service-name'
export const managedByLabel = 'endpointslice.kubernetes.io/managed-by'
export const lastChangeTrigger = 'endpoints.kubernetes.io/last-change-trigger-time'

/** The number behind a targetPort in this Pod; undefined if no container names such a port (podutil.FindPort). */
export function targetPort(pod: Pod, port: ServicePort): number | undefined {
  const target = port.targetPort ?? port.port
  if (typeof target === 'number') return target
  const containers = [
    ...(pod.spec?.containers ?? []),
    ...(pod.spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always'),
  ]
  return containers
    .flatMap(({ ports }) => ports ?? [])
    .find(({ name, protocol }) => name === target && (protocol ?? 'TCP') === (port.protocol ?? 'TCP'))?.containerPort
}

/** `portsOf` of each Pod, with its text; worked out once where all Pods answer on the same numbers: no port is named. */
export function portsByPod<Port>(
  service: Service,
  portsOf: (service: Service, pod: Pod) => readonly Port[],
): (pod: Pod) => { readonly ports: readonly Port[]; readonly key: string } {
  const same = (service.spec?.ports ?? []).every(({ targetPort: target, port }) => typeof (target ?? port) === 'number')
  let known: { readonly ports: readonly Port[]; readonly key: string } | undefined
  return (pod) => {
    if (known) return known
    const ports = portsOf(service, pod)
    const found = { ports, key: JSON.stringify(ports) }
    if (same) known = found
    return found
  }
}

/** Services with a selector own their endpoints; others are left to whoever writes them. */
export function hasSelector(service: Service): boolean {
  return service.spec?.selector !== undefined && Object.keys(service.spec.selector).length > 0
}

export function selects(service: Service, pod: KubeObject): boolean {
  return hasSelector(service) && matchesLabelSelector({ matchLabels: service.spec?.selector ?? {} }, labelsOf(pod))
}

/** The Pods that a Service selects, in key order. */
export function selectedPods(service: Service, objects: ObjectClient): readonly Pod[] {
  if (!hasSelector(service)) return []
  return objects.list(podKind, { namespace: service.metadata?.namespace, labels: service.spec?.selector ?? {} })
}

/** Keys of the Services that select this Pod. */
export function serviceKeysOf(pod: KubeObject, { objects }: { readonly objects: ObjectClient }): readonly ObjectKey[] {
  const { namespace } = pod.metadata ?? {}
  return Object.entries(labelsOf(pod))
    .flatMap(([key, value]) => objects.listBy(serviceKind, servicesBySelector, labelValue(namespace, key, value)))
    .filter((service) => selects(service, pod))
    .map(keyOf)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function isHeadless(service: Service): boolean {
  return service.spec?.clusterIP === 'None'
}
