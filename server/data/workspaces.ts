import { clusters } from '../clusters/provided.ts'
import type { Refusal } from '../clusters/seam.ts'
import type { WorkspaceKey } from '../protocol.ts'
import { type Checkpoint, deleteCheckpoint, listCheckpoints } from './checkpoints.ts'
import { hasCluster } from './clusters.ts'
import type { Learner } from './learner.ts'
import { deleteSharedState, findSharedLink, listSharedLinks, type SharedLink } from './shared-states.ts'

const refOf = (learner: Learner, workspace: WorkspaceKey) => ({ learnerId: learner.id, workspace })

/** Builds the workspace's cluster anew: one more step that can be undone. */
export async function resetWorkspace(learner: Learner, workspace: WorkspaceKey): Promise<void> {
  await clusters().reset(refOf(learner, workspace))
}

/** The workspace's named states, the newest first. */
export async function checkpointsOf(learner: Learner, workspace: WorkspaceKey): Promise<readonly Checkpoint[]> {
  return listCheckpoints(refOf(learner, workspace))
}

/** Keeps the workspace's state as it is now under a name. */
export async function saveCheckpoint(
  learner: Learner,
  workspace: WorkspaceKey,
  name: string,
): Promise<Checkpoint | Refusal> {
  return clusters().saveCheckpoint(refOf(learner, workspace), name)
}

/** Goes back to a named state; false if the workspace has none of that id. */
export async function goToCheckpoint(learner: Learner, workspace: WorkspaceKey, id: string): Promise<boolean> {
  return clusters().goToCheckpoint(refOf(learner, workspace), id)
}

/** Forgets a named state. */
export async function forgetCheckpoint(learner: Learner, workspace: WorkspaceKey, id: string): Promise<void> {
  await deleteCheckpoint(refOf(learner, workspace), id)
}

/** A link that opens copies of the workspace's cluster as it is now. */
export async function shareWorkspace(learner: Learner, workspace: WorkspaceKey): Promise<SharedLink | Refusal> {
  return clusters().share(refOf(learner, workspace))
}

/** What a link opens for a learner: the state behind it, or the copy they made before it expired; undefined if neither. */
export async function findShared(
  learner: Learner,
  id: string,
): Promise<{ readonly link: SharedLink | undefined } | undefined> {
  const link = await findSharedLink(id)
  return link || (await hasCluster(learner.id, `shared:${id}`)) ? { link } : undefined
}

/** The learner's links that open something, the newest first. */
export async function sharedLinksOf(learner: Learner): Promise<readonly SharedLink[]> {
  return listSharedLinks(learner.id)
}

/** Ends a link of the learner's. */
export async function endSharedLink(learner: Learner, id: string): Promise<void> {
  await deleteSharedState(learner.id, id)
}
