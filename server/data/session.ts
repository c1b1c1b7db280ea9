import { createHash } from 'node:crypto'
import { database } from './database.ts'

/** Name of the cookie that `server/index.ts` sets: 256 random bits, base64url, readable by the server alone. */
export const LEARNER_COOKIE = 'slipway_learner'

declare const checked: unique symbol

/** Somebody whose cookie was read. Every query takes one first; only `learnerOf`, and `currentLearner` with it, makes them. */
export interface Learner {
  readonly id: string
  readonly tokenHash: string
  readonly [checked]: true
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** The first 128 bits of a hash in a UUID's shape. */
function uuidOf(hash: string): string {
  const [, a, b, c, d, e] = /^(.{8})(.{4}).(.{3}).(.{3})(.{12})/.exec(hash) ?? []
  return `${a}-${b}-8${c}-8${d}-${e}`
}

/**
 * The learner a token speaks for; undefined for a malformed token. A token nobody wrote anything under yet has no row:
 * its learner's id is derived from it, so that a first visit costs no write and a terminal can be opened at once.
 */
export async function learnerOf(token: string | undefined): Promise<Learner | undefined> {
  if (!token || !TOKEN.test(token)) return undefined
  const tokenHash = sha256(token)
  const session = await database().session.findUnique({ where: { tokenHash }, select: { learnerId: true } })
  return { id: session?.learnerId ?? uuidOf(sha256(`learner:${token}`)), tokenHash } as Learner
}

/** Makes sure that the learner's rows exist; called before the first write. */
export async function keepLearner(learner: Learner): Promise<void> {
  const { id, tokenHash } = learner
  await keepLearnerId(id)
  await database().session.createMany({ data: [{ tokenHash, learnerId: id }], skipDuplicates: true })
}

/** The row of a learner whose cookie was checked before (the cluster service knows them by id alone). */
export async function keepLearnerId(id: string): Promise<void> {
  await database().learner.createMany({ data: [{ id }], skipDuplicates: true })
}
