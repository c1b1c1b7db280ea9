import { inCidr } from '../addresses.ts'
import { endpointsOf, nearEndpoints, type ServiceEndpoint, usableEndpoints } from '../endpoint-set.ts'
import { explainNoEndpoints } from '../explain.ts'
import { chainsPassed } from '../iptables/chains-passed.ts'
import { type MatchedService, next, type Packet, type Stage, type StageContext, type StageResult } from '../packet.ts'
import { serviceName } from '../service-match.ts'
import type { Subject } from '../types.ts'
import { nodeBridge } from '../world.ts'

/**
 * kube-proxy's choice of an endpoint, in iptables mode: a random one of those that the Service's policies allow, or
 * the one that session affinity remembers; then the rewriting of destination and source.
 */
export const endpointChoice: Stage = (packet, context) => {
  if (packet.service === undefined) return next(packet)
  const { world, hops } = context
  const matched = packet.service
  const all = endpointsOf(world.rules.of(packet.at), matched.service, matched.port)
  const usable = usableEndpoints(all)
  const subject = subjectOf(matched)
  if (usable.length === 0) {
    const { code, params } = explainNoEndpoints(matched, world)
    return hops.end('refused', subject, code, params)
  }
  const policy = localPolicy(matched, packet, context)
  const allowed = policy === undefined ? spread(packet, usable, context) : localEndpoints(all, packet.at.name)
  if (allowed.length === 0) {
    return hops.end('dropped', subject, 'no-local-endpoints', {
      service: serviceName(matched.service),
      policy: policy ?? '',
      node: packet.at.name,
      nodes: [...new Set(usable.map((endpoint) => endpoint.nodeName ?? '?'))].join(', '),
    })
  }
  return translate(
    packet,
    choose(packet, matched, allowed, policy !== undefined, context),
    policy === undefined,
    context,
  )
}

function subjectOf(matched: MatchedService): Subject {
  const { namespace = '', name = '' } = matched.service.metadata ?? {}
  return { kind: 'service', namespace, name, port: matched.port.port }
}

/** The field whose value Local binds this packet, if any. Traffic from Pods and from the node itself is exempt outside. */
function localPolicy(matched: MatchedService, packet: Packet, { world }: StageContext): string | undefined {
  const spec = matched.service.spec
  if (matched.via === 'cluster-ip') return spec?.internalTrafficPolicy === 'Local' ? 'internalTrafficPolicy' : undefined
  if (spec?.externalTrafficPolicy !== 'Local') return undefined
  if (packet.localSource || inCidr(packet.source, world.settings.podCidr)) return undefined
  return 'externalTrafficPolicy'
}

function localEndpoints(all: readonly ServiceEndpoint[], node: string): readonly ServiceEndpoint[] {
  return usableEndpoints(all.filter((endpoint) => endpoint.nodeName === node))
}

function spread(
  packet: Packet,
  usable: readonly ServiceEndpoint[],
  { world }: StageContext,
): readonly ServiceEndpoint[] {
  const node = world.objects.node(packet.at.name)
  return nearEndpoints(usable, packet.at.name, node?.metadata?.labels?.['topology.kubernetes.io/zone'])
}

function choose(
  packet: Packet,
  matched: MatchedService,
  allowed: readonly ServiceEndpoint[],
  isLocal: boolean,
  { world, hops }: StageContext,
): ServiceEndpoint {
  const { namespace = '', name = '' } = matched.service.metadata ?? {}
  const key = `${packet.at.name} ${namespace}/${name}:${matched.port.name ?? ''} ${packet.source}`
  const remembered = remember(packet, matched, allowed, world.affinity.get(key), world.clock.now())
  const chosen = remembered ?? allowed[world.random.int(allowed.length)] ?? allowed[0]
  if (chosen === undefined) throw new Error('an endpoint is chosen from at least one')
  if (matched.service.spec?.sessionAffinity === 'ClientIP') {
    world.affinity.set(key, { address: chosen.address, port: chosen.port, at: world.clock.now() })
  }
  const code =
    remembered !== undefined ? 'endpoint-remembered' : chosen.ready ? 'endpoint-chosen' : 'endpoint-terminating'
  const endpoint = `${chosen.address}:${chosen.port}`
  hops.add('pass', subjectOf(matched), code, () => ({
    node: packet.at.name,
    endpoint,
    count: allowed.length,
    probability: `1/${allowed.length}`,
    pod: chosen.pod === undefined ? chosen.address : `Pod ${chosen.pod.name}`,
    sourceAddress: packet.source,
    chains: chainsPassed(matched, endpoint, isLocal),
  }))
  return chosen
}

const DEFAULT_AFFINITY_SECONDS = 10_800

function remember(
  packet: Packet,
  matched: MatchedService,
  allowed: readonly ServiceEndpoint[],
  entry: { readonly address: string; readonly port: number; readonly at: number } | undefined,
  now: number,
): ServiceEndpoint | undefined {
  if (matched.service.spec?.sessionAffinity !== 'ClientIP' || entry === undefined || packet.source === '')
    return undefined
  const seconds = matched.service.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_AFFINITY_SECONDS
  if (now - entry.at > seconds * 1000) return undefined
  return allowed.find((endpoint) => endpoint.address === entry.address && endpoint.port === entry.port)
}

/**
 * Destination and source after DNAT and, where kube-proxy masquerades, SNAT (KUBE-MARK-MASQ). Under externalTrafficPolicy
 * Local a Pod that uses an address for outside keeps its source, a process of the node does not (KUBE-EXT chains).
 */
function translate(
  packet: Packet,
  endpoint: ServiceEndpoint,
  clusterWide: boolean,
  { world, hops }: StageContext,
): StageResult {
  const fromPod = inCidr(packet.source, world.settings.podCidr)
  const external = packet.service?.via !== 'cluster-ip'
  const hairpin = packet.source === endpoint.address
  const keepsSource = packet.service?.service.spec?.externalTrafficPolicy === 'Local' && fromPod
  const masquerade = hairpin || (external ? clusterWide && !keepsSource : !fromPod)
  const outgoing = endpoint.nodeName === packet.at.name ? nodeBridge(world, packet.at.name) : packet.at.address
  const source = masquerade ? (outgoing ?? packet.at.address) : packet.source
  const itself = hairpin && fromPod
  const code = itself ? 'address-hairpin' : source === packet.source ? 'address-translated' : 'address-masqueraded'
  hops.add('pass', { kind: 'address', address: endpoint.address, port: endpoint.port }, code, {
    client: packet.source,
    sourceAddress: source,
    endpoint: `${endpoint.address}:${endpoint.port}`,
  })
  return next(packet, {
    source,
    unmasqueraded: packet.source,
    destination: { address: endpoint.address, port: endpoint.port },
    sourcePod: undefined,
  })
}
