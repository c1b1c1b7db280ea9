/** Strategic merge patches from differences (upstream: apimachinery/pkg/util/strategicpatch/patch.go). */
import type { JsonValue } from '../../../emulator/index.ts'
import type { Schema, SchemaDocument } from '../api/openapi.ts'
import { diffPatch, equal } from '../resources/merge-patch.ts'

type Fields = { readonly [field: string]: JsonValue }
interface Mode {
  /** Say what is new or different. */
  readonly changes: boolean
  /** Say what is gone. */
  readonly deletions: boolean
}

/** The patch that makes of `current` what `modified` says, deleting only what `original` once said. */
export function threeWayPatch(
  original: Fields,
  modified: Fields,
  current: Fields,
  document: SchemaDocument | undefined,
): Fields {
  if (document && !document.strategic) return threeWayMerge(original, modified, current)
  const differ = new Differ(document)
  const delta = differ.maps(current, modified, document?.root, { changes: true, deletions: false })
  const deletions = differ.maps(original, modified, document?.root, { changes: false, deletions: true })
  return differ.merge(deletions, delta, document?.root)
}

/** The patch from one version to another. */
export function twoWayPatch(before: Fields, after: Fields, document: SchemaDocument | undefined): Fields {
  if (document && !document.strategic) return threeWayMerge(before, after, before)
  return new Differ(document).maps(before, after, document?.root, { changes: true, deletions: true })
}

/** The same as a merge patch, which knows lists only as a whole (upstream: apimachinery/pkg/util/jsonmergepatch). */
function threeWayMerge(original: Fields, modified: Fields, current: Fields): Fields {
  const changes = kept(diffPatch(current, modified) ?? {}, (value) => value !== null)
  const deletions = kept(diffPatch(original, modified) ?? {}, (value) => value === null)
  return mergedPatches(deletions, changes)
}

/** The leaves of a patch that are wanted, and what leads to them. */
function kept(patch: JsonValue, wanted: (leaf: JsonValue) => boolean): Fields {
  if (!isMap(patch)) return {}
  return Object.fromEntries(
    Object.entries(patch).flatMap(([key, value]): [string, JsonValue][] => {
      if (!isMap(value)) return wanted(value) ? [[key, value]] : []
      const inner = kept(value, wanted)
      const isLeaf = isEmpty(value) && wanted(value)
      return isLeaf || !isEmpty(inner) ? [[key, inner]] : []
    }),
  )
}

function mergedPatches(a: Fields, b: Fields): Fields {
  const merged: { [field: string]: JsonValue } = { ...a }
  for (const [key, value] of Object.entries(b)) {
    const before = merged[key]
    merged[key] = isMap(before) && isMap(value) ? mergedPatches(before, value) : value
  }
  return merged
}

const isMap = (value: JsonValue | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isEmpty = (value: Fields) => Object.keys(value).length === 0

class Differ {
  readonly #document: SchemaDocument | undefined
  constructor(document: SchemaDocument | undefined) {
    this.#document = document
  }

  maps(from: Fields, to: Fields, schema: Schema | undefined, mode: Mode): Fields {
    const patch: { [field: string]: JsonValue } = {}
    for (const [key, value] of Object.entries(to)) {
      if (!(key in from)) {
        if (mode.changes) patch[key] = value
        continue
      }
      this.#field(key, from[key] ?? null, value, this.#below(schema, key), mode, patch)
    }
    if (mode.deletions) for (const key of Object.keys(from)) if (!(key in to)) patch[key] = null
    return patch
  }

  #field(
    key: string,
    from: JsonValue,
    to: JsonValue,
    schema: Schema | undefined,
    mode: Mode,
    patch: { [field: string]: JsonValue },
  ): void {
    if (isMap(from) && isMap(to)) {
      const below = this.maps(from, to, schema, mode)
      if (isEmpty(below)) return
      const retains = schema?.['x-kubernetes-patch-strategy']?.includes('retainKeys') && mode.changes
      patch[key] = retains ? { $retainKeys: Object.keys(to).sort(), ...below } : below
      return
    }
    const mergeKey = mergeKeyOf(schema)
    if (Array.isArray(from) && Array.isArray(to) && mergeKey !== undefined) {
      const below = this.#lists(from, to, mergeKey, schema, mode)
      if (below.length === 0 && (equal(from, to) || !mode.changes)) return
      if (mode.changes)
        patch[`$setElementOrder/${key}`] = to.filter(isMap).map((item) => ({ [mergeKey]: item[mergeKey] ?? null }))
      if (below.length > 0) patch[key] = below
      return
    }
    if (mode.changes && !equal(from, to)) patch[key] = to
  }

  #lists(
    from: readonly JsonValue[],
    to: readonly JsonValue[],
    mergeKey: string,
    schema: Schema | undefined,
    mode: Mode,
  ): readonly JsonValue[] {
    const itemSchema = this.#item(schema)
    const patch: JsonValue[] = []
    const find = (list: readonly JsonValue[], item: Fields) =>
      list.filter(isMap).find((other) => equal(other[mergeKey], item[mergeKey]))
    for (const item of to.filter(isMap)) {
      const old = find(from, item)
      if (!old) {
        if (mode.changes) patch.push(item)
        continue
      }
      const below = this.maps(old, item, itemSchema, mode)
      if (!isEmpty(below)) patch.push({ ...below, [mergeKey]: item[mergeKey] ?? null })
    }
    if (mode.deletions)
      for (const item of from.filter(isMap))
        if (!find(to, item)) patch.push({ $patch: 'delete', [mergeKey]: item[mergeKey] ?? null })
    return patch
  }

  /** Lays one patch over another. */
  merge(under: Fields, over: Fields, schema: Schema | undefined): Fields {
    const result: { [field: string]: JsonValue } = { ...under }
    for (const [key, value] of Object.entries(over)) {
      const below = result[key]
      const field = this.#below(schema, key)
      const mergeKey = mergeKeyOf(field)
      if (isMap(below) && isMap(value)) result[key] = this.merge(below, value, field)
      else if (Array.isArray(below) && Array.isArray(value) && mergeKey !== undefined)
        result[key] = this.#mergeLists(below, value, mergeKey, field)
      else result[key] = value
    }
    return result
  }

  #mergeLists(
    under: readonly JsonValue[],
    over: readonly JsonValue[],
    mergeKey: string,
    schema: Schema | undefined,
  ): JsonValue {
    const result = [...over]
    for (const item of under.filter(isMap)) {
      const at = result.findIndex((other: JsonValue) => isMap(other) && equal(other[mergeKey], item[mergeKey]))
      const other = result[at]
      if (at < 0) result.push(item)
      else if (isMap(other)) result[at] = this.merge(item, other, this.#item(schema))
    }
    return result
  }

  #below(schema: Schema | undefined, key: string): Schema | undefined {
    if (!schema || !this.#document) return undefined
    const resolved = this.#document.resolve(schema)
    const own = resolved.properties?.[key]
    if (own) return this.#document.resolve(own)
    return typeof resolved.additionalProperties === 'object'
      ? this.#document.resolve(resolved.additionalProperties)
      : undefined
  }

  #item(schema: Schema | undefined): Schema | undefined {
    return schema?.items && this.#document ? this.#document.resolve(schema.items) : undefined
  }
}

function mergeKeyOf(schema: Schema | undefined): string | undefined {
  return schema?.['x-kubernetes-patch-strategy']?.includes('merge') ? schema['x-kubernetes-patch-merge-key'] : undefined
}
