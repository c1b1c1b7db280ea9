import { randomUUID } from 'node:crypto'
import { database } from './database.ts'
import { packText, unpackText } from './packed-text.ts'

/** A workspace's state with a name; `createdAt` in ms since the epoch. */
export interface Checkpoint {
  readonly id: string
  readonly name: string
  readonly createdAt: number
}

interface ClusterName {
  readonly learnerId: string
  readonly workspace: string
}

type Row = { readonly id: string; readonly name: string; readonly createdAt: Date }
const SELECT = { id: true, name: true, createdAt: true } as const
const checkpointOf = ({ id, name, createdAt }: Row): Checkpoint => ({ id, name, createdAt: createdAt.getTime() })

/** Keeps a state of a workspace that is in the database; or says which limit forbids it. */
export async function createCheckpoint(
  { learnerId, workspace }: ClusterName,
  name: string,
  text: string,
  limits: { readonly most: number; readonly characters: number },
): Promise<Checkpoint | 'limit' | 'too-large'> {
  if ((await database().checkpoint.count({ where: { learnerId, workspace } })) >= limits.most) return 'limit'
  const state = await packText(text)
  if (state.length > limits.characters) return 'too-large'
  const data = { id: randomUUID(), learnerId, workspace, name, state }
  return checkpointOf(await database().checkpoint.create({ data, select: SELECT }))
}

/** The checkpoints of a workspace, the newest first. */
export async function listCheckpoints({ learnerId, workspace }: ClusterName): Promise<readonly Checkpoint[]> {
  const rows = await database().checkpoint.findMany({
    where: { learnerId, workspace },
    select: SELECT,
    orderBy: { createdAt: 'desc' },
  })
  return rows.map(checkpointOf)
}

/** Name and state of a checkpoint; undefined if this workspace has none of that id. */
export async function loadCheckpoint(
  { learnerId, workspace }: ClusterName,
  id: string,
): Promise<{ readonly name: string; readonly state: string } | undefined> {
  const row = await database().checkpoint.findFirst({ where: { id, learnerId, workspace } })
  return row ? { name: row.name, state: await unpackText(row.state) } : undefined
}

/** Forgets a checkpoint; nothing happens if this workspace has none of that id. */
export async function deleteCheckpoint({ learnerId, workspace }: ClusterName, id: string): Promise<void> {
  await database().checkpoint.deleteMany({ where: { id, learnerId, workspace } })
}
