/** What a drawing of a cluster can show of it, free of generated names: the material that goals are made of. */
import type { Cluster, Kube, KubeObject } from '../../emulator/index.ts'

/** `Deployment shop/web`, `Service default/web`: names a thing of a picture. Addresses outside are `Address 1.2.3.4`. */
export type ThingId = string

export interface PictureWorkload {
  readonly id: ThingId
  readonly ready: number
}
export interface PicturePort {
  readonly port: number
  readonly protocol: string
  /** The container's port that it leads to: a name counts as the number it stands for. */
  readonly target: string
  readonly nodePort?: number | undefined
}
export interface PictureService {
  readonly id: ThingId
  readonly type: string
  /** `None` for a headless Service, empty for an ExternalName. */
  readonly clusterIP: string
  readonly externalName?: string | undefined
  readonly ports: readonly PicturePort[]
  /** A load balancer has given it an address. */
  readonly balanced: boolean
  /** Ready endpoints by workload or address. */
  readonly endpoints: ReadonlyMap<ThingId, number>
}
export interface PictureRoute {
  readonly host: string
  readonly path: string
  /** The Service's name; it is in the Ingress's namespace. */
  readonly service: string
}
export interface PictureIngress {
  readonly id: ThingId
  /** A controller takes care of it. */
  readonly served: boolean
  readonly routes: readonly PictureRoute[]
}
export interface Picture {
  readonly workloads: readonly PictureWorkload[]
  readonly services: readonly PictureService[]
  readonly ingresses: readonly PictureIngress[]
}

export type PictureReader = Pick<Cluster, 'request'>

export const thingId = (kind: string, namespace: string | undefined, name: string | undefined): ThingId =>
  `${kind} ${namespace ?? 'default'}/${name ?? ''}`

/** Kinds whose objects are drawn as one box for all their Pods, even while they have none. */
const WORKLOADS = [
  ['Deployment', '/apis/apps/v1/deployments'],
  ['StatefulSet', '/apis/apps/v1/statefulsets'],
  ['DaemonSet', '/apis/apps/v1/daemonsets'],
] as const

/** Reads the picture through the API. Sends no requests and changes nothing. */
export function readPicture(cluster: PictureReader): Picture {
  const pods = list<Kube.Pod>(cluster, '/api/v1/pods')
  const slices = list<Kube.EndpointSlice>(cluster, '/apis/discovery.k8s.io/v1/endpointslices')
  return {
    workloads: workloadsOf(cluster, pods),
    services: list<Kube.Service>(cluster, '/api/v1/services').map((service) => serviceOf(service, pods, slices)),
    ingresses: list<Kube.Ingress>(cluster, '/apis/networking.k8s.io/v1/ingresses').map(ingressOf),
  }
}

function list<T extends KubeObject>(cluster: PictureReader, path: string): readonly T[] {
  const { status, body } = cluster.request({ method: 'GET', path })
  return status === 200 ? ((body as { readonly items?: readonly T[] }).items ?? []) : []
}

function workloadsOf(cluster: PictureReader, pods: readonly Kube.Pod[]): readonly PictureWorkload[] {
  const ready = new Map<ThingId, number>()
  for (const [kind, path] of WORKLOADS)
    for (const { metadata } of list(cluster, path)) ready.set(thingId(kind, metadata?.namespace, metadata?.name), 0)
  for (const pod of pods) {
    const id = workloadOf(pod)
    ready.set(id, (ready.get(id) ?? 0) + (isReady(pod) ? 1 : 0))
  }
  return [...ready].map(([id, count]) => ({ id, ready: count }))
}

const isReady = ({ metadata, status }: Kube.Pod): boolean =>
  metadata?.deletionTimestamp === undefined &&
  (status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false)

/** A ReplicaSet of a Deployment bears its name and the template's hash: the Deployment is what somebody made. */
function workloadOf({ metadata }: Kube.Pod): ThingId {
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller)
  if (owner === undefined) return thingId('Pod', metadata?.namespace, metadata?.name)
  const hash = metadata?.labels?.['pod-template-hash']
  return owner.kind === 'ReplicaSet' && hash !== undefined && owner.name.endsWith(`-${hash}`)
    ? thingId('Deployment', metadata?.namespace, owner.name.slice(0, -hash.length - 1))
    : thingId(owner.kind, metadata?.namespace, owner.name)
}

function serviceOf(
  { metadata, spec, status }: Kube.Service,
  pods: readonly Kube.Pod[],
  slices: readonly Kube.EndpointSlice[],
): PictureService {
  const namespace = metadata?.namespace
  const own = slices.filter(
    (slice) =>
      slice.metadata?.namespace === namespace &&
      slice.metadata?.labels?.['kubernetes.io/service-name'] === metadata?.name,
  )
  const selector = Object.entries(spec?.selector ?? {})
  const selected = pods.filter(
    (pod) =>
      selector.length > 0 &&
      pod.metadata?.namespace === namespace &&
      selector.every(([key, value]) => pod.metadata?.labels?.[key] === value),
  )
  return {
    id: thingId('Service', namespace, metadata?.name),
    type: spec?.type ?? 'ClusterIP',
    clusterIP: spec?.clusterIP ?? '',
    externalName: spec?.externalName,
    ports: (spec?.ports ?? []).map((port) => ({
      port: port.port,
      protocol: port.protocol ?? 'TCP',
      target: targetOf(port, selected),
      nodePort: port.nodePort,
    })),
    balanced: (status?.loadBalancer?.ingress ?? []).length > 0,
    endpoints: endpointsOf(own, pods),
  }
}

function targetOf({ port, targetPort }: Kube.ServicePort, selected: readonly Kube.Pod[]): string {
  if (typeof targetPort !== 'string') return `${targetPort ?? port}`
  const named = selected
    .flatMap((pod) => pod.spec?.containers ?? [])
    .flatMap((container) => container.ports ?? [])
    .find(({ name }) => name === targetPort)
  return `${named?.containerPort ?? targetPort}`
}

function endpointsOf(slices: readonly Kube.EndpointSlice[], pods: readonly Kube.Pod[]): ReadonlyMap<ThingId, number> {
  const counts = new Map<ThingId, number>()
  const seen = new Set<string>()
  for (const slice of slices)
    for (const { addresses, conditions, targetRef } of slice.endpoints ?? []) {
      if (conditions?.ready === false) continue
      const pod =
        targetRef?.kind === 'Pod' &&
        pods.find(
          (one) => one.metadata?.name === targetRef.name && one.metadata?.namespace === slice.metadata?.namespace,
        )
      for (const address of addresses) {
        // The same address in two lists (an Endpoints object's mirror, say) is one endpoint.
        if (seen.has(address)) continue
        seen.add(address)
        const id = pod ? workloadOf(pod) : `Address ${address}`
        counts.set(id, (counts.get(id) ?? 0) + 1)
      }
    }
  return counts
}

function ingressOf({ metadata, spec, status }: Kube.Ingress): PictureIngress {
  const routes = (spec?.rules ?? []).flatMap((rule) =>
    (rule.http?.paths ?? []).map(({ path, backend }) => ({
      host: rule.host ?? '*',
      path: plainPath(path),
      service: backend.service?.name ?? '',
    })),
  )
  const rest = spec?.defaultBackend?.service?.name
  return {
    id: thingId('Ingress', metadata?.namespace, metadata?.name),
    served: (status?.loadBalancer?.ingress ?? []).length > 0,
    routes: rest === undefined ? routes : [...routes, { host: '*', path: '/', service: rest }],
  }
}

/** A prefix means the same with a slash at its end and without. */
const plainPath = (path = '/'): string => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path)
