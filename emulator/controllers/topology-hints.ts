/** Which zones and nodes an endpoint is meant for (upstream: staging/src/k8s.io/endpointslice: trafficdist, topologycache). */
import type { Endpoint, Node, Service } from '../generated/types.ts'
import { annotationsOf, labelsOf } from './metadata.ts'

export const zoneLabel = 'topology.kubernetes.io/zone'
/** Zones may get this much more traffic than their share before hints are given up. */
const overload = 0.2

type Hints = NonNullable<Endpoint['hints']>

/** The endpoints with the hints that their Service asks for. */
export function withHints(
  service: Service,
  endpoints: readonly Endpoint[],
  nodes: readonly Node[],
): readonly Endpoint[] {
  const { trafficDistribution } = service.spec ?? {}
  if (trafficDistribution === 'PreferClose' || trafficDistribution === 'PreferSameZone')
    return endpoints.map((endpoint) => hinted(endpoint, sameZone(endpoint)))
  if (trafficDistribution === 'PreferSameNode')
    return endpoints.map((endpoint) => hinted(endpoint, { ...sameZone(endpoint), ...sameNode(endpoint) }))
  return wantsShares(service) ? byShares(endpoints, nodes) : endpoints
}

/** An endpoint that is not ready has no hints. */
function hinted(endpoint: Endpoint, hints: Hints): Endpoint {
  const given = endpoint.conditions?.ready === true && Object.keys(hints).length > 0
  return given ? { ...endpoint, hints } : endpoint
}

const sameZone = ({ zone }: Endpoint): Hints => (zone === undefined ? {} : { forZones: [{ name: zone }] })
const sameNode = ({ nodeName }: Endpoint): Hints => (nodeName === undefined ? {} : { forNodes: [{ name: nodeName }] })

function wantsShares(service: Service): boolean {
  const annotations = annotationsOf(service)
  const mode =
    annotations['service.kubernetes.io/topology-mode'] ?? annotations['service.kubernetes.io/topology-aware-hints']
  return mode === 'Auto' || mode === 'auto'
}

/** Endpoints shared out among zones by their CPUs; without hints where that would overload a zone. */
function byShares(endpoints: readonly Endpoint[], nodes: readonly Node[]): readonly Endpoint[] {
  const shares = zoneShares(nodes)
  const ready = endpoints.filter(({ conditions }) => conditions?.ready === true)
  if (!shares || ready.length < shares.size || ready.some(({ zone }) => zone === undefined)) return endpoints
  const wanted = [...shares].map(([zone, share]) => {
    const least = Math.ceil((share * ready.length) / (1 + overload))
    return { zone, least, most: Math.max(least, Math.floor(share * ready.length)) }
  })
  if (wanted.reduce((sum, { least }) => sum + least, 0) > ready.length) return endpoints
  const given = share(ready, wanted)
  return endpoints.map((endpoint) => {
    const zone = given.get(endpoint)
    return zone === undefined ? endpoint : hinted(endpoint, { forZones: [{ name: zone }] })
  })
}

/** Each zone keeps its own up to what it wants; what is left over helps those that lack. */
function share(
  ready: readonly Endpoint[],
  wanted: readonly { readonly zone: string; readonly least: number; readonly most: number }[],
): ReadonlyMap<Endpoint, string> {
  const given = new Map<Endpoint, string>()
  const count = (zone: string) => [...given.values()].filter((one) => one === zone).length
  for (const { zone, most } of wanted)
    for (const endpoint of ready.filter((one) => one.zone === zone).slice(0, most)) given.set(endpoint, zone)
  const spare = ready.filter((endpoint) => !given.has(endpoint))
  for (const { zone, least } of wanted) {
    while (count(zone) < least && spare.length > 0) {
      const next = spare.shift()
      if (next) given.set(next, zone)
    }
  }
  for (const endpoint of spare) given.set(endpoint, endpoint.zone ?? '')
  return given
}

/** Each zone's part of the CPUs; undefined unless every worker tells its zone and there are two of them. */
function zoneShares(nodes: readonly Node[]): ReadonlyMap<string, number> | undefined {
  const workers = nodes.filter((node) => !Object.hasOwn(labelsOf(node), 'node-role.kubernetes.io/control-plane'))
  const cpus = new Map<string, number>()
  let total = 0
  for (const node of workers) {
    const zone = labelsOf(node)[zoneLabel]
    const cpu = Number.parseFloat(node.status?.allocatable?.cpu ?? '')
    if (zone === undefined || !(cpu > 0)) return undefined
    cpus.set(zone, (cpus.get(zone) ?? 0) + cpu)
    total += cpu
  }
  return cpus.size < 2 ? undefined : new Map([...cpus].map(([zone, cpu]) => [zone, cpu / total]))
}
