/** Spreading Pods over topology domains, without a cluster (upstream: pkg/scheduler/framework/plugins/podtopologyspread). */
import type { LabelSelector, Pod, Taint, TopologySpreadConstraint } from '../generated/types.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import { isDeleting, labelsOf, namespaceOf } from './metadata.ts'
import type { Placement } from './placement.ts'
import { isTolerated, matchesNode } from './scheduling.ts'

export type SpreadRefusal = 'missing-label' | 'skewed'

/** Whether a node would break a constraint that must hold. */
export function spreadRefusal(pod: Pod, place: Placement, all: readonly Placement[]): SpreadRefusal | undefined {
  const hard = constraintsOf(pod, 'DoNotSchedule')
  if (hard.length === 0) return undefined
  const keys = hard.map(({ topologyKey }) => topologyKey)
  const has = ({ node }: Placement, key: string) => Object.hasOwn(labelsOf(node), key)
  if (!keys.every((key) => has(place, key))) return 'missing-label'
  const eligible = all.filter((other) => keys.every((key) => has(other, key)))
  return hard.some((constraint) => isSkewed(pod, constraint, place, eligible)) ? 'skewed' : undefined
}

const constraintsOf = (pod: Pod, whenUnsatisfiable: string): readonly TopologySpreadConstraint[] =>
  (pod.spec?.topologySpreadConstraints ?? []).filter((one) => one.whenUnsatisfiable === whenUnsatisfiable)

function isSkewed(
  pod: Pod,
  constraint: TopologySpreadConstraint,
  place: Placement,
  eligible: readonly Placement[],
): boolean {
  const counts = domainCounts(pod, constraint, eligible)
  const fewDomains = counts.size < (constraint.minDomains ?? 1)
  const least = fewDomains || counts.size === 0 ? 0 : Math.min(...counts.values())
  const self = matchesLabelSelector(selectorOf(pod, constraint), labelsOf(pod)) ? 1 : 0
  const here = counts.get(domainOf(place, constraint.topologyKey)) ?? 0
  return here + self - least > constraint.maxSkew
}

const domainOf = ({ node }: Placement, key: string): string => labelsOf(node)[key] ?? ''

/** Matching Pods in each domain of the nodes that count for this Pod. */
function domainCounts(
  pod: Pod,
  constraint: TopologySpreadConstraint,
  places: readonly Placement[],
): ReadonlyMap<string, number> {
  const selector = selectorOf(pod, constraint)
  const counts = new Map<string, number>()
  for (const place of places) {
    if (!countsHere(pod, constraint, place)) continue
    const domain = domainOf(place, constraint.topologyKey)
    const matching = place.pods.filter(
      (other) =>
        namespaceOf(other) === namespaceOf(pod) &&
        !isDeleting(other) &&
        matchesLabelSelector(selector, labelsOf(other)),
    ).length
    counts.set(domain, (counts.get(domain) ?? 0) + matching)
  }
  return counts
}

/** Node affinity is honoured and taints are ignored, unless the constraint says otherwise. */
function countsHere(pod: Pod, constraint: TopologySpreadConstraint, { node }: Placement): boolean {
  if (constraint.nodeAffinityPolicy !== 'Ignore' && !matchesNode(pod, node)) return false
  if (constraint.nodeTaintsPolicy !== 'Honor') return true
  const keepsOut = ({ effect }: Taint) => effect === 'NoSchedule' || effect === 'NoExecute'
  return (node.spec?.taints ?? []).filter(keepsOut).every((taint) => isTolerated(taint, pod.spec?.tolerations))
}

/** The constraint's selector, narrowed to Pods that agree with this one in `matchLabelKeys`. */
function selectorOf(pod: Pod, { labelSelector, matchLabelKeys = [] }: TopologySpreadConstraint): LabelSelector {
  if (!labelSelector) return { matchExpressions: [{ key: '', operator: 'In', values: [''] }] }
  const own = labelsOf(pod)
  const agreed = matchLabelKeys.filter((key) => Object.hasOwn(own, key)).map((key) => [key, own[key] ?? ''] as const)
  return { ...labelSelector, matchLabels: { ...labelSelector.matchLabels, ...Object.fromEntries(agreed) } }
}

/** How much a node would add to what should be even: the Pods in its domains, of constraints that may be broken. */
export function spreadCost(pod: Pod, place: Placement, all: readonly Placement[]): number {
  return constraintsOf(pod, 'ScheduleAnyway').reduce((sum, constraint) => {
    const counts = domainCounts(pod, constraint, all)
    return sum + (counts.get(domainOf(place, constraint.topologyKey)) ?? 0)
  }, 0)
}
