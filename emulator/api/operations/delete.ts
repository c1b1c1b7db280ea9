/** Deletion: at once, or by a mark and the wait for grace and finalizers (upstream: registry store Delete, rest.BeforeDelete). */
import type { DeleteOptions, Status } from '../../generated/types.ts'
import { timestamp } from '../age.ts'
import { conflict, notFound } from '../errors.ts'
import { type KindDefinition, storageName } from '../kind.ts'
import { objectKey } from '../store.ts'
import type { KubeObject } from '../types.ts'
import { type ApiContext, type Caller, checkAdmission, strategyContext, type Target } from './context.ts'
import { served } from './read.ts'

/** What the API answers: the object while it lingers, else a Status that says it is gone. */
export type DeleteResult =
  | { readonly removed: true; readonly object: KubeObject }
  | { readonly removed: false; readonly object: KubeObject }

/** Deletes the object at `target` or starts its deletion. */
export function deleteObject(
  context: ApiContext,
  caller: Caller,
  target: Target,
  options: DeleteOptions = {},
): DeleteResult {
  const { kind, namespace, name } = target
  const key = objectKey(namespace, name)
  const old = context.store.get(storageName(kind), key)
  if (!old) throw notFound(kind, name)
  checkPreconditions(kind, name, old, options)
  const change = { operation: 'DELETE', object: undefined, old, subresource: undefined } as const
  checkAdmission(context, caller, target, change)

  const marked = withDeletionMark(context, caller, kind, withPropagation(old, options), options)
  if (released(kind, marked)) {
    if (!caller.dryRun) context.store.remove(storageName(kind), key)
    return { removed: true, object: served(kind, marked) }
  }
  if (caller.dryRun || marked === old) return { removed: false, object: served(kind, marked) }
  return { removed: false, object: served(kind, context.store.put(storageName(kind), key, marked)) }
}

/** The Status that answers a finished deletion. */
export function deletedStatus(kind: KindDefinition, object: KubeObject): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name: object.metadata?.name ?? '',
      ...(kind.group !== '' && { group: kind.group }),
      kind: kind.plural,
      ...(object.metadata?.uid !== undefined && { uid: object.metadata.uid }),
    },
  }
}

/** Takes an object out of the store if it only waited for what this write has just released. */
export function removeIfReleased(
  context: ApiContext,
  kind: KindDefinition,
  key: string,
  object: KubeObject,
): KubeObject | undefined {
  if (object.metadata?.deletionTimestamp === undefined || !released(kind, object)) return undefined
  context.store.remove(storageName(kind), key)
  return object
}

/** Nothing holds the object any more: no finalizers, no grace left. */
function released(kind: KindDefinition, object: KubeObject): boolean {
  const finalizers = kind.strategy?.finalizers?.(object) ?? object.metadata?.finalizers ?? []
  return finalizers.length === 0 && !object.metadata?.deletionGracePeriodSeconds
}

function checkPreconditions(kind: KindDefinition, name: string, old: KubeObject, options: DeleteOptions): void {
  const { uid, resourceVersion } = options.preconditions ?? {}
  const failed = (what: string, wanted: string, is: string | undefined) =>
    conflict(kind, name, `Precondition failed: ${what} in precondition: ${wanted}, ${what} in object meta: ${is ?? ''}`)
  if (uid !== undefined && uid !== old.metadata?.uid) throw failed('UID', uid, old.metadata?.uid)
  if (resourceVersion !== undefined && resourceVersion !== old.metadata?.resourceVersion)
    throw failed('ResourceVersion', resourceVersion, old.metadata?.resourceVersion)
}

const PROPAGATION_FINALIZERS = { Foreground: 'foregroundDeletion', Orphan: 'orphan' } as const

/** Foreground and orphan deletion are finalizers that the garbage collector takes off again. */
function withPropagation(object: KubeObject, options: DeleteOptions): KubeObject {
  const policy = options.propagationPolicy ?? (options.orphanDependents ? 'Orphan' : undefined)
  if (policy === undefined) return object
  const others = (object.metadata?.finalizers ?? []).filter(
    (name) => name !== 'foregroundDeletion' && name !== 'orphan',
  )
  const own = policy === 'Foreground' || policy === 'Orphan' ? [PROPAGATION_FINALIZERS[policy]] : []
  const finalizers = [...others, ...own]
  if (finalizers.join() === (object.metadata?.finalizers ?? []).join()) return object
  const { finalizers: _old, ...metadata } = object.metadata ?? {}
  return { ...object, metadata: { ...metadata, ...(finalizers.length > 0 && { finalizers }) } }
}

/** Sets or shortens the grace. A second deletion never lengthens it. */
function withDeletionMark(
  context: ApiContext,
  caller: Caller,
  kind: KindDefinition,
  object: KubeObject,
  options: DeleteOptions,
): KubeObject {
  const seconds = graceSeconds(kind, object, options)
  const metadata = object.metadata ?? {}
  const now = context.clock.now()
  if (metadata.deletionTimestamp !== undefined) {
    const left = metadata.deletionGracePeriodSeconds ?? 0
    if (options.gracePeriodSeconds === undefined || seconds >= left) return object
    const requested = Date.parse(metadata.deletionTimestamp) - left * 1000
    const deletionTimestamp = timestamp(Math.max(requested + seconds * 1000, now))
    return { ...object, metadata: { ...metadata, deletionTimestamp, deletionGracePeriodSeconds: seconds } }
  }
  const marked = {
    ...object,
    metadata: {
      ...metadata,
      deletionTimestamp: timestamp(now + seconds * 1000),
      deletionGracePeriodSeconds: seconds,
      ...(metadata.generation !== undefined && { generation: metadata.generation + 1 }),
    },
  }
  return kind.strategy?.prepareForDelete?.(marked, strategyContext(context, caller)) ?? marked
}

/** A kind without grace, or an object that needs none (its kind says 0), goes at once whatever was asked for. */
function graceSeconds(kind: KindDefinition, object: KubeObject, options: DeleteOptions): number {
  const usual = kind.strategy?.gracePeriod?.(object) ?? 0
  if (usual === 0) return 0
  const asked = options.gracePeriodSeconds ?? usual
  return asked < 0 ? 1 : asked
}
