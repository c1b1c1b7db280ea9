import { jsonEqual } from '../api/json.ts'
import type { ClusterRole, PolicyRule } from '../generated/types.ts'
import { clusterRole as clusterRoleKind } from '../kinds/cluster-role.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import { defineController } from './controller.ts'
import { isDeleting, keyOf, nameOf } from './metadata.ts'

/** Fills ClusterRoles with the rules of those that their aggregationRule selects (upstream: pkg/controller/clusterroleaggregation). */
export const clusterRoleAggregationController = defineController({
  name: 'clusterrole-aggregation-controller',
  for: clusterRoleKind,
  watches: [
    {
      kind: clusterRoleKind,
      keys: (_, { objects }) =>
        objects
          .list(clusterRoleKind)
          .filter(({ aggregationRule }) => aggregationRule)
          .map(keyOf),
    },
  ],
  delayMs: [5, 30],
  reconcile(key, { objects }) {
    const role = objects.get(clusterRoleKind, undefined, key.name)
    if (!role?.aggregationRule || isDeleting(role)) return undefined
    const rules = gatheredRules(role, objects.list(clusterRoleKind))
    if (!jsonEqual(rules, role.rules ?? [])) objects.update(clusterRoleKind, { ...role, rules })
    return undefined
  },
})

/** The rules of all selected roles, selector by selector and by name, each rule once. */
export function gatheredRules(role: ClusterRole, all: readonly ClusterRole[]): readonly PolicyRule[] {
  const found: PolicyRule[] = []
  for (const selector of role.aggregationRule?.clusterRoleSelectors ?? []) {
    const selected = all
      .filter((other) => nameOf(other) !== nameOf(role) && matchesLabelSelector(selector, other.metadata?.labels))
      .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
    for (const rule of selected.flatMap(({ rules = [] }) => rules))
      if (!found.some((earlier) => jsonEqual(earlier, rule))) found.push(rule)
  }
  return found
}
