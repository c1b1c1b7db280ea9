/** A controller reads the store and writes the difference, level-triggered, in virtual time. */
import type { ObjectClient } from '../api/client.ts'
import type { KindDefinition } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'

export interface ReconcileContext {
  readonly objects: ObjectClient
  /** Virtual time, ms since the epoch. */
  readonly now: number
  readonly recorder: EventRecorder
  readonly randomInt: (fork: string, n: number) => number
}

/** Records an Event about an object, counting repetitions as client-go's recorder does. */
export interface EventRecorder {
  event(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string): void
}

export interface ReconcileResult {
  readonly requeueAfterMs?: number
  /** The requeue is background work (a back-off, a resync): it does not keep the cluster from being at rest. */
  readonly background?: boolean
}

export interface ControllerDefinition {
  /** Upstream's name, used as event source and user agent: `deployment-controller`. */
  readonly name: string
  /** A change of an object of this kind queues its own key. */
  readonly for: KindDefinition
  /**
   * Whether a change of an object of kind `for` is any of its business; all are without it. Saves a reconcile that would
   * look and go: Pods are evicted from nodes with a taint only.
   */
  readonly concerns?: (object: KubeObject, context: Pick<ReconcileContext, 'objects'>) => boolean
  /** A change of an object of these kinds queues the key of its controlling owner of kind `for`. */
  readonly owns?: readonly KindDefinition[]
  /** A change of an object of these kinds queues the keys that `keys` returns. */
  readonly watches?: readonly {
    readonly kind: KindDefinition
    readonly keys: (object: KubeObject, context: Pick<ReconcileContext, 'objects'>) => readonly ObjectKey[]
  }[]
  /** A change of any object of a kind that a CustomResourceDefinition brought queues the keys that this returns. */
  readonly watchesCustom?: (
    kind: KindDefinition,
    object: KubeObject,
    context: Pick<ReconcileContext, 'objects'>,
  ) => readonly ObjectKey[]
  /** Milliseconds between a change and the reconcile, with seeded jitter: what a real cluster takes. */
  readonly delayMs: readonly [minimum: number, maximum: number]
  readonly reconcile: (key: ObjectKey, context: ReconcileContext) => ReconcileResult | undefined
}

export interface ObjectKey {
  readonly namespace: string | undefined
  readonly name: string
}

/** Identity with types. */
export function defineController(definition: ControllerDefinition): ControllerDefinition {
  return Object.freeze(definition)
}
