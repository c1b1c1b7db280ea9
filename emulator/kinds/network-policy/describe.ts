import type { LabelSelector, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../generated/types.ts'
import { annotationLines, indent, labelLines, nameLines } from '../describe/lines.ts'
import { labelSelectorText } from '../format/labels.ts'
import { goTime } from '../format/time.ts'

/** `kubectl describe networkpolicy` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeNetworkPolicy). */
export function describeNetworkPolicy({ metadata, spec = {} }: NetworkPolicy): readonly string[] {
  const selected = labelSelectorText(spec.podSelector)
  const types = spec.policyTypes ?? []
  const ingress = (spec.ingress ?? []).map(({ ports, from }) => ({ ports, peers: from }))
  const egress = (spec.egress ?? []).map(({ ports, to }) => ({ ports, peers: to }))
  return [
    ...nameLines({ metadata }),
    `Created on:\t${goTime(metadata?.creationTimestamp)}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    'Spec:',
    ...indent(1, [
      `PodSelector:     ${selected || '<none> (Allowing the specific traffic to all pods in this namespace)'}`,
      ...directionLines('ingress', types.includes('Ingress'), ingress),
      ...directionLines('egress', types.includes('Egress'), egress),
      `Policy Types: ${types.join(', ')}`,
    ]),
  ]
}

interface Rule {
  readonly ports: readonly NetworkPolicyPort[] | undefined
  readonly peers: readonly NetworkPolicyPeer[] | undefined
}

function directionLines(direction: 'ingress' | 'egress', affected: boolean, rules: readonly Rule[]): readonly string[] {
  if (!affected) return [`Not affecting ${direction} traffic`]
  const lines = rules.flatMap((rule, index) => [
    ...(index > 0 ? ['----------'] : []),
    ...portLines(rule.ports ?? []),
    ...peerLines(direction, rule.peers ?? []),
  ])
  const isolated = `<none> (Selected pods are isolated for ${direction} connectivity)`
  return [`Allowing ${direction} traffic:`, ...indent(1, lines.length === 0 ? [isolated] : lines)]
}

function portLines(ports: readonly NetworkPolicyPort[]): readonly string[] {
  if (ports.length === 0) return ['To Port: <any> (traffic allowed to all ports)']
  return ports.map(({ port = '<nil>', endPort, protocol = 'TCP' }) =>
    endPort === undefined ? `To Port: ${port}/${protocol}` : `To Port Range: ${port}-${endPort}/${protocol}`,
  )
}

function peerLines(direction: 'ingress' | 'egress', peers: readonly NetworkPolicyPeer[]): readonly string[] {
  const title = direction === 'ingress' ? 'From' : 'To'
  const side = direction === 'ingress' ? 'source' : 'destination'
  if (peers.length === 0) return [`${title}: <any> (traffic not restricted by ${side})`]
  return peers.flatMap((peer) => [`${title}:`, ...indent(1, onePeer(peer))])
}

function onePeer({ podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer): readonly string[] {
  const selectors = [
    ...(namespaceSelector ? [`NamespaceSelector: ${selectorText(namespaceSelector)}`] : []),
    ...(podSelector ? [`PodSelector: ${selectorText(podSelector)}`] : []),
  ]
  if (selectors.length > 0 || !ipBlock) return selectors
  return ['IPBlock:', ...indent(1, [`CIDR: ${ipBlock.cidr}`, `Except: ${(ipBlock.except ?? []).join(', ')}`])]
}

const selectorText = (selector: LabelSelector): string => labelSelectorText(selector) || '<none>'
