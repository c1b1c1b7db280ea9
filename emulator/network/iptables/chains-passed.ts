import type { MatchedService } from '../packet.ts'
import { chainNames, endpointChain } from './chain-name.ts'

/**
 * The chains that a packet to a Service passes on its way to an endpoint (`address:port`), called as `iptables-save` calls
 * them and marked as code.
 */
export function chainsPassed({ service, port, via }: MatchedService, endpoint: string, isLocal: boolean): string {
  const { name, protocol, svc, svl, ext, fw } = chainNames(service, port)
  const guarded = via === 'load-balancer' && (service.spec?.loadBalancerSourceRanges ?? []).length > 0
  const chains = [
    via === 'node-port' ? 'KUBE-NODEPORTS' : 'KUBE-SERVICES',
    ...(guarded ? [fw] : []),
    ...(via === 'cluster-ip' ? [] : [ext]),
    isLocal ? svl : svc,
    endpointChain(name, protocol, endpoint),
  ]
  return chains.map((chain) => `\`${chain}\``).join(' → ')
}
