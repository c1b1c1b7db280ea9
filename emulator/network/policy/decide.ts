import type {
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  NetworkPolicySpec,
  Pod,
} from '../../generated/types.ts'
import { matchesLabelSelector } from '../../kinds/format/labels.ts'
import { inCidr } from '../addresses.ts'
import type { Protocol } from '../types.ts'
import type { NetworkObjects } from '../world.ts'

/** A connection as a policy sees it, from the side of the Pod that the policy may isolate. */
export interface PolicyQuestion {
  readonly direction: 'Ingress' | 'Egress'
  /** The Pod whose policies are asked. */
  readonly pod: Pod
  /** The other end: its address, and the Pod that has it, if one does. */
  readonly peer: { readonly address: string; readonly pod: Pod | undefined }
  /** What is connected to; undefined for ICMP, which only rules without ports allow. */
  readonly target: { readonly port: number; readonly protocol: Protocol } | undefined
}

export type PolicyVerdict =
  | { readonly kind: 'open' }
  | { readonly kind: 'allowed'; readonly policy: NetworkPolicy }
  | {
      readonly kind: 'denied'
      readonly policies: readonly NetworkPolicy[]
      /**
       * Nothing is allowed at all; the peer is, but not on this port; it has the labels in another namespace; it matches
       * one of two selectors that must both match; the peer is not.
       */
      readonly why: 'isolated' | 'port' | 'namespace' | 'both' | 'peer'
      /** Rules that let the peer through on other ports. */
      readonly nearest: readonly PolicyRule[]
    }

export interface PolicyRule {
  readonly peers: readonly NetworkPolicyPeer[]
  readonly ports: readonly NetworkPolicyPort[]
}

/**
 * What the policies of a Pod say to a connection: a Pod that none selects in this direction is open; otherwise one rule
 * of one policy has to allow it (kubernetes.io/docs/concepts/services-networking/network-policies).
 */
export function decide(question: PolicyQuestion, objects: NetworkObjects): PolicyVerdict {
  const policies = policiesOf(question, objects)
  if (policies.length === 0) return { kind: 'open' }
  const rules: PolicyRule[] = []
  for (const policy of policies) {
    for (const rule of rulesOf(policy.spec, question.direction)) {
      if (allowsPeer(rule, policy, question, objects) && allowsPort(rule, question)) return { kind: 'allowed', policy }
      rules.push(rule)
    }
  }
  const near = policies.flatMap((policy) =>
    rulesOf(policy.spec, question.direction).filter((rule) => allowsPeer(rule, policy, question, objects)),
  )
  const why = rules.length === 0 ? 'isolated' : near.length > 0 ? 'port' : nearMiss(policies, question, objects)
  return { kind: 'denied', policies, why, nearest: near.length > 0 ? near : rules }
}

function policiesOf({ pod, direction }: PolicyQuestion, objects: NetworkObjects): readonly NetworkPolicy[] {
  return objects
    .networkPolicies()
    .filter(
      ({ metadata, spec }) =>
        metadata?.namespace === pod.metadata?.namespace &&
        spec?.policyTypes?.includes(direction) === true &&
        matchesLabelSelector(spec.podSelector ?? {}, pod.metadata?.labels),
    )
}

function rulesOf(spec: NetworkPolicySpec | undefined, direction: PolicyQuestion['direction']): readonly PolicyRule[] {
  return direction === 'Ingress'
    ? (spec?.ingress ?? []).map(({ from = [], ports = [] }) => ({ peers: from, ports }))
    : (spec?.egress ?? []).map(({ to = [], ports = [] }) => ({ peers: to, ports }))
}

function allowsPeer(
  { peers }: PolicyRule,
  policy: NetworkPolicy,
  { peer }: PolicyQuestion,
  objects: NetworkObjects,
): boolean {
  if (peers.length === 0) return true
  return peers.some(({ ipBlock, podSelector, namespaceSelector }) => {
    if (ipBlock) return inBlock(peer.address, ipBlock.cidr, ipBlock.except ?? [])
    if (peer.pod === undefined) return false
    const { namespace = '', labels } = peer.pod.metadata ?? {}
    const inNamespace = namespaceSelector
      ? matchesLabelSelector(namespaceSelector, objects.namespace(namespace)?.metadata?.labels)
      : namespace === policy.metadata?.namespace
    return inNamespace && matchesLabelSelector(podSelector ?? {}, labels)
  })
}

/** How nearly the peer would have been let in. */
function nearMiss(
  policies: readonly NetworkPolicy[],
  { direction, peer }: PolicyQuestion,
  objects: NetworkObjects,
): 'namespace' | 'both' | 'peer' {
  const { namespace = '', labels } = peer.pod?.metadata ?? {}
  const peers = policies.flatMap(({ spec }) => rulesOf(spec, direction).flatMap((rule) => rule.peers))
  for (const { podSelector, namespaceSelector } of peer.pod === undefined ? [] : peers) {
    if (podSelector === undefined) continue
    const samePod = matchesLabelSelector(podSelector, labels)
    if (namespaceSelector === undefined && samePod) return 'namespace'
    if (namespaceSelector === undefined) continue
    const sameNamespace = matchesLabelSelector(namespaceSelector, objects.namespace(namespace)?.metadata?.labels)
    if (samePod || sameNamespace) return 'both'
  }
  return 'peer'
}

function inBlock(address: string, cidr: string, except: readonly string[]): boolean {
  return inCidr(address, cidr) && !except.some((part) => inCidr(address, part))
}

function allowsPort({ ports }: PolicyRule, { direction, pod, peer, target }: PolicyQuestion): boolean {
  if (ports.length === 0) return true
  if (target === undefined) return false
  const receiver = direction === 'Ingress' ? pod : peer.pod
  return ports.some(({ port, endPort, protocol = 'TCP' }) => {
    if (protocol !== target.protocol) return false
    if (port === undefined) return true
    if (typeof port === 'number') return target.port >= port && target.port <= (endPort ?? port)
    return namedPorts(receiver, port, protocol).includes(target.port)
  })
}

/** The numbers that a Pod's containers give a name. */
function namedPorts(pod: Pod | undefined, name: string, protocol: string): readonly number[] {
  return [...(pod?.spec?.initContainers ?? []), ...(pod?.spec?.containers ?? [])]
    .flatMap((container) => container.ports ?? [])
    .filter((port) => port.name === name && (port.protocol ?? 'TCP') === protocol)
    .map((port) => port.containerPort)
}
