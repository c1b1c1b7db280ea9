import { type Fact, type Facts, factsOf, kindOf, namespaceOf } from './facts.ts'
import type { Picture, ThingId } from './picture.ts'
import type { Said } from './said.ts'

/** What a drawing of the goal shows: no more than the task says and any solution must bring about. */
export interface Goal {
  readonly facts: Facts
  /** Things that stay as they were: drawn, but nobody's work. */
  readonly kept: ReadonlySet<ThingId>
  /** Things of the beginning that every solution does away with. */
  readonly gone: readonly ThingId[]
  /** Services that may lead to more than the goal shows. */
  readonly loose: ReadonlySet<ThingId>
}

export interface GoalMaterial {
  /** The cluster as the learner finds it. */
  readonly start: Picture
  /** Clusters that deserve full points: the solution's first, then other ways. */
  readonly solved: readonly [Picture, ...Picture[]]
  readonly said: Said
  /** Namespaces of what the cluster needs to run: their things are drawn only where they change. */
  readonly own?: (namespace: string) => boolean
}

/**
 * The facts that all solved clusters share, without those that nobody was told: a new value counts only if the task says
 * it, an outcome (Pods ready, requests that find their way) always. Undefined if a drawing shows no change at all.
 */
export function goalOf({ start, solved, said, own = () => false }: GoalMaterial): Goal | undefined {
  const before = factsOf(start)
  const solutions = solved.map(factsOf)
  const [solution, ...others] = solutions
  if (solution === undefined) return undefined
  const common = [...solution.values()].filter((fact) =>
    others.every((other) => other.get(fact.key)?.value === fact.value),
  )
  const told = common.filter((fact) => (isSame(before, fact) && !fact.allotted) || fact.tells.every(said))
  // A thing that changes although the task does not speak of it is what its reader has to find.
  const moved = new Set(told.flatMap((fact) => (isSame(before, fact) ? [] : [fact.thing])))
  const there = new Set(
    told.flatMap(({ aspect, thing, tells }) =>
      aspect === 'there' && (!moved.has(thing) || tells.every(said)) ? [thing] : [],
    ),
  )
  const known = (id: ThingId | undefined) =>
    id === undefined || there.has(id) || (kindOf(id) === 'Address' && said(addressOf(id)))
  const facts = told.filter((fact) => there.has(fact.thing) && known(fact.to))
  const gone = [...before.values()].filter(
    (fact) => fact.aspect === 'there' && fact.tells.every(said) && !solutions.some((one) => one.has(fact.key)),
  )
  const changed = new Set(facts.filter((fact) => !isSame(before, fact)).map((fact) => fact.thing))
  if (changed.size === 0 && gone.length === 0) return undefined
  const drawn = drawnThings(facts, changed, said, own)
  const shown = facts.filter((fact) => drawn.has(fact.thing))
  const tied = new Set(shown.map((fact) => fact.key))
  const more = solutions.flatMap((one) =>
    [...one.values()].filter((fact) => fact.aspect === 'endpoint' && !tied.has(fact.key)),
  )
  return {
    facts: new Map(shown.map((fact) => [fact.key, fact])),
    loose: new Set(more.map((fact) => fact.thing)),
    kept: new Set([...drawn].filter((id) => !changed.has(id))),
    gone: gone.map((fact) => fact.thing),
  }
}

/** `93.184.215.14` of `Address 93.184.215.14`. */
export const addressOf = (id: ThingId): string => id.slice('Address '.length)

const isSame = (facts: Facts, { key, value }: Fact): boolean => facts.get(key)?.value === value

/** What changes, what it is tied to, and what the task speaks of; the cluster's own parts only where they change. */
function drawnThings(
  facts: readonly Fact[],
  changed: ReadonlySet<ThingId>,
  said: Said,
  ownNamespace: (namespace: string) => boolean,
): ReadonlySet<ThingId> {
  const own = (id: ThingId) => ownNamespace(namespaceOf(id)) || id === 'Service default/kubernetes'
  const drawn = new Set(changed)
  for (const { aspect, thing, tells } of facts)
    if (aspect === 'there' && !own(thing) && tells.every(said)) drawn.add(thing)
  const first = [...drawn]
  for (const { thing, to } of facts) {
    if (to === undefined || kindOf(to) === 'Address') continue
    if (first.includes(thing)) drawn.add(to)
    if (changed.has(to) && !own(thing)) drawn.add(thing)
  }
  return drawn
}
