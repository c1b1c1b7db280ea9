import type { WorkspaceKey } from '../../server/protocol.ts'

/** A state with a name; `createdAt` in ms since the epoch. */
export interface CheckpointView {
  readonly id: string
  readonly name: string
  readonly createdAt: number
}

/** A link that opens copies of a state; times in ms since the epoch. */
export interface SharedLinkView {
  readonly id: string
  readonly createdAt: number
  readonly expiresAt: number
}

/** Why something was not kept. */
export type Refused = 'limit' | 'too-large' | 'too-fast' | 'refused'

/** What the page lets a workspace ask of the server, beside its socket. Each rejects when it could not be asked. */
export interface WorkspaceActions {
  /** Resolves to whether it was done. */
  reset(workspace: WorkspaceKey): Promise<boolean>
  /** The newest first. */
  checkpoints(workspace: WorkspaceKey): Promise<readonly CheckpointView[]>
  saveCheckpoint(workspace: WorkspaceKey, name: string): Promise<CheckpointView | Refused>
  goToCheckpoint(workspace: WorkspaceKey, id: string): Promise<boolean>
  deleteCheckpoint(workspace: WorkspaceKey, id: string): Promise<void>
  /** The learner's own links, the newest first. */
  links(): Promise<readonly SharedLinkView[]>
  share(workspace: WorkspaceKey): Promise<SharedLinkView | Refused>
  deleteLink(id: string): Promise<void>
}
