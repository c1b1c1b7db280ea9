/** The typed, in-process door to the API for controllers and kubelets: same defaulting, validation and storage as HTTP. */
import type { KindDefinition } from './kind.ts'
import type { ObjectIndex } from './object-index.ts'
import type { KubeObject, ListOptions } from './types.ts'

export interface ObjectClient {
  get<T extends KubeObject>(kind: KindDefinition<T>, namespace: string | undefined, name: string): T | undefined
  list<T extends KubeObject>(kind: KindDefinition<T>, options?: ListOptions): readonly T[]
  /**
   * What an index finds, in key order: `listBy(pod, byOwner, uid)`, `listBy(pod, byNode, name)`. Reach for it wherever a
   * `list` would be filtered by one value: it costs what it returns. See object-index.ts and controllers/indexes.ts.
   */
  listBy<T extends KubeObject>(kind: KindDefinition<T>, index: ObjectIndex, value: string): readonly T[]
  /** Throws StatusError (AlreadyExists, Invalid, …). */
  create<T extends KubeObject>(kind: KindDefinition<T>, object: T): T
  /** Replaces spec and metadata; writes nothing if equal. Throws StatusError on conflict of resourceVersion. */
  update<T extends KubeObject>(kind: KindDefinition<T>, object: T): T
  /** Replaces status only; writes nothing if equal. */
  updateStatus<T extends KubeObject>(kind: KindDefinition<T>, object: T): T
  /** Missing objects are not an error. `gracePeriodSeconds: 0` removes at once. */
  delete(
    kind: KindDefinition,
    namespace: string | undefined,
    name: string,
    options?: {
      readonly gracePeriodSeconds?: number
      readonly propagationPolicy?: 'Foreground' | 'Background' | 'Orphan'
      readonly uid?: string
    },
  ): void
}
