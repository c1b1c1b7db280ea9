/** The objects of one controller, looked up rather than searched for. */
import type { ObjectClient } from '../api/client.ts'
import type { KindDefinition } from '../api/kind.ts'
import { defineIndex, type ObjectIndex } from '../api/object-index.ts'
import type { KubeObject } from '../api/types.ts'
import { controllerOf, nameOf, uidOf } from './metadata.ts'

/** By the uid of what controls it; what nothing controls by its namespace, as `orphans/…`. */
export const byController: ObjectIndex = defineIndex((object) => [
  controllerOf(object)?.uid ?? `orphans/${object.metadata?.namespace ?? ''}`,
])

/** What `owner` controls, in key order: what `list(kind).filter(isControlledBy)` gives, at the cost of the result. */
export function controlledBy<T extends KubeObject>(
  objects: Pick<ObjectClient, 'listBy'>,
  kind: KindDefinition<T>,
  owner: KubeObject,
): readonly T[] {
  return objects.listBy(kind, byController, uidOf(owner))
}

/** What a controller looks through to adopt and release: what it controls, and what nobody does. In key order. */
export function claimable<T extends KubeObject>(
  objects: Pick<ObjectClient, 'listBy'>,
  kind: KindDefinition<T>,
  owner: KubeObject,
): readonly T[] {
  const own = controlledBy(objects, kind, owner)
  const orphans = objects.listBy(kind, byController, `orphans/${owner.metadata?.namespace ?? ''}`)
  if (orphans.length === 0) return own
  return [...own, ...orphans].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
}
