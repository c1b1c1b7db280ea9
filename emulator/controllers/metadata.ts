/** What controllers ask of any object's metadata; generated types leave every field optional. */
import type { KindDefinition } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'
import type { OwnerReference } from '../generated/types.ts'
import type { ObjectKey } from './controller.ts'

export function nameOf(object: KubeObject): string {
  return object.metadata?.name ?? ''
}

export function namespaceOf(object: KubeObject): string {
  return object.metadata?.namespace ?? ''
}

export function uidOf(object: KubeObject): string {
  return object.metadata?.uid ?? ''
}

export function labelsOf(object: KubeObject): { readonly [key: string]: string } {
  return object.metadata?.labels ?? {}
}

export function annotationsOf(object: KubeObject): { readonly [key: string]: string } {
  return object.metadata?.annotations ?? {}
}

export function keyOf(object: KubeObject): ObjectKey {
  return { namespace: object.metadata?.namespace, name: nameOf(object) }
}

/** Deletion has begun: a finalizer or a grace period holds the object. */
export function isDeleting(object: KubeObject): boolean {
  return object.metadata?.deletionTimestamp !== undefined
}

/** Creation time in ms since the epoch. */
export function createdAt(object: KubeObject): number {
  return Date.parse(object.metadata?.creationTimestamp ?? '') || 0
}

const NO_OWNERS: readonly OwnerReference[] = []

export function controllerOf(object: KubeObject): OwnerReference | undefined {
  for (const owner of object.metadata?.ownerReferences ?? NO_OWNERS) if (owner.controller === true) return owner
  return undefined
}

export function isControlledBy(object: KubeObject, owner: KubeObject): boolean {
  return controllerOf(object)?.uid === uidOf(owner)
}

/** The reference a controller writes into what it creates (upstream: metav1.NewControllerRef). */
export function controllerReference(owner: KubeObject, kind: KindDefinition): OwnerReference {
  return {
    apiVersion: apiVersionOf(kind),
    kind: kind.kind,
    name: nameOf(owner),
    uid: uidOf(owner),
    controller: true,
    blockOwnerDeletion: true,
  }
}

export function apiVersionOf(kind: Pick<KindDefinition, 'group' | 'version'>): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`
}
