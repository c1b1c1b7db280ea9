import type { Affinity, NodeAffinity, NodeSelectorTerm } from '../../generated/types.ts'

/** Names of node labels that others have replaced (upstream: pkg/api/node/util.go). */
export const DEPRECATED_LABELS: ReadonlyMap<string, string> = new Map([
  ['beta.kubernetes.io/arch', 'deprecated since v1.14; use "kubernetes.io/arch" instead'],
  ['beta.kubernetes.io/os', 'deprecated since v1.14; use "kubernetes.io/os" instead'],
  ['failure-domain.beta.kubernetes.io/region', 'deprecated since v1.17; use "topology.kubernetes.io/region" instead'],
  ['failure-domain.beta.kubernetes.io/zone', 'deprecated since v1.17; use "topology.kubernetes.io/zone" instead'],
  ['beta.kubernetes.io/instance-type', 'deprecated since v1.17; use "node.kubernetes.io/instance-type" instead'],
])

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'
const PREFERRED = 'preferredDuringSchedulingIgnoredDuringExecution'

/** Old labels in what a Pod wants of its node. */
export function nodeAffinityWarnings(path: string, affinity: NodeAffinity | undefined): readonly string[] {
  return [
    ...(affinity?.[REQUIRED]?.nodeSelectorTerms ?? []).flatMap((term, index) =>
      termWarnings(`${path}.${REQUIRED}.nodeSelectorTerms[${index}]`, term),
    ),
    ...(affinity?.[PREFERRED] ?? []).flatMap(({ preference }, index) =>
      termWarnings(`${path}.${PREFERRED}[${index}].preference`, preference),
    ),
  ]
}

const termWarnings = (path: string, { matchExpressions = [] }: NodeSelectorTerm): readonly string[] =>
  matchExpressions.flatMap(({ key }, index) => {
    const advice = DEPRECATED_LABELS.get(key)
    return advice ? [`${path}.matchExpressions[${index}].key: ${key} is ${advice}`] : []
  })

/** Terms about other Pods that select none. */
export function affinityWarnings(path: string, affinity: Affinity | undefined): readonly string[] {
  const nothing = 'labelSelector: a null labelSelector results in matching no pod'
  return (['podAffinity', 'podAntiAffinity'] as const).flatMap((side) => [
    ...(affinity?.[side]?.[REQUIRED] ?? []).flatMap(({ labelSelector }, index) =>
      labelSelector ? [] : [`${path}.${side}.${REQUIRED}[${index}].${nothing}`],
    ),
    ...(affinity?.[side]?.[PREFERRED] ?? []).flatMap(({ podAffinityTerm }, index) =>
      podAffinityTerm?.labelSelector ? [] : [`${path}.${side}.${PREFERRED}[${index}].podAffinityTerm.${nothing}`],
    ),
  ])
}
