import type { Service, ServicePort } from '../../generated/types.ts'
import type { ServiceEndpoint } from '../endpoint-set.ts'
import { loadBalancerAddresses } from '../service-match.ts'
import type { NetfilterRule } from '../types.ts'
import { type ChainNames, chainNames, endpointChain } from './chain-name.ts'
import { accounted, addressType, comment, dnatTo, oneOf, port, REJECTED, remember, seenWithin } from './matches.ts'
import type { RuleSet } from './rule-set.ts'

/** One port of a Service on one node. */
export interface ServicePortOnNode {
  readonly service: Service
  readonly port: ServicePort
  /** Endpoints that any node may use, and those on this node. */
  readonly cluster: readonly ServiceEndpoint[]
  readonly local: readonly ServiceEndpoint[]
  readonly podCidr: string
}

const DEFAULT_AFFINITY_SECONDS = 10_800

/** All rules of one Service port (upstream: pkg/proxy/iptables/proxier.go syncProxyRules). */
export function addServicePort(rules: RuleSet, on: ServicePortOnNode): void {
  const { service, port: servicePort, cluster, local } = on
  const names = chainNames(service, servicePort)
  const { spec = {} } = service
  const internalLocal = spec.internalTrafficPolicy === 'Local'
  const externalLocal = spec.externalTrafficPolicy === 'Local'
  const isExternal = externalDestinations(on).length > 0 || servicePort.nodePort !== undefined
  const internal = internalLocal ? local : cluster
  const external = externalLocal ? local : cluster
  const any = cluster.length > 0 || local.length > 0
  addInternal(rules, on, names, internalLocal ? names.svl : names.svc, internal.length > 0, any)
  addExternal(rules, on, names, any, external.length > 0)
  if (any && isExternal) addExternalChain(rules, on, names, externalLocal, external.length > 0)
  if (cluster.length > 0 && (!internalLocal || isExternal)) addChoice(rules, on, names, names.svc, cluster)
  if (local.length > 0 && (internalLocal || (externalLocal && isExternal))) {
    addChoice(rules, on, names, names.svl, local)
  }
  const used = new Map([...cluster, ...local].map((endpoint) => [addressOf(endpoint), endpoint]))
  for (const endpoint of used.values()) addEndpoint(rules, on, names, endpoint)
}

const addressOf = ({ address, port: number }: ServiceEndpoint): string => `${address}:${number}`

/** What every packet to one address and port of the Service matches. */
function sentTo(
  address: string,
  { protocol }: ChainNames,
  text: string,
  number: number,
  target: string,
): NetfilterRule {
  return {
    destination: `${address}/32`,
    protocol,
    matches: [comment(text), port(protocol, number)],
    target,
  }
}

/** Why a packet cannot be sent on: refused without endpoints, dropped without local ones. */
function refusal(
  { name }: ChainNames,
  any: boolean,
): Pick<NetfilterRule, 'target' | 'options'> & { readonly text: string } {
  return any
    ? { text: `${name} has no local endpoints`, target: 'DROP' }
    : { text: `${name} has no endpoints`, target: 'REJECT', options: REJECTED }
}

function addInternal(
  rules: RuleSet,
  { service, port: servicePort, podCidr }: ServicePortOnNode,
  names: ChainNames,
  chain: string,
  reachable: boolean,
  any: boolean,
): void {
  const address = service.spec?.clusterIP ?? ''
  if (!reachable) {
    const { text, target = '', options } = refusal(names, any)
    const rule = sentTo(address, names, text, servicePort.port, target)
    rules.append('filter', 'KUBE-SERVICES', { ...rule, ...(options && { options }) })
    return
  }
  const rule = sentTo(address, names, `${names.name} cluster IP`, servicePort.port, chain)
  rules.append('nat', 'KUBE-SERVICES', rule)
  rules.append('nat', chain, { ...rule, source: podCidr, notSource: true, target: 'KUBE-MARK-MASQ' })
}

/** External IPs, then load balancer addresses. */
function externalDestinations({ service }: ServicePortOnNode): readonly (readonly [address: string, kind: string])[] {
  return [
    ...(service.spec?.externalIPs ?? []).map((address) => [address, 'external IP'] as const),
    ...loadBalancerAddresses(service).map((address) => [address, 'loadbalancer IP'] as const),
  ]
}

function addExternal(rules: RuleSet, on: ServicePortOnNode, names: ChainNames, any: boolean, reachable: boolean): void {
  const { service, port: servicePort } = on
  const ranges = service.spec?.loadBalancerSourceRanges ?? []
  const { text, target = '', options } = refusal(names, any)
  for (const [address, kind] of externalDestinations(on)) {
    const guarded = kind === 'loadbalancer IP' && ranges.length > 0
    const chain = guarded ? names.fw : names.ext
    if (any)
      rules.append('nat', 'KUBE-SERVICES', sentTo(address, names, `${names.name} ${kind}`, servicePort.port, chain))
    if (any && guarded) addFirewall(rules, on, names, address)
    if (reachable) continue
    const rule = sentTo(address, names, text, servicePort.port, target)
    rules.append('filter', 'KUBE-EXTERNAL-SERVICES', { ...rule, ...(options && { options }) })
  }
  if (servicePort.nodePort !== undefined) addNodePort(rules, names, servicePort.nodePort, any, reachable)
  const health = service.spec?.healthCheckNodePort
  if (health) {
    rules.append('filter', 'KUBE-NODEPORTS', {
      protocol: 'tcp',
      matches: [comment(`${names.name} health check node port`), port('tcp', health)],
      target: 'ACCEPT',
    })
  }
}

/** loadBalancerSourceRanges: what none of them lets on is dropped before it is routed. */
function addFirewall(rules: RuleSet, on: ServicePortOnNode, names: ChainNames, address: string): void {
  const rejected = `${names.name} traffic not accepted by ${names.fw}`
  rules.append('filter', 'KUBE-PROXY-FIREWALL', sentTo(address, names, rejected, on.port.port, 'DROP'))
  if (rules.chain('nat', names.fw).length > 0) return
  for (const range of on.service.spec?.loadBalancerSourceRanges ?? []) {
    const matches = [comment(`${names.name} loadbalancer IP`)]
    rules.append('nat', names.fw, { source: range.trim(), matches, target: names.ext })
  }
  rules.append('nat', names.fw, {
    matches: [comment(`other traffic to ${names.name} will be dropped by KUBE-PROXY-FIREWALL`)],
  })
}

function addNodePort(rules: RuleSet, names: ChainNames, nodePort: number, any: boolean, reachable: boolean): void {
  const { name, protocol, ext } = names
  if (any) {
    const matches = [comment(name), port(protocol, nodePort)]
    rules.append('nat', 'KUBE-NODEPORTS', {
      destination: '127.0.0.0/8',
      protocol,
      matches: [...matches, accounted('localhost_nps_accepted_pkts')],
      target: ext,
    })
    rules.append('nat', 'KUBE-NODEPORTS', { protocol, matches, target: ext })
  }
  if (reachable) return
  const { text, ...end } = refusal(names, any)
  const matches = [comment(text), addressType('dst'), port(protocol, nodePort)]
  rules.append('filter', 'KUBE-EXTERNAL-SERVICES', { protocol, matches, ...end })
}

/** KUBE-EXT: what comes from outside is masqueraded, unless the policy Local keeps its source. */
function addExternalChain(
  rules: RuleSet,
  { podCidr }: ServicePortOnNode,
  { name, svc, svl, ext }: ChainNames,
  isLocal: boolean,
  reachable: boolean,
): void {
  const append = (rule: NetfilterRule): void => rules.append('nat', ext, rule)
  const destinations = `${name} external destinations`
  if (isLocal) {
    append({ source: podCidr, matches: [comment(`pod traffic for ${destinations}`)], target: svc })
    const own = addressType('src')
    append({ matches: [comment(`masquerade LOCAL traffic for ${destinations}`), own], target: 'KUBE-MARK-MASQ' })
    append({ matches: [comment(`route LOCAL traffic for ${destinations}`), own], target: svc })
  } else append({ matches: [comment(`masquerade traffic for ${destinations}`)], target: 'KUBE-MARK-MASQ' })
  if (reachable) append({ matches: [], target: isLocal ? svl : svc })
}

/** KUBE-SVC and KUBE-SVL: the remembered endpoint first, then an even choice. */
function addChoice(
  rules: RuleSet,
  { service }: ServicePortOnNode,
  { name, protocol }: ChainNames,
  chain: string,
  endpoints: readonly ServiceEndpoint[],
): void {
  const targets = endpoints.map((endpoint) => ({
    text: comment(`${name} -> ${addressOf(endpoint)}`),
    target: endpointChain(name, protocol, addressOf(endpoint)),
  }))
  if (service.spec?.sessionAffinity === 'ClientIP') {
    const seconds = service.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_AFFINITY_SECONDS
    for (const { text, target } of targets) {
      rules.append('nat', chain, { matches: [text, seenWithin(seconds, target)], target })
    }
  }
  for (const [index, { text, target }] of targets.entries()) {
    const left = targets.length - index
    rules.append('nat', chain, { matches: left > 1 ? [text, oneOf(left)] : [text], target })
  }
}

function addEndpoint(
  rules: RuleSet,
  { service }: ServicePortOnNode,
  { name, protocol }: ChainNames,
  endpoint: ServiceEndpoint,
): void {
  const chain = endpointChain(name, protocol, addressOf(endpoint))
  const affinity = service.spec?.sessionAffinity === 'ClientIP' ? [remember(chain)] : []
  const source = `${endpoint.address}/32`
  rules.append('nat', chain, { source, matches: [comment(name)], target: 'KUBE-MARK-MASQ' })
  rules.append('nat', chain, {
    protocol,
    matches: [comment(name), ...affinity, port(protocol)],
    target: 'DNAT',
    options: dnatTo(addressOf(endpoint)),
  })
}
