import { randomBytes } from 'node:crypto'
import { database } from './database.ts'
import { packText, unpackText } from './packed-text.ts'

/** A copy of a cluster that whoever has its link may open a copy of. */
export interface SharedState {
  /** Where it was made: `lesson:<slug>`, … */
  readonly workspace: string
  readonly machine: string
  readonly user: string
  readonly state: string
}

/** A link, as its owner sees it; times in ms since the epoch. */
export interface SharedLink {
  readonly id: string
  readonly workspace: string
  readonly createdAt: number
  readonly expiresAt: number
}

const DAY_MS = 24 * 3_600_000
const alive = () => ({ expiresAt: { gt: new Date() } })
const LINK = { id: true, workspace: true, createdAt: true, expiresAt: true } as const
type LinkRow = { readonly id: string; readonly workspace: string; readonly createdAt: Date; readonly expiresAt: Date }
const linkOf = ({ id, workspace, createdAt, expiresAt }: LinkRow): SharedLink => ({
  id,
  workspace,
  createdAt: createdAt.getTime(),
  expiresAt: expiresAt.getTime(),
})

export interface SharedLimits {
  /** Links of one learner that open something. */
  readonly most: number
  readonly days: number
  readonly characters: number
}

/** Keeps a state under a new link; or says which limit forbids it. The learner's row is there. */
export async function createSharedState(
  learnerId: string,
  shared: SharedState,
  { most, days, characters }: SharedLimits,
): Promise<SharedLink | 'limit' | 'too-large'> {
  if ((await database().sharedState.count({ where: { learnerId, ...alive() } })) >= most) return 'limit'
  const state = await packText(shared.state)
  if (state.length > characters) return 'too-large'
  const id = randomBytes(16).toString('base64url')
  const expiresAt = new Date(Date.now() + days * DAY_MS)
  return linkOf(await database().sharedState.create({ data: { ...shared, id, learnerId, state, expiresAt } }))
}

/** What a link opens; undefined if it is unknown or has expired. */
export async function loadSharedState(id: string): Promise<SharedState | undefined> {
  const row = await database().sharedState.findFirst({ where: { id, ...alive() } })
  if (!row) return undefined
  const { workspace, machine, user } = row
  return { workspace, machine, user, state: await unpackText(row.state) }
}

/** A link without what it opens. */
export async function findSharedLink(id: string): Promise<SharedLink | undefined> {
  const row = await database().sharedState.findFirst({ where: { id, ...alive() }, select: LINK })
  return row ? linkOf(row) : undefined
}

/** A learner's links that open something, the newest first. */
export async function listSharedLinks(learnerId: string): Promise<readonly SharedLink[]> {
  const rows = await database().sharedState.findMany({
    where: { learnerId, ...alive() },
    select: LINK,
    orderBy: { createdAt: 'desc' },
  })
  return rows.map(linkOf)
}

/** Ends a link; nothing happens if it is not this learner's. */
export async function deleteSharedState(learnerId: string, id: string): Promise<void> {
  await database().sharedState.deleteMany({ where: { learnerId, id } })
}
