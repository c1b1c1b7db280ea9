/** Reading one object or many. */
import { badRequest, notFound } from '../errors.ts'
import { fieldSelector } from '../field-selector.ts'
import { type KindDefinition, storageName } from '../kind.ts'
import { matchesLabels, parseLabelSelector } from '../label-selector.ts'
import { objectKey } from '../store.ts'
import type { KubeObject } from '../types.ts'
import type { ApiContext, Target } from './context.ts'

/** The object at `target`; throws NotFound. */
export function getObject(context: ApiContext, target: Target): KubeObject {
  const object = findObject(context, target)
  if (!object) throw notFound(target.kind, target.name)
  return object
}

/** The object at `target`, if there is one. */
export function findObject({ store }: ApiContext, { kind, namespace, name }: Target): KubeObject | undefined {
  const key = objectKey(namespace, name)
  if (kind.computed)
    return kind.computed().find(({ metadata }) => objectKey(metadata?.namespace, metadata?.name ?? '') === key)
  const object = store.get(storageName(kind), key)
  return object && served(kind, object)
}

/** A stored object as a version of its kind shows it. */
export const served = (kind: KindDefinition, object: KubeObject): KubeObject =>
  (kind.view ?? kind.custom)?.serve(object) ?? object

/** Stored objects as a version of their kind shows them; the list itself where nothing differs. */
export const allServed = (kind: KindDefinition, objects: readonly KubeObject[]): readonly KubeObject[] =>
  kind.view || kind.custom ? objects.map((object) => served(kind, object)) : objects

/** An object as it is stored, whichever version it came in. */
export const forStorage = (kind: KindDefinition, object: KubeObject): KubeObject =>
  (kind.view ?? kind.custom)?.store(object) ?? object

/** What narrows a list or watch. */
export interface Filter {
  readonly namespace?: string | undefined
  readonly labelSelector?: string | undefined
  readonly fieldSelector?: string | undefined
}

/** One predicate for namespace and selectors; throws BadRequest for a selector that cannot be read. */
export function predicate(kind: KindDefinition, filter: Filter): (object: KubeObject) => boolean {
  const tests: ((object: KubeObject) => boolean)[] = []
  const { namespace } = filter
  if (namespace !== undefined) tests.push((object) => object.metadata?.namespace === namespace)
  if (filter.labelSelector) {
    const parsed = parseLabelSelector(filter.labelSelector)
    if (!parsed.ok) throw badRequest(parsed.message)
    tests.push((object) => matchesLabels(parsed.requirements, object.metadata?.labels))
  }
  if (filter.fieldSelector) tests.push(fieldSelector(kind, filter.fieldSelector))
  return (object) => tests.every((test) => test(object))
}
