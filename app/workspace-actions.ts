'use server'
import { z } from 'zod'
import type { CheckpointView, Refused, SharedLinkView } from '@/components/workspace/actions.ts'
import { currentLearner } from '@/server/data/learner.ts'
import {
  checkpointsOf,
  endSharedLink,
  forgetCheckpoint,
  goToCheckpoint as goTo,
  resetWorkspace,
  saveCheckpoint as save,
  sharedLinksOf,
  shareWorkspace,
} from '@/server/data/workspaces.ts'
import { sharedId, workspaceKey } from '@/server/protocol.ts'

const checkpointName = z.string().trim().min(1).max(60)
const checkpointId = z.uuid()

/** Throws the workspace's cluster away and builds it anew: one more step that can be undone. */
export async function reset(workspace: unknown): Promise<boolean> {
  const key = workspaceKey.safeParse(workspace).data
  if (!key) return false
  await resetWorkspace(await currentLearner(), key)
  return true
}

/** The workspace's named states, the newest first. */
export async function checkpoints(workspace: unknown): Promise<readonly CheckpointView[]> {
  const key = workspaceKey.safeParse(workspace).data
  return key ? checkpointsOf(await currentLearner(), key) : []
}

/** Keeps the workspace's state as it is now under a name. */
export async function saveCheckpoint(workspace: unknown, name: unknown): Promise<CheckpointView | Refused> {
  const [key, text] = [workspaceKey.safeParse(workspace).data, checkpointName.safeParse(name).data]
  if (!key || !text) return 'refused'
  return save(await currentLearner(), key, printable(text))
}

/** Goes back to a named state. */
export async function goToCheckpoint(workspace: unknown, id: unknown): Promise<boolean> {
  const [key, checkpoint] = [workspaceKey.safeParse(workspace).data, checkpointId.safeParse(id).data]
  return key !== undefined && checkpoint !== undefined && goTo(await currentLearner(), key, checkpoint)
}

export async function deleteCheckpoint(workspace: unknown, id: unknown): Promise<void> {
  const [key, checkpoint] = [workspaceKey.safeParse(workspace).data, checkpointId.safeParse(id).data]
  if (key && checkpoint) await forgetCheckpoint(await currentLearner(), key, checkpoint)
}

/** The learner's links to shared states, the newest first. */
export async function links(): Promise<readonly SharedLinkView[]> {
  return (await sharedLinksOf(await currentLearner())).map(viewOf)
}

/** A link that opens copies of the workspace's cluster as it is now. */
export async function share(workspace: unknown): Promise<SharedLinkView | Refused> {
  const key = workspaceKey.safeParse(workspace).data
  if (!key) return 'refused'
  const link = await shareWorkspace(await currentLearner(), key)
  return typeof link === 'string' ? link : viewOf(link)
}

export async function deleteLink(id: unknown): Promise<void> {
  const link = sharedId.safeParse(id).data
  if (link) await endSharedLink(await currentLearner(), link)
}

const viewOf = ({ id, createdAt, expiresAt }: SharedLinkView): SharedLinkView => ({ id, createdAt, expiresAt })

/** PostgreSQL's text holds no NUL, and a name is one line. */
const printable = (text: string) => text.replace(/[\p{Cc}\p{Cs}]/gu, ' ')
