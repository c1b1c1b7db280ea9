/**
 * The one seam between web and clusters: asynchronous, plain data both ways, so that worker threads or other machines
 * are only another carrier. Budgets (CPU time, memory, output, files, objects) are kept on the far side.
 */
import type { GradeReport, Locale } from '../../curriculum/types.ts'
import type { ApiRequest } from '../../emulator/index.ts'
import type { Checkpoint } from '../data/checkpoints.ts'
import type { SharedLink } from '../data/shared-states.ts'
import type { ConnectionAnswer } from '../kubernetes/streaming/messages.ts'
import type { ClientMessage, ServerMessage } from '../protocol.ts'
import type { Evidence } from './evidence.ts'

/** Why a cluster cannot be had: no such workspace, or no room for it. */
export class ClusterUnavailable extends Error {
  readonly code: 'not-found' | 'overloaded'
  constructor(code: 'not-found' | 'overloaded', message: string) {
    super(message)
    this.code = code
  }
}

/** One learner's cluster in one workspace. */
export interface ClusterRef {
  readonly learnerId: string
  /** `home`, `lesson:<slug>`, `exercise:<slug>`, `shared:<id>` */
  readonly workspace: string
}

/** Why a state was not kept: enough of them, too much in it, too many at once. */
export type Refusal = 'limit' | 'too-large' | 'too-fast'

export interface ClusterService {
  /** Joins a workspace: messages flow until `leave`. Several pages may be joined at once and share terminals. */
  join(
    ref: ClusterRef,
    hello: Extract<ClientMessage, { type: 'hello' }>,
    /** False when the page is too slow and the message was not taken: it is offered again after `drained`. */
    send: (message: ServerMessage) => boolean,
  ): Promise<{
    message(message: ClientMessage): void
    /** The page has caught up and takes messages again. */
    drained(): void
    leave(): void
  }>
  /** A Kubernetes API request (REST adapter); `send` gets the head, then body chunks; returns a cancel function. */
  request(
    ref: ClusterRef,
    request: ApiRequest,
    answer: {
      head(status: number, headers: Record<string, string | readonly string[]>): void
      chunk(text: string | Uint8Array): void
      end(): void
    },
  ): Promise<() => void>
  /** Grades the workspace's exercise as it stands now; the learner's cluster is not changed by it. */
  grade(ref: ClusterRef): Promise<GradeReport>
  /** What a report on the workspace's task keeps: the cluster, the terminals and the verdict as they are now. */
  evidence(ref: ClusterRef): Promise<Evidence>
  /** Builds the workspace's cluster anew: one more step that can be undone. */
  reset(ref: ClusterRef): Promise<void>
  /** Goes to the state before the last step, or forward again; false if there is none. Pages ask by their socket. */
  step(ref: ClusterRef, to: 'undo' | 'redo'): Promise<boolean>
  /** Keeps the state as it is now under a name. */
  saveCheckpoint(ref: ClusterRef, name: string): Promise<Checkpoint | Refusal>
  /** One more step that can be undone; false if this workspace has no such checkpoint. */
  goToCheckpoint(ref: ClusterRef, id: string): Promise<boolean>
  /** A link that opens copies of the cluster as it is now: its objects, files and containers, nothing of the session. */
  share(ref: ClusterRef): Promise<SharedLink | Refusal>
  /** Text of a hint (1, 2) or the solution for this attempt's values. */
  reveal(ref: ClusterRef, what: 'hint-1' | 'hint-2' | 'solution', locale: Locale): Promise<string>
  /** An upgraded request: exec, attach, portforward. */
  connect(ref: ClusterRef, request: ApiRequest): Promise<ConnectionAnswer>
  /** A new secret that opens this cluster's API to a real kubectl: `/k8s/<secret>/…`; the one before ends. */
  issueApiKey(ref: ClusterRef): Promise<string>
  /** Writes every dirty cluster to the database; called before the process ends. */
  flush(): Promise<void>
}
