import {
  type Aspect,
  type Fact,
  factsOf,
  kindOf,
  type LineAspect,
  nameOf,
  namespaceOf,
  type RowAspect,
  SOME,
} from './facts.ts'
import { addressOf, type Goal } from './goal.ts'
import type { GoalLine, GoalRow, GoalThing, GoalView } from './goal-view.ts'
import type { Picture, ThingId } from './picture.ts'

/** Drawn as lines; the others, save that it is there at all, are rows of their thing. */
const isLine = (aspect: Aspect): aspect is LineAspect =>
  aspect === 'endpoint' || aspect === 'route' || aspect === 'host'

/** The goal beside the present: each of its things with what is missing or differs. Pure. */
export function compareWithGoal(goal: Goal, present: Picture): GoalView {
  const now = factsOf(present)
  const wanted = [...goal.facts.values()]
  const ids = [...new Set(wanted.map((fact) => fact.thing))]
  const things = ids.map((id) => thingOf(id, goal, wanted, now))
  const outside = [...new Set(wanted.flatMap((fact) => (fact.to && kindOf(fact.to) === 'Address' ? [fact.to] : [])))]
  const gone = goal.gone.map(
    (id): GoalThing => ({ ...named(id), kept: false, state: now.has(`${id}|there||`) ? 'surplus' : 'gone', rows: [] }),
  )
  const all = [
    ...things,
    ...outside.map((id): GoalThing => ({ ...named(id), kept: true, state: 'met', rows: [] })),
    ...gone,
  ]
  const lines = linesOf(wanted, now, new Map(all.map((thing) => [thing.id, thing])))
  const left = all.filter((thing) => !isReached(thing.state)).length + lines.filter((line) => line.marked).length
  return { things: all, lines, left }
}

const isReached = (state: GoalThing['state']): boolean => state === 'met' || state === 'gone'

const named = (id: ThingId): Pick<GoalThing, 'id' | 'kind' | 'namespace' | 'name'> =>
  kindOf(id) === 'Address'
    ? { id, kind: 'Address', namespace: '', name: addressOf(id) }
    : { id, kind: kindOf(id), namespace: namespaceOf(id), name: nameOf(id) }

function thingOf(id: ThingId, goal: Goal, wanted: readonly Fact[], now: ReadonlyMap<string, Fact>): GoalThing {
  const own = wanted.filter((fact) => fact.thing === id)
  const there = now.has(`${id}|there||`)
  const rows = own.flatMap((fact) =>
    fact.aspect === 'there' || isLine(fact.aspect) ? [] : [rowOf(fact, fact.aspect, now)],
  )
  const surplus = there ? surplusRows(id, goal, own, now) : []
  const state = !there ? 'missing' : [...rows, ...surplus].some((row) => !row.met) ? 'differs' : 'met'
  return { ...named(id), kept: goal.kept.has(id), state, rows: [...rows, ...surplus] }
}

function rowOf(fact: Fact, aspect: RowAspect, now: ReadonlyMap<string, Fact>): GoalRow {
  const present = now.get(fact.key)?.value ?? (aspect === 'port' ? portsOf(fact.thing, now) : undefined)
  return {
    aspect,
    ...(fact.of !== undefined && { of: fact.of }),
    value: fact.value,
    met: present === fact.value,
    ...(present !== undefined && present !== SOME && { now: present }),
  }
}

/** The ports that a Service has in place of the one that it should have. */
function portsOf(id: ThingId, now: ReadonlyMap<string, Fact>): string | undefined {
  const ports = [...now.values()].filter((fact) => fact.thing === id && fact.aspect === 'port')
  return ports.length === 0 ? undefined : ports.map((fact) => fact.value).join(', ')
}

/** What a Service leads to beside what it should: requests would go astray. */
function surplusRows(
  id: ThingId,
  goal: Goal,
  own: readonly Fact[],
  now: ReadonlyMap<string, Fact>,
): readonly GoalRow[] {
  const wanted = own.filter((fact) => fact.aspect === 'endpoint')
  if (wanted.length === 0 || goal.loose.has(id)) return []
  const astray = [...now.values()].filter(
    (fact) => fact.thing === id && fact.aspect === 'endpoint' && !wanted.some(({ key }) => key === fact.key),
  )
  return astray.map(({ to = '' }) => ({ aspect: 'astray', value: '', met: false, now: to.replace(' default/', ' ') }))
}

function linesOf(
  wanted: readonly Fact[],
  now: ReadonlyMap<string, Fact>,
  things: ReadonlyMap<ThingId, GoalThing>,
): readonly GoalLine[] {
  const leads = ({ thing, to, of = '' }: Fact) => `${thing}>${to}>${of.replace(/\/.*$/, '')}`
  const routed = new Set(wanted.flatMap((fact) => (fact.aspect === 'route' ? [leads(fact)] : [])))
  return wanted.flatMap((fact): GoalLine[] => {
    const { thing, to, aspect } = fact
    if (!isLine(aspect) || to === undefined || !things.has(to)) return []
    if (aspect === 'host' && routed.has(leads(fact))) return []
    const present = now.get(fact.key)?.value
    const met = present === fact.value
    const ends = [things.get(thing), things.get(to)]
    const explained = ends.some(
      (end) => end?.state === 'missing' || end?.rows.some((row) => row.aspect === 'ready' && !row.met),
    )
    return [
      {
        from: thing,
        to,
        aspect,
        ...(fact.of !== undefined && { of: fact.of }),
        value: fact.value,
        met,
        marked: !met && !explained,
        ...(present !== undefined && present !== SOME && { now: present }),
      },
    ]
  })
}
