import { database } from './database.ts'
import { packText, unpackText } from './packed-text.ts'
import { keepLearnerId } from './session.ts'

/** A workspace's row: everything server/clusters needs to bring a learner's cluster back. */
export interface ClusterRow {
  readonly seed: string
  readonly state: string
  readonly previous: string | undefined
}

const idOf = (learnerId: string, key: string) => ({ learnerId_key: { learnerId, key } })

/** The kept state of a learner's workspace. */
export async function loadCluster(learnerId: string, key: string): Promise<ClusterRow | undefined> {
  const row = await database().workspace.findUnique({ where: idOf(learnerId, key) })
  if (!row) return undefined
  const previous = row.previous === null ? undefined : await unpackText(row.previous)
  return { seed: row.seed, state: await unpackText(row.state), previous }
}

/** Writes a workspace's state whole; the learner's row is made if this is their first write. */
export async function saveCluster(learnerId: string, key: string, row: ClusterRow): Promise<void> {
  const [state, previous] = await Promise.all([
    packText(row.state),
    row.previous === undefined ? null : packText(row.previous),
  ])
  const data = { seed: row.seed, state, previous }
  await keepLearnerId(learnerId)
  await database().workspace.upsert({
    where: idOf(learnerId, key),
    create: { learnerId, key, ...data },
    update: data,
  })
}

/** How many workspaces a learner has, for the budget. */
export async function countClusters(learnerId: string): Promise<number> {
  return database().workspace.count({ where: { learnerId } })
}
