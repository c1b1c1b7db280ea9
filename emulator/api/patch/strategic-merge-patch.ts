/**
 * Strategic merge patch: a merge patch that knows which lists merge by key, with directives inside the patch
 * (upstream: apimachinery/pkg/util/strategicpatch/patch.go).
 */
import { isRecord, jsonEqual } from '../json.ts'
import { type FieldSchema, fieldOf, modelOf } from '../schema.ts'
import { indexByKey, inPatchOrder } from './element-order.ts'
import { StrategicProblem } from './strategic-problem.ts'

type Json = Readonly<Record<string, unknown>>

const DELETE_FROM = '$deleteFromPrimitiveList/'
const ORDER = '$setElementOrder/'

/** Merges `patch` into `original`, an object of the model `model`. Throws StrategicProblem for a patch that means nothing. */
export function strategicMerge(original: Json, patch: Json, model: string): Json {
  const { $patch: directive, $retainKeys: retained, ...rest } = patch
  if (directive === 'replace') return rest
  if (directive === 'delete') return {}
  if (directive !== undefined && directive !== 'merge')
    throw new StrategicProblem('bad-patch-type', `unknown patch type found in map: ${String(directive)}`)
  const merged = new Map(Object.entries(retained === undefined ? original : retain(original, rest, retained)))
  const fields = Object.keys(rest).filter((key) => !key.startsWith('$'))
  for (const name of listsWithDirectives(rest)) if (!fields.includes(name)) fields.push(name)
  for (const name of fields) mergeField(merged, name, rest, fieldSchema(model, name))
  return Object.fromEntries(merged)
}

function fieldSchema(model: string, name: string): FieldSchema {
  const found = modelOf(model)
  return (found && fieldOf(found, name)) ?? { type: 'any', doc: '' }
}

function listsWithDirectives(patch: Json): readonly string[] {
  return Object.keys(patch).flatMap((key) => {
    const prefix = [DELETE_FROM, ORDER].find((one) => key.startsWith(one))
    return prefix ? [key.slice(prefix.length)] : []
  })
}

function retain(original: Json, patch: Json, retained: unknown): Json {
  if (!Array.isArray(retained)) throw new StrategicProblem('bad-format', 'invalid patch format of retainKeys')
  for (const key of Object.keys(patch))
    if (!key.startsWith('$') && !retained.includes(key))
      throw new StrategicProblem('bad-format', 'invalid patch format of retainKeys')
  return Object.fromEntries(Object.entries(original).filter(([key]) => retained.includes(key)))
}

function mergeField(merged: Map<string, unknown>, name: string, patch: Json, field: FieldSchema): void {
  const value = patch[name]
  const before = merged.get(name)
  const deleted = patch[`${DELETE_FROM}${name}`]
  const order = patch[`${ORDER}${name}`]
  if (value === null) merged.delete(name)
  else if (deleted !== undefined || order !== undefined) mergeDirected(merged, name, { value, deleted, order }, field)
  else if (before === undefined || kindOf(before) !== kindOf(value)) merged.set(name, withoutDirectives(value))
  else if (isRecord(before) && isRecord(value)) merged.set(name, mergeMaps(before, value, field))
  else if (Array.isArray(before) && Array.isArray(value)) merged.set(name, mergeLists(before, value, field))
  else merged.set(name, value)
}

/** Maps of plain values merge like structures; the values of a map of structures by their own model. */
function mergeMaps(before: Json, patch: Json, field: FieldSchema): Json {
  if (field.container !== 'map') return strategicMerge(before, patch, field.container ? 'any' : field.type)
  const { $patch: directive, ...entries } = patch
  if (directive === 'replace') return entries
  if (directive === 'delete') return {}
  const merged = new Map(Object.entries(before))
  for (const [key, value] of Object.entries(entries))
    mergeField(merged, key, { [key]: value }, { type: field.type, doc: '' })
  return Object.fromEntries(merged)
}

interface Directed {
  readonly value: unknown
  readonly deleted: unknown
  readonly order: unknown
}

function mergeDirected(
  merged: Map<string, unknown>,
  name: string,
  { value, deleted, order }: Directed,
  field: FieldSchema,
): void {
  const before = merged.get(name)
  const original = Array.isArray(before) ? before : []
  let list: readonly unknown[] = original
  if (deleted !== undefined) {
    if (!Array.isArray(deleted)) throw new StrategicProblem('bad-format', 'invalid patch format of primitive list')
    list = list.filter((item) => !deleted.some((gone) => jsonEqual(gone, item)))
  }
  if (Array.isArray(value)) list = mergeLists(list, value, field)
  if (order !== undefined) {
    if (!Array.isArray(order)) throw new StrategicProblem('bad-format', 'invalid patch format of setElementOrder list')
    list = inPatchOrder(list, order, original, field.patchMergeKey)
  }
  if (before !== undefined || list.length > 0) merged.set(name, list)
}

function mergeLists(before: readonly unknown[], patch: readonly unknown[], field: FieldSchema): readonly unknown[] {
  if (!field.patchStrategy?.includes('merge')) return patch.map(withoutDirectives)
  const key = field.patchMergeKey
  if (key === undefined) {
    const union = [...before, ...patch.filter((item) => !before.some((one) => jsonEqual(one, item)))]
    return inPatchOrder(union, patch, before, undefined)
  }
  return mergeKeyedLists(before, patch, key, field.type)
}

function mergeKeyedLists(
  before: readonly unknown[],
  patch: readonly unknown[],
  key: string,
  model: string,
): readonly unknown[] {
  let merged: readonly unknown[] = before
  const wanted: Json[] = []
  let replaced = false
  for (const item of patch) {
    if (!isRecord(item)) throw new StrategicProblem('no-list-of-lists', 'lists of lists are not supported')
    const { $patch: directive } = item
    if (directive === 'replace') {
      // With its own key it replaces one item; alone it makes the rest of the patch the whole list.
      const { $patch: _directive, ...whole } = item
      if (Object.keys(whole).length > 0) wanted.push(whole)
      replaced = true
    } else if (directive === 'delete') {
      if (!Object.hasOwn(item, key)) throw new StrategicProblem('other', 'delete patch type with no merge key defined')
      merged = merged.filter((one) => !isRecord(one) || !jsonEqual(one[key], item[key]))
    } else if (directive !== undefined && directive !== 'merge')
      throw new StrategicProblem('bad-patch-type', `unknown patch type found in map: ${String(directive)}`)
    else wanted.push(item)
  }
  if (replaced) return wanted
  return inPatchOrder(mergeItems(merged, wanted, key, model), wanted, before, key)
}

function mergeItems(
  before: readonly unknown[],
  patch: readonly Json[],
  key: string,
  model: string,
): readonly unknown[] {
  const merged = [...before]
  for (const item of patch) {
    const index = indexByKey(merged, item, key)
    const existing = merged[index]
    if (isRecord(existing)) merged[index] = strategicMerge(existing, item, model)
    else merged.push(withoutDirectives(item))
  }
  return merged
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)

/** What is new is taken as it stands, less the directives and the nulls meant for something that is not there. */
function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    const kept = value.filter((item) => !isRecord(item) || item.$patch === undefined || item.$patch === 'merge')
    return kept.map(withoutDirectives)
  }
  if (!isRecord(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => inner !== null && !key.startsWith('$'))
      .map(([key, inner]) => [key, withoutDirectives(inner)]),
  )
}
