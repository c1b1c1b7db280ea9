import type { Service, ServicePort, Endpoint as SliceEndpoint } from '../generated/types.ts'
import type { ServiceRules } from './proxy-rules.ts'

/** One address behind a Service port, as kube-proxy knows it from EndpointSlices. */
export interface ServiceEndpoint {
  readonly address: string
  readonly port: number
  readonly nodeName: string | undefined
  readonly pod: { readonly namespace: string; readonly name: string } | undefined
  readonly ready: boolean
  readonly serving: boolean
  readonly terminating: boolean
  readonly zones: readonly string[]
  readonly nodes: readonly string[]
}

/** All endpoints of a Service port from its slices (kube-proxy's EndpointSliceCache: by port name and protocol). */
export function endpointsOf(rules: ServiceRules, service: Service, port: ServicePort): readonly ServiceEndpoint[] {
  const found = new Map<string, ServiceEndpoint>()
  for (const slice of slicesOf(rules, service)) {
    for (const slicePort of slice.ports ?? []) {
      const sameName = (slicePort.name ?? '') === (port.name ?? '')
      const sameProtocol = (slicePort.protocol ?? 'TCP') === (port.protocol ?? 'TCP')
      if (!sameName || !sameProtocol || slicePort.port === undefined) continue
      for (const endpoint of slice.endpoints ?? []) add(found, endpoint, slicePort.port)
    }
  }
  return [...found.values()]
}

/** The slices that name a Service by label, in this namespace. */
export function slicesOf(rules: ServiceRules, service: Service) {
  const { namespace = '', name = '' } = service.metadata ?? {}
  return rules.slicesFor(namespace, name).filter((slice) => slice.addressType === 'IPv4')
}

function add(found: Map<string, ServiceEndpoint>, endpoint: SliceEndpoint, port: number): void {
  const address = endpoint.addresses[0]
  if (address === undefined) return
  const { ready, serving, terminating } = endpoint.conditions ?? {}
  const target = endpoint.targetRef
  found.set(`${address}:${port}`, {
    address,
    port,
    nodeName: endpoint.nodeName,
    pod: target?.kind === 'Pod' ? { namespace: target.namespace ?? '', name: target.name ?? '' } : undefined,
    ready: ready !== false,
    serving: serving !== false,
    terminating: terminating === true,
    zones: (endpoint.hints?.forZones ?? []).map((zone) => zone.name),
    nodes: (endpoint.hints?.forNodes ?? []).map((node) => node.name),
  })
}

/** Ready endpoints, or, if there are none, those that terminate but still serve (kube-proxy topology.go). */
export function usableEndpoints(endpoints: readonly ServiceEndpoint[]): readonly ServiceEndpoint[] {
  const ready = endpoints.filter((endpoint) => endpoint.ready)
  return ready.length > 0 ? ready : endpoints.filter((endpoint) => endpoint.serving && endpoint.terminating)
}

/** Topology hints narrow the choice when every endpoint has them and some fit this node (kube-proxy topology.go). */
export function nearEndpoints(
  endpoints: readonly ServiceEndpoint[],
  nodeName: string,
  zone: string | undefined,
): readonly ServiceEndpoint[] {
  if (endpoints.length > 0 && endpoints.every((endpoint) => endpoint.nodes.length > 0)) {
    const same = endpoints.filter((endpoint) => endpoint.nodes.includes(nodeName))
    if (same.length > 0) return same
  }
  if (zone !== undefined && endpoints.length > 0 && endpoints.every((endpoint) => endpoint.zones.length > 0)) {
    const same = endpoints.filter((endpoint) => endpoint.zones.includes(zone))
    if (same.length > 0) return same
  }
  return endpoints
}
