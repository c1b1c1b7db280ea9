import { nameOf } from '../controllers/metadata.ts'
import type { IngressLoadBalancerIngress, Node, Pod, Service } from '../generated/types.ts'
import type { ControllerFlags } from './flags.ts'

interface Sources {
  service(namespace: string, name: string): Service | undefined
  node(name: string): Node | undefined
}

/**
 * Where Ingresses say that they are reached: what flags name, the addresses of the controller's own Service, or the nodes
 * that it runs on (ingress-nginx: internal/ingress/status/status.go, runningAddresses).
 */
export function publishedAddresses(
  flags: ControllerFlags | undefined,
  pods: readonly Pod[],
  sources: Sources,
): readonly IngressLoadBalancerIngress[] {
  if (flags === undefined) return []
  if (flags.publishAddresses.length > 0) return flags.publishAddresses.map(entry)
  if (flags.publishService !== undefined) {
    const [namespace = '', name = ''] = flags.publishService.split('/')
    const service = sources.service(namespace, name)
    return service === undefined ? [] : ofService(service)
  }
  const addresses = pods
    .filter(({ status }) => status?.phase === 'Running')
    .flatMap(({ spec }) => nodeAddress(sources.node(spec?.nodeName ?? ''), flags.internalAddress) ?? [])
  return [...new Set(addresses)].sort().map(entry)
}

const entry = (address: string): IngressLoadBalancerIngress =>
  /^[\d.]+$/.test(address) ? { ip: address } : { hostname: address }

function ofService({ spec, status }: Service): readonly IngressLoadBalancerIngress[] {
  const external = (spec?.externalIPs ?? []).map(entry)
  if (spec?.type === 'ExternalName') return [{ hostname: spec.externalName ?? '' }]
  if (spec?.type === 'LoadBalancer') {
    const given = status?.loadBalancer?.ingress ?? []
    return [...given.map(({ ip, hostname }) => (ip ? { ip } : { hostname: hostname ?? '' })), ...external]
  }
  if (external.length > 0) return external
  return spec?.clusterIP ? [{ ip: spec.clusterIP }] : []
}

/** A node's external address; the internal one where it is asked for or there is no other. */
function nodeAddress(node: Node | undefined, internal: boolean): string | undefined {
  if (node === undefined) return undefined
  const of = (type: string) => node.status?.addresses?.find((one) => one.type === type)?.address
  return (internal ? undefined : of('ExternalIP')) ?? of('InternalIP') ?? nameOf(node)
}
