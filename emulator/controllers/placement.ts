/** What the scheduler knows of each node, summed once and kept until the node or its Pods change (upstream: NodeInfo). */
import type { ObjectClient } from '../api/client.ts'
import { milliValue, parseQuantity } from '../api/quantity.ts'
import type { Node, Pod } from '../generated/types.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { livePodsByNode } from './indexes.ts'
import { controllerOf, nameOf } from './metadata.ts'

type Amounts = ReadonlyMap<string, bigint>

/** What a Pod's spec asks of a node. */
export interface PodDemand {
  /** By resource, in thousandths; only those above nothing. */
  readonly requests: Amounts
  /** `TCP/80`. */
  readonly hostPorts: readonly string[]
  /** CPU in thousandths; a Pod without requests counts as a tenth of a CPU, as in upstream's non-zero requests. */
  readonly load: number
  /** It has a required anti-affinity, which other Pods must heed. */
  readonly keepsApart: boolean
}

/** A node with what runs on it. */
export interface Placement {
  readonly node: Node
  /** Pods bound to the node that have not finished. */
  readonly pods: readonly Pod[]
  readonly allocatable: Amounts
  readonly requested: Amounts
  readonly load: number
  readonly hostPorts: ReadonlySet<string>
  /** Pods by the uid of their controller. */
  readonly siblings: ReadonlyMap<string, number>
  /** The Pods with a required anti-affinity. */
  readonly keepingApart: readonly Pod[]
}

export type DemandOf = (pod: Pod) => PodDemand

/** Reads each spec once: a Pod's spec stays the same value while its status changes. */
export function rememberDemands(): DemandOf {
  const known = new WeakMap<object, PodDemand>()
  return (pod) => {
    if (!pod.spec) return demandOf(pod)
    const old = known.get(pod.spec)
    if (old) return old
    const fresh = demandOf(pod)
    known.set(pod.spec, fresh)
    return fresh
  }
}

export function demandOf({ spec }: Pod): PodDemand {
  const requests = requestsOf(spec)
  return {
    requests,
    hostPorts: (spec?.containers ?? []).flatMap(({ ports }) =>
      (ports ?? [])
        .filter(({ hostPort }) => hostPort)
        .map(({ hostPort, protocol }) => `${protocol ?? 'TCP'}/${hostPort}`),
    ),
    load: Math.max(100, Number(requests.get('cpu') ?? 0n)),
    keepsApart: (spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).length > 0,
  }
}

/**
 * Containers and sidecars run together; init containers one at a time before them, beside the sidecars that have
 * started (upstream: component-helpers/resource PodRequests). What a Pod asks for as a whole counts instead.
 */
function requestsOf(spec: Pod['spec']): Amounts {
  const sum = new Map<string, bigint>()
  const most = new Map<string, bigint>()
  const sidecars = new Map<string, bigint>()
  const add = (to: Map<string, bigint>, more: Amounts) => {
    for (const [name, amount] of more) to.set(name, (to.get(name) ?? 0n) + amount)
  }
  for (const { resources } of spec?.containers ?? []) add(sum, amounts(resources?.requests))
  for (const { resources, restartPolicy } of spec?.initContainers ?? []) {
    const own = amounts(resources?.requests)
    if (restartPolicy === 'Always') add(sidecars, own)
    const beside = restartPolicy === 'Always' ? new Map<string, bigint>() : new Map(own)
    add(beside, sidecars)
    for (const [name, amount] of beside) if (amount > (most.get(name) ?? 0n)) most.set(name, amount)
  }
  add(sum, sidecars)
  for (const [name, amount] of most) if (amount > (sum.get(name) ?? 0n)) sum.set(name, amount)
  for (const [name, amount] of amounts(spec?.resources?.requests)) sum.set(name, amount)
  add(sum, amounts(spec?.overhead))
  return sum
}

function amounts(quantities: { readonly [resource: string]: string } | undefined): Amounts {
  return new Map(
    Object.entries(quantities ?? {}).flatMap(([name, text]) => {
      const quantity = parseQuantity(text)
      const amount = quantity ? milliValue(quantity) : 0n
      return amount > 0n ? [[name, amount] as const] : []
    }),
  )
}

export function placementOf(node: Node, pods: readonly Pod[], demand: DemandOf = demandOf): Placement {
  const requested = new Map<string, bigint>()
  const siblings = new Map<string, number>()
  const hostPorts = new Set<string>()
  const keepingApart: Pod[] = []
  let load = 0
  for (const pod of pods) {
    const asked = demand(pod)
    for (const [name, amount] of asked.requests) requested.set(name, (requested.get(name) ?? 0n) + amount)
    for (const port of asked.hostPorts) hostPorts.add(port)
    if (asked.keepsApart) keepingApart.push(pod)
    load += asked.load
    const owner = controllerOf(pod)?.uid
    if (owner !== undefined) siblings.set(owner, (siblings.get(owner) ?? 0) + 1)
  }
  const allocatable = amounts(node.status?.allocatable)
  return { node, pods, allocatable, requested, load, hostPorts, siblings, keepingApart }
}

/** A Pod takes as much of its node as before: only its status has changed, or little else. */
const weighsTheSame = (pod: Pod, old: Pod | undefined): boolean =>
  pod === old ||
  (pod.spec === old?.spec && pod.metadata?.ownerReferences === old?.metadata?.ownerReferences && pod.spec !== undefined)

/** The placement with the same Pods in a later state; undefined if others have come or gone. */
function inLaterState(placement: Placement, pods: readonly Pod[]): Placement | undefined {
  const { pods: before, keepingApart } = placement
  if (pods.length !== before.length || !pods.every((pod, index) => weighsTheSame(pod, before[index]))) return undefined
  const keeping = keepingApart.length > 0 ? pods.filter((_, index) => keepingApart.includes(before[index] ?? {})) : []
  return { ...placement, pods, keepingApart: keeping }
}

/** The placements of all nodes, of which only those that changed since the last call are summed again. */
export function rememberPlacements(): (objects: ObjectClient) => readonly Placement[] {
  const demand = rememberDemands()
  let known = new Map<string, Placement>()
  return (objects) => {
    const current: typeof known = new Map()
    for (const node of objects.list(nodeKind)) {
      const bound = objects.listBy(podKind, livePodsByNode, nameOf(node))
      const old = known.get(nameOf(node))
      const kept = old?.node === node ? (old.pods === bound ? old : inLaterState(old, bound)) : undefined
      current.set(nameOf(node), kept ?? placementOf(node, bound, demand))
    }
    known = current
    return [...current.values()]
  }
}
