/** What may be sent as an answer, or as words of a learner's. */
import { z } from 'zod'

/** PostgreSQL keeps every text but those with NUL or half a character in them. */
const WHOLE = /^[^\0\p{Cs}]*$/u

/** Option ids, item ids in order, a line's number, or a text: short, and few. */
export const answerSchema = z.array(z.string().max(200).regex(WHOLE)).min(1).max(20)

/** What is wrong with a task, in the learner's words. */
export const messageSchema = z.string().trim().min(1).max(2000).regex(WHOLE)
