import { timestamp } from '../api/age.ts'
import { jsonEqual } from '../api/json.ts'
import type { DiscoveryV1EndpointPort, Endpoint, EndpointSlice, Pod, Service } from '../generated/types.ts'
import { endpointSlice as sliceKind } from '../kinds/endpoint-slice.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { service as serviceKind } from '../kinds/service.ts'
import { defineController, type ReconcileContext } from './controller.ts'
import {
  hasSelector,
  isHeadless,
  lastChangeTrigger,
  managedByLabel,
  portsByPod,
  selectedPods,
  serviceKeysOf,
  serviceNameLabel,
  targetPort,
} from './endpoint-ports.ts'
import {
  annotationsOf,
  controllerReference,
  isDeleting,
  keyOf,
  labelsOf,
  nameOf,
  namespaceOf,
  uidOf,
} from './metadata.ts'
import { isPodFinished, isPodReady } from './pods.ts'
import { withHints, zoneLabel } from './topology-hints.ts'

const manager = 'endpointslice-controller.k8s.io'
const maxEndpoints = 100

/** Writes the EndpointSlices of each Service with a selector (upstream: staging/src/k8s.io/endpointslice). */
export const endpointSliceController = defineController({
  name: 'endpointslice-controller',
  for: serviceKind,
  owns: [sliceKind],
  watches: [
    { kind: podKind, keys: serviceKeysOf },
    {
      // Endpoints tell their node's zone.
      kind: nodeKind,
      keys: (node, { objects }) => (labelsOf(node)[zoneLabel] ? objects.list(serviceKind).map(keyOf) : []),
    },
  ],
  delayMs: [20, 80],
  reconcile(key, context) {
    const service = context.objects.get(serviceKind, key.namespace, key.name)
    if (service && hasSelector(service) && !isDeleting(service) && service.spec?.type !== 'ExternalName') {
      reconcileSlices(service, context)
    }
    return undefined
  },
})

/** Endpoints that share one list of ports, and so a slice. */
export interface PortGroup {
  readonly ports: readonly DiscoveryV1EndpointPort[]
  readonly endpoints: readonly Endpoint[]
}

function reconcileSlices(service: Service, context: ReconcileContext): void {
  const namespace = namespaceOf(service)
  const pods = selectedPods(service, context.objects)
  const labels = { [serviceNameLabel]: nameOf(service), [managedByLabel]: manager }
  const existing = context.objects.list(sliceKind, { namespace, labels })
  const zoneOf = (node: string | undefined) =>
    node === undefined ? undefined : labelsOf(context.objects.get(nodeKind, undefined, node) ?? {})[zoneLabel]
  const groups = portGroups(service, pods, zoneOf).map((group) => ({
    ...group,
    endpoints: withHints(service, group.endpoints, context.objects.list(nodeKind)),
  }))
  const wanted = groups.length > 0 ? groups : [{ ports: [], endpoints: [] }]
  const free = new Set(existing)
  const unmatched: PortGroup[] = []
  for (const group of wanted) {
    const mine = [...free].filter((slice) => jsonEqual(slice.ports ?? [], group.ports))
    for (const slice of mine) free.delete(slice)
    if (mine.length > 0) fill(service, mine, group, context)
    else unmatched.push(group)
  }
  // A slice whose ports nobody has any more is reused for a group without one.
  for (const group of unmatched) {
    const [reused] = free
    if (reused) free.delete(reused)
    fill(service, reused ? [reused] : [], group, context)
  }
  for (const slice of free) context.objects.delete(sliceKind, namespace, nameOf(slice))
}

/** Puts a group's endpoints into its slices: those there keep their place, new ones fill up. */
function fill(service: Service, slices: readonly EndpointSlice[], group: PortGroup, context: ReconcileContext): void {
  const left = new Map(group.endpoints.map((endpoint) => [endpoint.targetRef?.uid ?? endpoint.addresses[0], endpoint]))
  const kept = slices.map((slice) => ({
    slice,
    endpoints: (slice.endpoints ?? []).flatMap((old) => {
      const uid = old.targetRef?.uid ?? old.addresses[0]
      const fresh = left.get(uid)
      left.delete(uid)
      if (!fresh) return []
      // What did not change stays the same value: then nobody looks inside again.
      return [jsonEqual(old, fresh) ? old : fresh]
    }),
  }))
  const added = [...left.values()]
  for (const { slice, endpoints } of kept) {
    const room = maxEndpoints - endpoints.length
    write(service, slice, { ...group, endpoints: [...endpoints, ...added.splice(0, room)] }, context)
  }
  if (slices.length === 0) write(service, undefined, { ...group, endpoints: added.splice(0, maxEndpoints) }, context)
  while (added.length > 0) write(service, undefined, { ...group, endpoints: added.splice(0, maxEndpoints) }, context)
}

function write(
  service: Service,
  old: EndpointSlice | undefined,
  group: PortGroup,
  { objects, now }: ReconcileContext,
): void {
  const labels = sliceLabels(service)
  const unchanged =
    old &&
    jsonEqual(old.endpoints ?? [], group.endpoints) &&
    jsonEqual(old.ports ?? [], group.ports) &&
    jsonEqual(labelsOf(old), labels)
  if (unchanged) return
  const slice: EndpointSlice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...old?.metadata,
      ...(!old && { generateName: `${nameOf(service)}-` }),
      namespace: namespaceOf(service),
      labels,
      annotations: { ...annotationsOf(old ?? {}), [lastChangeTrigger]: timestamp(now) },
      ownerReferences: [controllerReference(service, serviceKind)],
    },
    addressType: 'IPv4',
    endpoints: group.endpoints,
    ports: group.ports,
  }
  if (old) objects.update(sliceKind, slice)
  else objects.create(sliceKind, slice)
}

function sliceLabels(service: Service): { readonly [key: string]: string } {
  return {
    ...labelsOf(service),
    ...(isHeadless(service) && { 'service.kubernetes.io/headless': '' }),
    [managedByLabel]: manager,
    [serviceNameLabel]: nameOf(service),
  }
}

/** A Service's Pods by the numbers that its ports have in them: one named port may be two numbers, hence two slices. */
export function portGroups(
  service: Service,
  pods: readonly Pod[],
  zoneOf: (node: string | undefined) => string | undefined = () => undefined,
): readonly PortGroup[] {
  const groups = new Map<string, { ports: readonly DiscoveryV1EndpointPort[]; endpoints: Endpoint[] }>()
  const portsIn = portsByPod(service, slicePorts)
  for (const pod of pods) {
    const ip = pod.status?.podIP
    if (!ip || isPodFinished(pod)) continue
    const { ports, key } = portsIn(pod)
    const group = groups.get(key) ?? { ports, endpoints: [] }
    groups.set(key, group)
    group.endpoints.push(endpointOf(service, pod, ip, zoneOf(pod.spec?.nodeName)))
  }
  return [...groups.values()]
}

function slicePorts(service: Service, pod: Pod): readonly DiscoveryV1EndpointPort[] {
  return (service.spec?.ports ?? []).flatMap((port) => {
    const number = targetPort(pod, port)
    if (number === undefined) return []
    return [
      {
        name: port.name ?? '',
        port: number,
        protocol: port.protocol ?? 'TCP',
        ...(port.appProtocol && { appProtocol: port.appProtocol }),
      },
    ]
  })
}

function endpointOf(service: Service, pod: Pod, ip: string, zone: string | undefined): Endpoint {
  const serving = isPodReady(pod)
  const terminating = isDeleting(pod)
  const ready = service.spec?.publishNotReadyAddresses === true || (serving && !terminating)
  const { hostname, subdomain, nodeName } = pod.spec ?? {}
  return {
    addresses: [ip],
    conditions: { ready, serving, terminating },
    ...(hostname && subdomain === nameOf(service) && { hostname }),
    ...(nodeName && { nodeName }),
    ...(zone && { zone }),
    targetRef: { kind: 'Pod', namespace: namespaceOf(pod), name: nameOf(pod), uid: uidOf(pod) },
  }
}
