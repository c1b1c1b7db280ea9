import { clusters } from '../clusters/provided.ts'
import type { WorkspaceKey } from '../protocol.ts'
import type { Learner } from './learner.ts'

const refOf = (learner: Learner, workspace: WorkspaceKey) => ({ learnerId: learner.id, workspace })

/** Builds the workspace's cluster anew; what was is kept for one undo. */
export async function resetWorkspace(learner: Learner, workspace: WorkspaceKey): Promise<void> {
  await clusters().reset(refOf(learner, workspace))
}

/** Goes back to the cluster from before the last reset; false if there is none. */
export async function undoWorkspaceReset(learner: Learner, workspace: WorkspaceKey): Promise<boolean> {
  return clusters().undoReset(refOf(learner, workspace))
}
