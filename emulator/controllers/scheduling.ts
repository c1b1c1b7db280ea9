/** Which node a Pod may and should run on, without a cluster (upstream: pkg/scheduler/framework/plugins). */

import type {
  Node,
  NodeSelectorRequirement,
  NodeSelectorTerm,
  Pod,
  PodAffinityTerm,
  Taint,
  Toleration,
} from '../generated/types.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import { controllerOf, labelsOf, nameOf, namespaceOf } from './metadata.ts'
import { demandOf, type Placement } from './placement.ts'
import { spreadCost, spreadRefusal } from './topology-spread.ts'

/** Why a node is refused; `preemptable` if removing lesser Pods could help. */
export interface Refusal {
  readonly text: string
  readonly preemptable: boolean
}

type Labels = { readonly [key: string]: string }

/** All reasons against this node, of the first plugin that objects; empty if it fits. */
export function refusals(pod: Pod, place: Placement, all: readonly Placement[]): readonly Refusal[] {
  for (const filter of filters) {
    const found = filter(pod, place, all)
    if (found.length > 0) return found
  }
  return []
}

type Filter = (pod: Pod, place: Placement, all: readonly Placement[]) => readonly Refusal[]

const final = (text: string): readonly Refusal[] => [{ text, preemptable: false }]
const preemptable = (text: string): Refusal => ({ text, preemptable: true })

const filters: readonly Filter[] = [
  (pod, { node }) => {
    const cordon: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }
    if (!node.spec?.unschedulable || isTolerated(cordon, pod.spec?.tolerations)) return []
    return final('node(s) were unschedulable')
  },
  (pod, { node }) => {
    const taint = (node.spec?.taints ?? []).find(
      ({ key, value, effect }) =>
        (effect === 'NoSchedule' || effect === 'NoExecute') &&
        !isTolerated({ key, value: value ?? '', effect }, pod.spec?.tolerations),
    )
    return taint ? final('node(s) had untolerated taint(s)') : []
  },
  (pod, { node }) => (matchesNode(pod, node) ? [] : final("node(s) didn't match Pod's node affinity/selector")),
  (pod, { hostPorts }) =>
    demandOf(pod).hostPorts.every((port) => !hostPorts.has(port))
      ? []
      : [preemptable("node(s) didn't have free ports for the requested pod ports")],
  (pod, place) => insufficient(pod, place),
  (pod, place, all) => {
    const refusal = spreadRefusal(pod, place, all)
    const text = "node(s) didn't match pod topology spread constraints"
    if (refusal === 'missing-label') return final(`${text} (missing required label)`)
    return refusal ? [preemptable(text)] : []
  },
  (pod, place, all) => interPodRefusals(pod, place, all),
]

export function isTolerated(taint: Taint, tolerations: readonly Toleration[] | undefined): boolean {
  return (tolerations ?? []).some(
    (toleration) =>
      (!toleration.effect || toleration.effect === taint.effect) &&
      (!toleration.key || toleration.key === taint.key) &&
      (toleration.operator === 'Exists' || (toleration.value ?? '') === (taint.value ?? '')),
  )
}

export function matchesNode(pod: Pod, node: Node): boolean {
  const labels = labelsOf(node)
  const selector = Object.entries(pod.spec?.nodeSelector ?? {})
  if (!selector.every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value)) return false
  const required = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  return !required || (required.nodeSelectorTerms ?? []).some((term) => matchesTerm(term, node))
}

function matchesTerm(term: NodeSelectorTerm, node: Node): boolean {
  const expressions = term.matchExpressions ?? []
  const fields = term.matchFields ?? []
  if (expressions.length === 0 && fields.length === 0) return false
  const fieldsOfNode = { 'metadata.name': nameOf(node) }
  return (
    expressions.every((requirement) => meets(requirement, labelsOf(node))) &&
    fields.every((requirement) => meets(requirement, fieldsOfNode))
  )
}

function meets({ key, operator, values = [] }: NodeSelectorRequirement, labels: Labels): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined
  if (operator === 'Gt') return value !== undefined && Number(value) > Number(values[0])
  if (operator === 'Lt') return value !== undefined && Number(value) < Number(values[0])
  return matchesLabelSelector({ matchExpressions: [{ key, operator, values }] }, labels)
}

function insufficient(pod: Pod, { pods, allocatable, requested }: Placement): readonly Refusal[] {
  const amount = (resource: string): bigint => allocatable.get(resource) ?? 0n
  if (BigInt(pods.length + 1) * 1000n > amount('pods')) return [preemptable('Too many pods')]
  const refused: Refusal[] = []
  for (const [resource, asked] of inOrder(demandOf(pod).requests)) {
    if (asked + (requested.get(resource) ?? 0n) <= amount(resource)) continue
    refused.push({ text: `Insufficient ${resource}`, preemptable: asked <= amount(resource) })
  }
  return refused
}

/** CPU and memory first, then the rest as the Pod names them. */
function inOrder(requests: ReadonlyMap<string, bigint>): readonly (readonly [resource: string, asked: bigint])[] {
  const rank = (resource: string): number => (resource === 'cpu' ? 0 : resource === 'memory' ? 1 : 2)
  return [...requests].sort(([a], [b]) => rank(a) - rank(b))
}

function interPodRefusals(pod: Pod, place: Placement, all: readonly Placement[]): readonly Refusal[] {
  const { podAffinity, podAntiAffinity } = pod.spec?.affinity ?? {}
  const near = podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
  if (!near.every((term) => nearEnough(pod, term, place, all))) return final("node(s) didn't match pod affinity rules")
  const apart = podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []
  if (apart.some((term) => matching(pod, term, place, all).length > 0)) {
    return [preemptable("node(s) didn't match pod anti-affinity rules")]
  }
  const refusing = all.some(({ keepingApart }) =>
    keepingApart.some((other) =>
      (other.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).some(
        (term) => isMeant(other, term, pod) && matching(other, term, place, all).includes(other),
      ),
    ),
  )
  return refusing ? [preemptable("node(s) didn't satisfy existing pods anti-affinity rules")] : []
}

/** The first Pod of a group that is to be near itself may go anywhere. */
function nearEnough(pod: Pod, term: PodAffinityTerm, place: Placement, all: readonly Placement[]): boolean {
  if (!Object.hasOwn(labelsOf(place.node), term.topologyKey)) return false
  if (matching(pod, term, place, all).length > 0) return true
  return isMeant(pod, term, pod) && !all.some(({ pods }) => pods.some((other) => isMeant(pod, term, other)))
}

/** Pods in the node's topology domain that the term means, with the term's own Pod counted when it sits there. */
function matching(owner: Pod, term: PodAffinityTerm, place: Placement, all: readonly Placement[]): readonly Pod[] {
  const domain = labelsOf(place.node)[term.topologyKey]
  if (domain === undefined) return []
  return all
    .filter(({ node }) => labelsOf(node)[term.topologyKey] === domain)
    .flatMap(({ pods }) => pods.filter((other) => other === owner || isMeant(owner, term, other)))
}

/** Namespaces that a term selects by labels have been named before (affinity-namespaces.ts). */
function isMeant(owner: Pod, term: PodAffinityTerm, other: Pod): boolean {
  const namespaces = term.namespaces?.length ? term.namespaces : [namespaceOf(owner)]
  return namespaces.includes(namespaceOf(other)) && matchesLabelSelector(term.labelSelector, labelsOf(other))
}

/**
 * The best of the nodes that fit: fewest Pods of the same workload, then fewest requests and Pods, then by name. A real
 * scheduler scores by much the same and breaks ties at random; by name, the same commands give the same nodes.
 */
export function choose(
  pod: Pod,
  fitting: readonly Placement[],
  all: readonly Placement[] = fitting,
): Placement | undefined {
  const scored = fitting.map((place) => ({ place, key: scoreOf(pod, place, all) }))
  const [first, ...others] = scored
  return others.reduce((best, one) => (isBetter(one, best) ? one : best), first)?.place
}

type Scored = { readonly place: Placement; readonly key: readonly number[] }

function isBetter(one: Scored, best: Scored | undefined): boolean {
  for (const [i, value] of one.key.entries()) {
    const difference = value - (best?.key[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return nameOf(one.place.node) < nameOf(best?.place.node ?? {})
}

function scoreOf(pod: Pod, place: Placement, all: readonly Placement[]): readonly number[] {
  const { node, pods, load, siblings } = place
  const owner = controllerOf(pod)?.uid
  const own = owner === undefined ? 0 : (siblings.get(owner) ?? 0)
  const soft = (node.spec?.taints ?? []).filter(
    (taint) => taint.effect === 'PreferNoSchedule' && !isTolerated(taint, pod.spec?.tolerations),
  ).length
  return [soft, -preference(pod, node) - company(pod, place, all), spreadCost(pod, place, all), own, load, pods.length]
}

function preference(pod: Pod, node: Node): number {
  const terms = pod.spec?.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  return terms.reduce((sum, { weight, preference: term }) => sum + (matchesTerm(term, node) ? weight : 0), 0)
}

/** What the Pods around say for and against a node, by the weights of preferred terms. */
function company(pod: Pod, place: Placement, all: readonly Placement[]): number {
  const { podAffinity, podAntiAffinity } = pod.spec?.affinity ?? {}
  const near = podAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  const apart = podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []
  const weigh = (terms: typeof near) =>
    terms.reduce((sum, { weight, podAffinityTerm: term }) => sum + weight * matching(pod, term, place, all).length, 0)
  return near.length + apart.length === 0 ? 0 : weigh(near) - weigh(apart)
}

/** `0/3 nodes are available: …` in upstream's words and order (framework/types.go FitError). */
export function unschedulableMessage(
  byNode: readonly (readonly Refusal[])[],
  outcome: 'no-victims' | 'victims' | 'never-preempts' = 'no-victims',
): string {
  const counts = new Map<string, number>()
  for (const { text } of byNode.flat()) counts.set(text, (counts.get(text) ?? 0) + 1)
  const total = byNode.length
  if (total === 0) return 'no nodes available to schedule pods'
  const reasons = [...counts].map(([text, count]) => `${count} ${text}`).sort()
  const head = `0/${total} nodes are available: ${reasons.join(', ')}.`
  if (outcome === 'victims') return head
  if (outcome === 'never-preempts')
    return `${head} no new claims to deallocate, preemption: not eligible due to preemptionPolicy=Never.`
  const hopeless = byNode.filter((reasonsOfNode) => reasonsOfNode.some(({ preemptable: can }) => !can)).length
  const preemption = [
    ...(hopeless > 0 ? [`${hopeless} Preemption is not helpful for scheduling`] : []),
    ...(total > hopeless ? [`${total - hopeless} No preemption victims found for incoming pod`] : []),
  ]
  const outlook = `preemption: 0/${total} nodes are available: ${preemption.sort().join(', ')}.`
  // "no new claims" is the word of the dynamic resources plugin, which answers before preemption does.
  return `${head} no new claims to deallocate, ${outlook}`
}
