import type { WorkspaceKey } from '../../server/protocol.ts'

/** What the page lets a workspace ask of the server, beside its socket. Each resolves to whether it was done. */
export interface WorkspaceActions {
  reset(workspace: WorkspaceKey): Promise<boolean>
  undoReset(workspace: WorkspaceKey): Promise<boolean>
}
