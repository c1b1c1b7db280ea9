'use server'
import { currentLearner } from '@/server/data/learner.ts'
import { resetWorkspace, undoWorkspaceReset } from '@/server/data/workspaces.ts'
import { workspaceKey } from '@/server/protocol.ts'

/** Throws the workspace's cluster away and builds it anew. */
export async function reset(workspace: string): Promise<boolean> {
  await resetWorkspace(await currentLearner(), workspaceKey.parse(workspace))
  return true
}

/** Brings back what the last reset threw away; false if there is nothing. */
export async function undoReset(workspace: string): Promise<boolean> {
  return undoWorkspaceReset(await currentLearner(), workspaceKey.parse(workspace))
}
