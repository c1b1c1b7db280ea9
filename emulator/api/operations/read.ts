/** Reading one object or many. */
import { badRequest, notFound } from '../errors.ts'
import { fieldSelector } from '../field-selector.ts'
import { type KindDefinition, resourceName } from '../kind.ts'
import { matchesLabels, parseLabelSelector } from '../label-selector.ts'
import { objectKey } from '../store.ts'
import type { KubeObject } from '../types.ts'
import type { ApiContext, Target } from './context.ts'

/** The object at `target`; throws NotFound. */
export function getObject(context: ApiContext, { kind, namespace, name }: Target): KubeObject {
  const object = context.store.get(resourceName(kind), objectKey(namespace, name))
  if (!object) throw notFound(kind, name)
  return object
}

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
