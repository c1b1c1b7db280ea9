/** The in-process door of controllers and kubelets: the operations of the API without text in between. */
import type { ObjectClient } from './client.ts'
import { isNotFound } from './errors.ts'
import { jsonEqual } from './json.ts'
import { type KindDefinition, storageName } from './kind.ts'
import { matchesLabels, parseLabelSelector } from './label-selector.ts'
import { byLabel, labelValue, type ObjectIndex } from './object-index.ts'
import type { ApiContext, Caller } from './operations/context.ts'
import { createObject } from './operations/create.ts'
import { deleteObject } from './operations/delete.ts'
import { statusOf } from './operations/metadata.ts'
import { allServed, served } from './operations/read.ts'
import { updateObject } from './operations/update.ts'
import { objectKey, type Store } from './store.ts'
import type { KubeObject, ListOptions } from './types.ts'

/** A client that acts as `caller`. */
export function createObjectClient(context: ApiContext, caller: Caller): ObjectClient {
  const { store } = context
  // What a kind's shelf holds is of the kind's own type: only its own operations put objects there. Lists are shared.
  const typed = <T extends KubeObject>(object: KubeObject): T => object as T
  const target = (kind: KindDefinition, object: KubeObject) => ({
    kind,
    namespace: kind.scope === 'Namespaced' ? object.metadata?.namespace : undefined,
    name: object.metadata?.name ?? '',
  })
  return {
    get<T extends KubeObject>(kind: KindDefinition<T>, namespace: string | undefined, name: string) {
      const object = store.get(storageName(kind), objectKey(namespace, name))
      return object && typed<T>(served(kind, object))
    },
    list<T extends KubeObject>(kind: KindDefinition<T>, options: ListOptions = {}) {
      const stored = listed(store, storageName(kind), options)
      return allServed(kind, stored) as readonly T[]
    },
    listBy<T extends KubeObject>(kind: KindDefinition<T>, index: ObjectIndex, value: string) {
      const stored = store.listBy(storageName(kind), index, value)
      return allServed(kind, stored) as readonly T[]
    },
    create<T extends KubeObject>(kind: KindDefinition<T>, object: T) {
      return typed<T>(createObject(context, caller, kind, target(kind, object).namespace, object))
    },
    update<T extends KubeObject>(kind: KindDefinition<T>, object: T) {
      return typed<T>(updateObject(context, caller, target(kind, object), object))
    },
    updateStatus<T extends KubeObject>(kind: KindDefinition<T>, object: T) {
      const { namespace, name } = target(kind, object)
      const stored = store.get(storageName(kind), objectKey(namespace, name))
      const old = stored && typed<T>(served(kind, stored))
      // Reconciles that find nothing to do write the status that they read.
      if (old && old.metadata === object.metadata && jsonEqual(statusOf(old), statusOf(object))) return old
      return typed<T>(updateObject(context, caller, target(kind, object), object, { subresource: 'status' }))
    },
    delete(kind, namespace, name, options = {}) {
      const { uid, ...rest } = options
      try {
        deleteObject(
          context,
          caller,
          { kind, namespace, name },
          { ...rest, ...(uid !== undefined && { preconditions: { uid } }) },
        )
      } catch (error) {
        if (!isNotFound(error)) throw error
      }
    },
  }
}

/** Equal labels in one namespace are looked up by the first of them. */
function listed(store: Store, resource: string, { namespace, labels }: ListOptions): readonly KubeObject[] {
  if (labels === undefined) return store.list(resource, namespace)
  const test = labelTest(labels)
  const first = typeof labels === 'string' ? undefined : Object.entries(labels)[0]
  if (namespace === undefined || first === undefined) return store.list(resource, namespace).filter(test)
  return store.listBy(resource, byLabel, labelValue(namespace, ...first)).filter(test)
}

function labelTest(labels: NonNullable<ListOptions['labels']>): (object: KubeObject) => boolean {
  if (typeof labels === 'string') {
    const parsed = parseLabelSelector(labels)
    if (!parsed.ok) throw new Error(parsed.message)
    return (object) => matchesLabels(parsed.requirements, object.metadata?.labels)
  }
  const wanted = Object.entries(labels)
  return (object) => wanted.every(([key, value]) => object.metadata?.labels?.[key] === value)
}
