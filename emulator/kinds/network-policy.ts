import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { NetworkPolicy, NetworkPolicyPort } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { labelSelectorText } from './format/labels.ts'
import { describeNetworkPolicy } from './network-policy/describe.ts'
import { validateNetworkPolicy } from './network-policy/validate.ts'

export const networkPolicy = defineKind<NetworkPolicy>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  singular: 'networkpolicy',
  shortNames: ['netpol'],
  scope: 'Namespaced',
  schema: 'NetworkPolicy',
  default: defaultNetworkPolicy,
  validate: validateNetworkPolicy,
  columns: [
    nameColumn,
    { name: 'Pod-Selector', cell: ({ spec }) => labelSelectorText(spec?.podSelector) || '<none>' },
    ageColumn,
  ],
  describe: describeNetworkPolicy,
})

/** Protocols, and policyTypes from the rules that are there (upstream: pkg/apis/networking/v1/defaults.go). */
function defaultNetworkPolicy(object: NetworkPolicy): NetworkPolicy {
  const { ingress, egress, policyTypes, ...rest } = object.spec ?? {}
  const given = policyTypes ?? []
  const implied = egress?.length ? ['Ingress', 'Egress'] : ['Ingress']
  return {
    ...object,
    spec: {
      ...rest,
      podSelector: rest.podSelector ?? {},
      ...(ingress && { ingress: ingress.map(withProtocols) }),
      ...(egress && { egress: egress.map(withProtocols) }),
      policyTypes: given.length > 0 ? given : implied,
    },
  }
}

function withProtocols<R extends { readonly ports?: readonly NetworkPolicyPort[] }>(rule: R): R {
  if (!rule.ports) return rule
  return { ...rule, ports: rule.ports.map((port) => ({ ...port, protocol: port.protocol ?? 'TCP' })) }
}
