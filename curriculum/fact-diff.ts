import type { Localised } from './types.ts'

/** One line of the comparison of a learner's facts with the solution's. */
export interface FactRow {
  /** `missing`: the solution's alone; `extra`: the learner's alone, where no other may be. */
  readonly state: 'same' | 'differs' | 'missing' | 'extra'
  readonly yours?: Localised
  readonly expected?: Localised
}

/**
 * The solution's facts in order, each beside the learner's fact about the same thing: equal, of the same subject
 * (`spec.type: …`), or the likest. What else the learner has shows only where the check is exact.
 */
export function diffFacts(
  yours: readonly Localised[],
  expected: readonly Localised[],
  exact: boolean,
): readonly FactRow[] {
  const left = [...yours]
  const take = (found: Localised | undefined) => {
    if (found) left.splice(left.indexOf(found), 1)
    return found
  }
  const rows: FactRow[] = expected.map((fact) => {
    const same = take(left.find((one) => one.en === fact.en))
    return same ? { state: 'same', yours: same, expected: fact } : { state: 'missing', expected: fact }
  })
  const pair = (find: (fact: Localised) => Localised | undefined) => {
    for (const [i, { state, expected: fact }] of rows.entries()) {
      const found = state === 'missing' && fact ? take(find(fact)) : undefined
      if (found && fact) rows[i] = { state: 'differs', yours: found, expected: fact }
    }
  }
  pair((fact) => left.find((one) => subjectOf(one.en) !== undefined && subjectOf(one.en) === subjectOf(fact.en)))
  pair((fact) => likest(fact, left))
  return exact ? [...rows, ...left.map((fact): FactRow => ({ state: 'extra', yours: fact }))] : rows
}

/** `spec.type` of `spec.type: NodePort`: what a fact is about. */
function subjectOf(fact: string): string | undefined {
  const end = fact.indexOf(': ')
  return end === -1 ? undefined : fact.slice(0, end)
}

/** The fact that shares most words; one of another subject shares none that count. */
function likest(fact: Localised, among: readonly Localised[]): Localised | undefined {
  const rated = among
    .filter((one) => subjectOf(one.en) === undefined && subjectOf(fact.en) === undefined)
    .map((one) => ({ one, shared: sharedWords(one.en, fact.en) }))
    .filter(({ shared }) => shared > 0)
  return rated.sort((a, b) => b.shared - a.shared)[0]?.one
}

function sharedWords(a: string, b: string): number {
  const words = new Set(b.split(' '))
  return a.split(' ').filter((word) => words.has(word)).length
}
