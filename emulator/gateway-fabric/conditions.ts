import { timestamp } from '../api/age.ts'
import type { Condition } from './objects.ts'

/** A condition before it is known since when it holds. */
export type Said = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>

export const yes = (type: string, message: string, reason = type): Said => ({ type, status: 'True', reason, message })
export const no = (type: string, reason: string, message: string): Said => ({ type, status: 'False', reason, message })

/** Conditions as they are stored: of two of one type the later counts, and what still holds keeps its time. */
export function withTimes(
  said: readonly Said[],
  old: readonly Condition[] | undefined,
  generation: number | undefined,
  now: number,
): readonly Condition[] {
  const last = new Map(said.map((one) => [one.type, one]))
  return [...last.values()].map((one) => {
    const before = old?.find(({ type }) => type === one.type)
    const lastTransitionTime = before?.status === one.status ? before.lastTransitionTime : timestamp(now)
    return { ...one, observedGeneration: generation ?? 1, lastTransitionTime }
  })
}
