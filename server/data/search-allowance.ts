import { createAllowance } from '../allowance.ts'
import type { Learner } from './session.ts'

/** What one learner may search: a query typed in bursts, then a few a second. */
const BURST = 40
const PER_SECOND = 5
/** Learners remembered; whoever searched longest ago is forgotten first. */
const REMEMBERED = 5000

const KEY = Symbol.for('slipway.searches')
type Allowances = Map<string, ReturnType<typeof createAllowance>>

/** Takes one search from the learner's allowance; false when it is used up for the moment. */
export function maySearch({ id }: Pick<Learner, 'id'>): boolean {
  const shared = globalThis as { [KEY]?: Allowances }
  shared[KEY] ??= new Map()
  const allowances = shared[KEY]
  const allowance = allowances.get(id) ?? createAllowance({ burst: BURST, perSecond: PER_SECOND })
  allowances.delete(id)
  allowances.set(id, allowance)
  const oldest = allowances.keys().next().value
  if (allowances.size > REMEMBERED && oldest !== undefined) allowances.delete(oldest)
  return allowance.take()
}
