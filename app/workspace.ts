import type { WorkspaceActions } from '@/components/workspace/actions.ts'
import * as actions from './workspace-actions.ts'

/** What every page with a workspace lets it ask of the server. */
export const workspaceActions: WorkspaceActions = {
  reset: actions.reset,
  checkpoints: actions.checkpoints,
  saveCheckpoint: actions.saveCheckpoint,
  goToCheckpoint: actions.goToCheckpoint,
  deleteCheckpoint: actions.deleteCheckpoint,
  links: actions.links,
  share: actions.share,
  deleteLink: actions.deleteLink,
}
