import { byLabel, byNamespace, createIndex, defineIndex, labelValue, type ObjectIndex } from '../api/object-index.ts'
import type { Store } from '../api/store.ts'
import type { KubeObject } from '../api/types.ts'
import { podsByAddress } from '../controllers/indexes.ts'
import type {
  ConfigMap,
  CoreV1Event,
  EndpointSlice,
  Namespace,
  NetworkPolicy,
  Node,
  Pod,
  Service,
} from '../generated/types.ts'
import type { ServiceRules } from './proxy-rules.ts'
import { loadBalancerAddresses } from './service-match.ts'
import type { NetworkObjects, Workload } from './world.ts'

const SERVICE_NAME = 'kubernetes.io/service-name'
const WORKLOADS = [
  ['deployments.apps', 'Deployment'],
  ['statefulsets.apps', 'StatefulSet'],
  ['daemonsets.apps', 'DaemonSet'],
] as const
const SLICES = 'endpointslices.discovery.k8s.io'

/** Services by what a packet can be sent to: `address IP`, `port TCP/30080`, `health 31000`. */
export const servicesByTarget: ObjectIndex = defineIndex((object: KubeObject & Pick<Service, 'spec' | 'status'>) => {
  const { clusterIP, clusterIPs = [], externalIPs = [], ports = [], healthCheckNodePort } = object.spec ?? {}
  const addresses = [...(clusterIP ? [clusterIP] : []), ...clusterIPs, ...externalIPs, ...loadBalancerAddresses(object)]
  const targets = addresses.filter((address) => address !== 'None').map((address) => `address ${address}`)
  for (const { nodePort, protocol = 'TCP' } of ports) if (nodePort) targets.push(`port ${protocol}/${nodePort}`)
  if (healthCheckNodePort) targets.push(`health ${healthCheckNodePort}`)
  return [...new Set(targets)]
})

/** Slices by the addresses that they hold. */
const slicesByAddress: ObjectIndex = defineIndex((object: KubeObject & Partial<Pick<EndpointSlice, 'endpoints'>>) => [
  ...new Set((object.endpoints ?? []).flatMap(({ addresses }) => addresses)),
])

/** Pods by the host ports of their containers: `TCP/80`. Those on the node's own network listen there themselves. */
const podsByHostPort: ObjectIndex = defineIndex((object: KubeObject & Pick<Pod, 'spec'>) => {
  if (object.spec?.hostNetwork) return []
  const ports = (object.spec?.containers ?? []).flatMap(({ ports = [] }) => ports)
  return ports.flatMap(({ hostPort, protocol = 'TCP' }) => (hostPort ? [`${protocol}/${hostPort}`] : []))
})

/** What the network follows, looked up in the store: no request depends on how much there is besides. */
export function storeObjects(store: Store): NetworkObjects {
  return {
    pods: () => store.list('pods') as readonly Pod[],
    pod: (namespace, name) => store.get('pods', `${namespace}/${name}`) as Pod | undefined,
    podsAt: (address) => store.listBy('pods', podsByAddress, address) as readonly Pod[],
    podsWithHostPort: (port) => store.listBy('pods', podsByHostPort, port) as readonly Pod[],
    podsIn: (namespace) => store.list('pods', namespace) as readonly Pod[],
    services: () => store.list('services') as readonly Service[],
    service: (namespace, name) => store.get('services', `${namespace}/${name}`) as Service | undefined,
    servicesIn: (namespace) => store.listBy('services', byNamespace, namespace) as readonly Service[],
    servicesFor: (target) => store.listBy('services', servicesByTarget, target) as readonly Service[],
    endpointSlices: () => store.list(SLICES) as readonly EndpointSlice[],
    slicesFor: (namespace, service) =>
      store.listBy(SLICES, byLabel, labelValue(namespace, SERVICE_NAME, service)) as readonly EndpointSlice[],
    slicesAt: (address) => store.listBy(SLICES, slicesByAddress, address) as readonly EndpointSlice[],
    nodes: () => store.list('nodes') as readonly Node[],
    node: (name) => store.get('nodes', name) as Node | undefined,
    workloadsIn: (namespace) =>
      WORKLOADS.flatMap(([plural, kind]) =>
        store.listBy(plural, byNamespace, namespace).map((object) => ({ kind, ...(object as Workload) })),
      ),
    networkPolicies: () => store.list('networkpolicies.networking.k8s.io') as readonly NetworkPolicy[],
    namespace: (name) => store.get('namespaces', name) as Namespace | undefined,
    namespaces: () => store.list('namespaces') as readonly Namespace[],
    warningsAbout: ({ metadata }) =>
      (store.list('events', metadata?.namespace ?? '') as readonly CoreV1Event[])
        .filter(({ type, involvedObject }) => type === 'Warning' && involvedObject.uid === metadata?.uid)
        .sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1)),
    configMap: (namespace, name) => store.get('configmaps', `${namespace}/${name}`) as ConfigMap | undefined,
  }
}

const timeOf = ({ lastTimestamp, eventTime }: CoreV1Event): string => lastTimestamp ?? eventTime ?? ''

const keyOf = ({ metadata }: KubeObject): string => `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`

/** Rules that no longer change, with the same look-ups. */
export function fixedRules(services: readonly Service[], endpointSlices: readonly EndpointSlice[]): ServiceRules {
  const byTarget = createIndex(servicesByTarget, services as readonly KubeObject[], keyOf)
  const byService = createIndex(byLabel, endpointSlices as readonly KubeObject[], keyOf)
  return {
    services: () => services,
    endpointSlices: () => endpointSlices,
    servicesFor: (target) => byTarget.get(target) as readonly Service[],
    slicesFor: (namespace, service) =>
      byService.get(labelValue(namespace, SERVICE_NAME, service)) as readonly EndpointSlice[],
  }
}
