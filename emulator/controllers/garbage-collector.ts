import type { ObjectClient } from '../api/client.ts'
import type { KindDefinition } from '../api/kind.ts'
import { byOwner, byUid } from '../api/object-index.ts'
import type { KubeObject } from '../api/types.ts'
import type { OwnerReference } from '../generated/types.ts'
import { namespace as namespaceKind } from '../kinds/namespace.ts'
import { type ControllerDefinition, defineController, type ReconcileContext } from './controller.ts'
import { apiVersionOf, isDeleting, nameOf, namespaceOf, uidOf } from './metadata.ts'

interface Found {
  readonly kind: KindDefinition
  readonly object: KubeObject
}

/**
 * Deletes what its owners left behind (upstream: pkg/controller/garbagecollector). Its keys are uids: of an object that
 * is gone or going, whose dependents are to follow, and of an object with owners, which are to be there.
 */
export function createGarbageCollector(
  kinds: readonly KindDefinition[],
  custom: () => readonly KindDefinition[] = () => [],
): ControllerDefinition {
  // Nothing owns by an Event, and Events are many; upstream's collector passes over them too (DefaultIgnoredResources).
  const collected = kinds.filter(({ kind }) => kind !== 'Event')
  const keys = (kind: KindDefinition, object: KubeObject, objects: ObjectClient) =>
    [
      ...(concerns(kind, object, objects) ? [uidOf(object)] : []),
      ...waitingOwners(kind, object, () => [...kinds, ...custom()], objects),
    ].map((name) => ({ namespace: undefined, name }))
  return defineController({
    name: 'garbage-collector-controller',
    for: namespaceKind,
    watches: collected.map((kind) => ({
      kind,
      keys: (object, { objects }) => keys(kind, object, objects),
    })),
    watchesCustom: (kind, object, { objects }) => keys(kind, object, objects),
    delayMs: [5, 30],
    reconcile(key, context) {
      // A namespace's own key is its name, not a uid, and has nothing to collect.
      if (!/^[0-9a-f]{8}-/.test(key.name)) return undefined
      collect(key.name, [...collected, ...custom()], context)
      return undefined
    },
  })
}

/** Only an object that goes, or one with owners, can leave anything to collect. */
function concerns(kind: KindDefinition, object: KubeObject, objects: ObjectClient): boolean {
  if (object.metadata?.ownerReferences?.length) return true
  return isDeleting(object) || !stored(kind, object, objects)
}

/** Owners that wait in the foreground for an object that has just gone. */
function waitingOwners(
  kind: KindDefinition,
  object: KubeObject,
  kinds: () => readonly KindDefinition[],
  objects: ObjectClient,
): readonly string[] {
  const references = object.metadata?.ownerReferences ?? []
  if (references.length === 0 || stored(kind, object, objects)) return []
  return references.flatMap((reference) => {
    const owner = ownerOf(reference, object, kinds(), objects)
    return owner?.metadata?.finalizers?.includes('foregroundDeletion') ? [reference.uid] : []
  })
}

function stored(kind: KindDefinition, object: KubeObject, objects: ObjectClient): boolean {
  const scope = kind.scope === 'Namespaced' ? namespaceOf(object) : undefined
  return uidOf(objects.get(kind, scope, nameOf(object)) ?? {}) === uidOf(object)
}

function collect(uid: string, kinds: readonly KindDefinition[], context: ReconcileContext): void {
  const self = objectOf(uid, kinds, context.objects)
  if (!self) {
    for (const dependent of dependentsOf(uid, kinds, context.objects)) collectDependent(dependent, kinds, context)
    return
  }
  if (self.object.metadata?.ownerReferences?.length) collectDependent(self, kinds, context)
  if (!isDeleting(self.object)) return
  const finalizers = self.object.metadata?.finalizers ?? []
  const dependents = () => dependentsOf(uid, kinds, context.objects)
  if (finalizers.includes('orphan')) orphan(self, dependents(), context)
  else if (finalizers.includes('foregroundDeletion')) deleteInForeground(self, dependents(), context)
}

/** The object of a uid, if it is still there. */
function objectOf(uid: string, kinds: readonly KindDefinition[], objects: ObjectClient): Found | undefined {
  for (const kind of kinds) {
    const [object] = objects.listBy(kind, byUid, uid)
    if (object) return { kind, object }
  }
  return undefined
}

/** What names a uid as an owner. */
function dependentsOf(uid: string, kinds: readonly KindDefinition[], objects: ObjectClient): readonly Found[] {
  return kinds.flatMap((kind) => objects.listBy(kind, byOwner, uid).map((object) => ({ kind, object })))
}

/** Deletes a dependent without a living owner; a reference to a dead one among living ones is dropped. */
function collectDependent(
  { kind, object }: Found,
  kinds: readonly KindDefinition[],
  { objects }: ReconcileContext,
): void {
  const references = object.metadata?.ownerReferences ?? []
  const living = references.filter((reference) => ownerLives(reference, object, kinds, objects))
  if (living.length === references.length || isDeleting(object)) return
  if (living.length > 0) {
    objects.update(kind, { ...object, metadata: { ...object.metadata, ownerReferences: living } })
    return
  }
  objects.delete(kind, object.metadata?.namespace, nameOf(object), {
    uid: uidOf(object),
    propagationPolicy: 'Background',
  })
}

function ownerLives(
  reference: OwnerReference,
  object: KubeObject,
  kinds: readonly KindDefinition[],
  objects: ObjectClient,
): boolean {
  // An owner of a kind that is not served cannot be looked up; upstream leaves its dependents alone too.
  if (!kindOf(reference, kinds)) return true
  return ownerOf(reference, object, kinds, objects) !== undefined
}

function kindOf(reference: OwnerReference, kinds: readonly KindDefinition[]): KindDefinition | undefined {
  return kinds.find(
    (candidate) => candidate.kind === reference.kind && apiVersionOf(candidate) === reference.apiVersion,
  )
}

function ownerOf(
  reference: OwnerReference,
  object: KubeObject,
  kinds: readonly KindDefinition[],
  objects: ObjectClient,
): KubeObject | undefined {
  const kind = kindOf(reference, kinds)
  const namespace = kind?.scope === 'Namespaced' ? namespaceOf(object) : undefined
  const owner = kind && objects.get(kind, namespace, reference.name)
  return owner && uidOf(owner) === reference.uid ? owner : undefined
}

function orphan(self: Found, dependents: readonly Found[], context: ReconcileContext): void {
  for (const { kind, object } of dependents) {
    const ownerReferences = (object.metadata?.ownerReferences ?? []).filter(({ uid }) => uid !== uidOf(self.object))
    context.objects.update(kind, { ...object, metadata: { ...object.metadata, ownerReferences } })
  }
  withoutFinalizer(self, 'orphan', context)
}

function deleteInForeground(self: Found, dependents: readonly Found[], context: ReconcileContext): void {
  const blocking = dependents.filter(({ object }) =>
    object.metadata?.ownerReferences?.some(
      ({ uid, blockOwnerDeletion }) => uid === uidOf(self.object) && blockOwnerDeletion,
    ),
  )
  for (const { kind, object } of dependents) {
    if (isDeleting(object)) continue
    const options = { uid: uidOf(object), propagationPolicy: 'Foreground' } as const
    context.objects.delete(kind, object.metadata?.namespace, nameOf(object), options)
  }
  if (blocking.length === 0) withoutFinalizer(self, 'foregroundDeletion', context)
}

function withoutFinalizer({ kind, object }: Found, finalizer: string, { objects }: ReconcileContext): void {
  const finalizers = (object.metadata?.finalizers ?? []).filter((name) => name !== finalizer)
  objects.update(kind, { ...object, metadata: { ...object.metadata, finalizers } })
}
