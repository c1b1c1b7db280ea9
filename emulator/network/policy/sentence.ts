import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort, Pod } from '../../generated/types.ts'
import { formatLabels, labelSelectorText } from '../../kinds/format/labels.ts'
import type { Reason } from '../reasons.ts'
import type { Hop } from '../types.ts'
import type { PolicyQuestion, PolicyVerdict } from './decide.ts'

/** The reason and its parameters for what the policies decided; nothing to say where no policy selects the Pod. */
export function sentenceOf(
  question: PolicyQuestion,
  verdict: PolicyVerdict,
): { readonly code: Reason; readonly params: Hop['params'] } | undefined {
  if (verdict.kind === 'open') return undefined
  const { direction, pod, peer, target } = question
  const params = {
    pod: pod.metadata?.name ?? '',
    peer: peer.pod === undefined ? peer.address : podText(peer.pod),
    target: target === undefined ? 'ICMP' : `${target.port}/${target.protocol}`,
  }
  const side = direction === 'Ingress' ? 'ingress' : 'egress'
  if (verdict.kind === 'allowed') {
    return { code: `policy-${side}-allowed`, params: { ...params, policy: policyName(verdict.policy) } }
  }
  const policies = verdict.policies.map(policyName).join(', ')
  if (direction === 'Egress' && target?.port === DNS_PORT) {
    return { code: 'policy-egress-dns', params: { ...params, policies } }
  }
  const ports = textOf(verdict.nearest.flatMap((rule) => rule.ports.map(portText)))
  const peers = textOf(verdict.nearest.flatMap((rule) => rule.peers.map(peerText)))
  return { code: `policy-${side}-${verdict.why}`, params: { ...params, policies, ports, peers } }
}

const DNS_PORT = 53

/** The policy that a hop points at: the one that allowed, or the first of those that together denied. */
export function policySubject(policy: NetworkPolicy | undefined): Hop['subject'] {
  const { namespace = '', name = '' } = policy?.metadata ?? {}
  return { kind: 'policy', namespace, name }
}

const textOf = (texts: readonly string[]): string => [...new Set(texts)].join(', ')

const policyName = ({ metadata }: NetworkPolicy): string => metadata?.name ?? ''

function podText({ metadata }: Pod): string {
  const { namespace = '', name = '', labels } = metadata ?? {}
  return `Pod ${namespace}/${name} (${formatLabels(labels)})`
}

function portText({ port, endPort, protocol = 'TCP' }: NetworkPolicyPort): string {
  if (port === undefined) return protocol
  return endPort === undefined ? `${port}/${protocol}` : `${port}-${endPort}/${protocol}`
}

/** A peer as its fields say it: both selectors in one peer mean both together. */
function peerText({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer): string {
  if (ipBlock) {
    const except = ipBlock.except?.length ? ` except ${ipBlock.except.join(', ')}` : ''
    return `ipBlock ${ipBlock.cidr}${except}`
  }
  return [
    ...(namespaceSelector ? [`namespaceSelector ${labelSelectorText(namespaceSelector) || '{}'}`] : []),
    ...(podSelector ? [`podSelector ${labelSelectorText(podSelector) || '{}'}`] : []),
  ].join(' + ')
}
