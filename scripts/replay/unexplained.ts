import { type Difference, differences } from './differences.ts'
import type { Judged } from './judge.ts'

/** Differences without a reason, and reasons without a difference, one line each. */
export function unexplained(judged: readonly Judged[], where: Difference['where'][number]): readonly string[] {
  const named = ({ case: name, step }: { readonly case: string; readonly step: number }) => `${name}, step ${step}`
  const known = differences.filter((difference) => difference.where.includes(where))
  const found = new Set(judged.filter(({ ok }) => !ok).map(named))
  const explained = new Set(known.map(named))
  return [
    ...[...found].filter((name) => !explained.has(name)).map((name) => `${name} differs; no reason is given`),
    ...known
      .filter((difference) => !difference.sometimes && !found.has(named(difference)))
      .map((difference) => `${named(difference)} has a reason and matches`),
  ]
}
