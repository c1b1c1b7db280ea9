import type { Reason } from '../reasons.ts'
import type { Hop } from '../types.ts'

/** A reason with its parameters, found by looking at what the learner has made. */
export interface Explanation {
  readonly code: Reason
  readonly params: Hop['params']
}
