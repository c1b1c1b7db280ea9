import type { Cluster, JsonValue, Kube } from '../../emulator/index.ts'
import type { TopologyView } from '../protocol.ts'

type Reader = Pick<Cluster, 'request' | 'machines'>

/** What the topology draws, read through the API as anybody could read it. */
export function topologyView(cluster: Reader, places: TopologyView['places']): TopologyView {
  const nodes = list<Kube.Node>(cluster, '/api/v1/nodes')
  const pods = list<Kube.Pod>(cluster, '/api/v1/pods').filter((pod) => pod.metadata?.namespace !== 'kube-system')
  const services = list<Kube.Service>(cluster, '/api/v1/services').filter(isLearners)
  const slices = list<Kube.EndpointSlice>(cluster, '/apis/discovery.k8s.io/v1/endpointslices')
  return {
    machines: cluster.machines.map(({ name, address, role }) => ({ name, address, role, ...nodeState(name, nodes) })),
    pods: pods.map(podView),
    services: services.map((service) => serviceView(service, slices)),
    ingresses: list<Kube.Ingress>(cluster, '/apis/networking.k8s.io/v1/ingresses').map(ingressView),
    places,
  }
}

function list<T>(cluster: Reader, path: string): readonly T[] {
  const { status, body } = cluster.request({ method: 'GET', path })
  return status === 200 ? ((body as { readonly items?: readonly T[] }).items ?? []) : []
}

const isLearners = ({ metadata }: Kube.Service): boolean => metadata?.namespace !== 'kube-system'

function nodeState(name: string, nodes: readonly Kube.Node[]) {
  const node = nodes.find(({ metadata }) => metadata?.name === name)
  if (!node) return { ready: true, schedulable: false }
  const ready = node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false
  const barred = node.spec?.taints?.some(({ effect }) => effect === 'NoSchedule') ?? false
  return { ready, schedulable: !node.spec?.unschedulable && !barred }
}

function podView({ metadata, spec, status }: Kube.Pod): TopologyView['pods'][number] {
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller)
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    node: spec?.nodeName,
    ip: status?.podIP,
    ready: status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false,
    phase: status?.phase ?? 'Pending',
    labels: metadata?.labels ?? {},
    ports: (spec?.containers ?? []).flatMap(({ ports }) =>
      (ports ?? []).map(({ name, containerPort }) => ({ ...(name && { name }), port: containerPort })),
    ),
    workload: owner && workload(owner.kind, owner.name, metadata?.labels),
    terminating: metadata?.deletionTimestamp !== undefined,
  }
}

/** A ReplicaSet of a Deployment bears its name and the template's hash: the Deployment is what a learner made. */
function workload(kind: string, name: string, labels: { readonly [k: string]: string } = {}): string {
  const hash = labels['pod-template-hash']
  if (kind === 'ReplicaSet' && hash && name.endsWith(`-${hash}`)) return `Deployment/${name.slice(0, -hash.length - 1)}`
  return `${kind}/${name}`
}

function serviceView(service: Kube.Service, slices: readonly Kube.EndpointSlice[]): TopologyView['services'][number] {
  const { metadata, spec, status } = service
  const own = slices.filter(
    (slice) =>
      slice.metadata?.namespace === metadata?.namespace &&
      slice.metadata?.labels?.['kubernetes.io/service-name'] === metadata?.name,
  )
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    type: spec?.type ?? 'ClusterIP',
    clusterIP: spec?.clusterIP ?? '',
    externalIPs: [
      ...(spec?.externalIPs ?? []),
      ...(status?.loadBalancer?.ingress ?? []).flatMap(({ ip, hostname }) => ip ?? hostname ?? []),
    ],
    selector: spec?.selector ?? {},
    ports: (spec?.ports ?? []).map(({ name, protocol, port, targetPort, nodePort }) => ({
      ...(name && { name }),
      protocol: protocol ?? 'TCP',
      port,
      targetPort: plainPort(targetPort) ?? port,
      ...(nodePort && { nodePort }),
    })),
    endpoints: own.flatMap((slice) =>
      (slice.endpoints ?? []).flatMap(({ addresses, conditions, targetRef }) =>
        addresses.map((address) => ({
          pod: targetRef?.kind === 'Pod' ? targetRef.name : undefined,
          address,
          ready: conditions?.ready ?? true,
          ports: (slice.ports ?? []).flatMap(({ port }) => port ?? []),
        })),
      ),
    ),
  }
}

function ingressView({ metadata, spec, status }: Kube.Ingress): TopologyView['ingresses'][number] {
  const routes = (spec?.rules ?? []).flatMap((rule) =>
    (rule.http?.paths ?? []).map(({ path, backend }) => ({
      host: rule.host ?? '*',
      path: path ?? '/',
      service: backend.service?.name ?? '',
    })),
  )
  const rest = spec?.defaultBackend?.service?.name
  return {
    namespace: metadata?.namespace ?? '',
    name: metadata?.name ?? '',
    served: (status?.loadBalancer?.ingress ?? []).length > 0,
    routes: rest === undefined ? routes : [...routes, { host: '*', path: '/', service: rest }],
  }
}

const plainPort = (port: JsonValue | undefined): number | string | undefined =>
  typeof port === 'number' || typeof port === 'string' ? port : undefined
