/** Indexes over the objects of one resource (upstream: client-go/tools/cache/thread_safe_store.go). */
import { SortedObjects } from './sorted-objects.ts'
import type { KubeObject } from './types.ts'

/**
 * What objects can be looked up by. An index is a constant: define it once at module level (`defineIndex`) and hand it to
 * `objects.listBy(kind, index, value)`; the store then keeps it up to date for that kind, from the first time it is
 * asked for. It costs nothing before.
 */
export interface ObjectIndex {
  /** The values under which `object` is found; none keeps it out of the index. Pure. */
  values(object: KubeObject): readonly string[]
}

/** Identity with types. */
export function defineIndex(values: ObjectIndex['values']): ObjectIndex {
  return Object.freeze({ values })
}

/** By the uid of each owner, controlling or not. */
export const byOwner: ObjectIndex = defineIndex(
  (object) => object.metadata?.ownerReferences?.map((owner) => owner.uid) ?? [],
)

export const byUid: ObjectIndex = defineIndex((object) => (object.metadata?.uid ? [object.metadata.uid] : []))

export const byNamespace: ObjectIndex = defineIndex((object) => [object.metadata?.namespace ?? ''])

/** By each label within its namespace; `labelValue` makes the value to look up. */
export const byLabel: ObjectIndex = defineIndex((object) => {
  const { namespace, labels } = object.metadata ?? {}
  return labels === undefined ? [] : Object.keys(labels).map((key) => labelValue(namespace, key, labels[key]))
})

/** The value of `byLabel` for `key=value` in a namespace. */
export function labelValue(namespace: string | undefined, key: string, value: string | undefined): string {
  return `${namespace ?? ''}/${key}=${value ?? ''}`
}

export interface KeptIndex {
  /** In key order. */
  get(value: string): readonly KubeObject[]
  /** Takes one write. */
  changed(key: string, before: KubeObject | undefined, now: KubeObject | undefined): void
}

const NONE: readonly KubeObject[] = []
const NO_VALUES: readonly string[] = []

/** An index over `objects`, in key order. */
export function createIndex(
  index: ObjectIndex,
  objects: readonly KubeObject[],
  keyOf: (object: KubeObject) => string,
): KeptIndex {
  const buckets = new Map<string, SortedObjects>()
  const add = (value: string, key: string, object: KubeObject): void => {
    const bucket = buckets.get(value)
    if (bucket) bucket.set(key, object)
    else buckets.set(value, new SortedObjects([key], [object]))
  }
  for (const object of objects) for (const value of index.values(object)) add(value, keyOf(object), object)
  return {
    get: (value) => buckets.get(value)?.objects ?? NONE,
    changed(key, before, now) {
      const values = now === undefined ? NO_VALUES : index.values(now)
      for (const value of before === undefined ? NO_VALUES : index.values(before)) {
        if (values.includes(value)) continue
        const bucket = buckets.get(value)
        bucket?.delete(key)
        if (bucket?.size === 0) buckets.delete(value)
      }
      if (now !== undefined) for (const value of values) add(value, key, now)
    },
  }
}
