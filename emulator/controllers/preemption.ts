/** Which Pods have to go so that a more important one can run (upstream: plugins/defaultpreemption, framework/preemption). */
import type { Pod, PodDisruptionBudget } from '../generated/types.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import { createdAt, isDeleting, labelsOf, nameOf, namespaceOf } from './metadata.ts'
import { type Placement, placementOf } from './placement.ts'

export const priorityOf = (pod: Pod): number => pod.spec?.priority ?? 0

export interface Preemption {
  readonly node: string
  readonly victims: readonly Pod[]
}

interface Candidate extends Preemption {
  /** How many victims a disruption budget protects. */
  readonly violations: number
}

/** Does the Pod fit on this node, as one of all? */
export type Fits = (place: Placement, all: readonly Placement[]) => boolean

/**
 * The node where the least harm is done, with the Pods that go there; undefined if no node can be made to fit.
 * `places` are the nodes that lesser Pods stand in the way on; `all` every node.
 */
export function planPreemption(
  pod: Pod,
  places: readonly Placement[],
  all: readonly Placement[],
  budgets: readonly PodDisruptionBudget[],
  fits: Fits,
): Preemption | undefined {
  const candidates = places.flatMap((place) => candidateOn(pod, place, all, budgets, fits) ?? [])
  return candidates.toSorted(leastHarm)[0]
}

/** All lesser Pods off, then as many back as there is room for: protected ones first, important ones before others. */
function candidateOn(
  pod: Pod,
  place: Placement,
  all: readonly Placement[],
  budgets: readonly PodDisruptionBudget[],
  fits: Fits,
): Candidate | undefined {
  const lesser = place.pods.filter((other) => priorityOf(other) < priorityOf(pod))
  if (lesser.length === 0) return undefined
  let kept = place.pods.filter((other) => !lesser.includes(other))
  const fitsWith = (pods: readonly Pod[]) => {
    const changed = placementOf(place.node, pods)
    return fits(
      changed,
      all.map((other) => (other === place ? changed : other)),
    )
  }
  if (!fitsWith(kept)) return undefined
  const { violating, others } = byBudgets(lesser.toSorted(byImportance), budgets)
  const victims: Pod[] = []
  let violations = 0
  for (const other of [...violating, ...others]) {
    if (fitsWith([...kept, other])) kept = [...kept, other]
    else {
      victims.push(other)
      if (violating.includes(other)) violations++
    }
  }
  return { node: nameOf(place.node), victims: victims.toSorted(byImportance), violations }
}

/** Higher priority first, then who has run longer. */
const byImportance = (a: Pod, b: Pod): number => priorityOf(b) - priorityOf(a) || startOf(a) - startOf(b)
const startOf = (pod: Pod): number => Date.parse(pod.status?.startTime ?? '') || createdAt(pod)

/** Pods whose eviction a budget would not allow, counting each budget down. */
function byBudgets(pods: readonly Pod[], budgets: readonly PodDisruptionBudget[]) {
  const left = new Map(budgets.map((budget) => [budget, budget.status?.disruptionsAllowed ?? 0]))
  const violating: Pod[] = []
  const others: Pod[] = []
  for (const pod of pods) {
    const covering = budgets.filter(
      (budget) =>
        namespaceOf(budget) === namespaceOf(pod) &&
        budget.spec?.selector !== undefined &&
        matchesLabelSelector(budget.spec.selector, labelsOf(pod)),
    )
    for (const budget of covering) left.set(budget, (left.get(budget) ?? 0) - 1)
    if (covering.some((budget) => (left.get(budget) ?? 0) < 0)) violating.push(pod)
    else others.push(pod)
  }
  return { violating, others }
}

/** Fewest broken budgets, then the least important victims, then the fewest, then the youngest. */
function leastHarm(a: Candidate, b: Candidate): number {
  const highest = ({ victims }: Candidate) => Math.max(...victims.map(priorityOf))
  const total = ({ victims }: Candidate) => victims.reduce((sum, pod) => sum + priorityOf(pod) + 2 ** 31, 0)
  const earliest = (one: Candidate) =>
    Math.min(...one.victims.filter((pod) => priorityOf(pod) === highest(one)).map(startOf))
  return (
    a.violations - b.violations ||
    highest(a) - highest(b) ||
    total(a) - total(b) ||
    a.victims.length - b.victims.length ||
    earliest(b) - earliest(a)
  )
}

/** A Pod that preempted waits for its victims to be gone. */
export function awaitsVictims(pod: Pod, places: readonly Placement[]): boolean {
  const nominated = pod.status?.nominatedNodeName
  const place = nominated ? places.find(({ node }) => nameOf(node) === nominated) : undefined
  return place?.pods.some((other) => isDeleting(other) && priorityOf(other) < priorityOf(pod)) === true
}

/** The nodes with the more important Pods on them that are nominated to run there. */
export function withNominated(pod: Pod, places: readonly Placement[], waiting: readonly Pod[]): readonly Placement[] {
  const nominated = waiting.filter(
    (other) => other.status?.nominatedNodeName && other !== pod && priorityOf(other) >= priorityOf(pod),
  )
  if (nominated.length === 0) return places
  return places.map((place) => {
    const own = nominated.filter(({ status }) => status?.nominatedNodeName === nameOf(place.node))
    return own.length === 0 ? place : placementOf(place.node, [...place.pods, ...own])
  })
}
