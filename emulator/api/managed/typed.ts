/** Values seen through their schema: which parts are owned apart, and which as one (upstream: structured-merge-diff/typed). */
import { isRecord, jsonEqual } from '../json.ts'
import { type FieldSchema, fieldOf, innerOf, modelOf, structureOf } from '../schema.ts'
import { type FieldSet, isEmptySet, LEAF, NOTHING, union } from './field-set.ts'

/** A part with an owner of its own: an item of a keyed list, an entry of a map, a field of a structure. */
export interface Part {
  readonly element: string
  readonly value: unknown
  readonly field: FieldSchema
}

export type Shape = 'structure' | 'map' | 'keyed-list' | 'set' | 'atomic'

/** How values of this field are owned. */
export function shapeOf(field: FieldSchema): Shape {
  if (field.container === 'array')
    return field.listType === 'map' ? 'keyed-list' : field.listType === 'set' ? 'set' : 'atomic'
  if (field.container === 'map' || field.type === 'deduced') return field.mapType === 'atomic' ? 'atomic' : 'map'
  const model = structureOf(field)
  return model && !model.atomic ? 'structure' : 'atomic'
}

/** The parts of a value, or undefined where it is owned as one. */
export function partsOf(field: FieldSchema, value: unknown): readonly Part[] | undefined {
  const shape = shapeOf(field)
  if (shape === 'atomic' || value === undefined || value === null) return undefined
  if (Array.isArray(value)) {
    const item = innerOf(field)
    if (shape === 'set') return value.map((one) => ({ element: `v:${JSON.stringify(one)}`, value: one, field: item }))
    return shape === 'keyed-list'
      ? value.map((one) => ({ element: itemKey(field, one), value: one, field: item }))
      : undefined
  }
  if (!isRecord(value) || shape === 'keyed-list' || shape === 'set') return undefined
  const model = shape === 'structure' ? structureOf(field) : undefined
  const inner = innerOf(field)
  return Object.entries(value).flatMap(([name, one]) => {
    const own = model ? fieldOf(model, name) : inner
    return own && one !== undefined && one !== null ? [{ element: `f:${name}`, value: one, field: own }] : []
  })
}

/** `k:{"port":80,"protocol":"TCP"}` of one item of a keyed list; an absent key counts as its default. */
export function itemKey(field: FieldSchema, item: unknown): string {
  const model = structureOf(field)
  const entries = [...(field.listMapKeys ?? [])].sort().flatMap((name) => {
    const given = isRecord(item) ? item[name] : undefined
    const value = given ?? (model && fieldOf(model, name)?.default)
    return value === undefined ? [] : [[name, value] as const]
  })
  return `k:${JSON.stringify(Object.fromEntries(entries))}`
}

/** Every field that a value sets: what an applier owns. */
export function fieldsOf(field: FieldSchema, value: unknown): FieldSet {
  const parts = partsOf(field, value)
  if (!parts || parts.length === 0) return LEAF
  const children = new Map(
    parts.map((part) => {
      const inner = fieldsOf(part.field, part.value)
      return [part.element, ownItem(part.element, inner)] as const
    }),
  )
  return { self: false, children }
}

/** List items are owned themselves, besides what is in them. */
const ownItem = (element: string, set: FieldSet): FieldSet => (/^[kv]:/.test(element) ? { ...set, self: true } : set)

export interface Comparison {
  readonly added: FieldSet
  readonly modified: FieldSet
  readonly removed: FieldSet
}

const SAME: Comparison = { added: NOTHING, modified: NOTHING, removed: NOTHING }

/** What differs between two values of one field. */
export function compare(field: FieldSchema, before: unknown, after: unknown): Comparison {
  if (before === after) return SAME
  if (before === undefined || before === null) return { ...SAME, added: everything(field, after) }
  if (after === undefined || after === null) return { ...SAME, removed: everything(field, before) }
  const pairs = pairsOf(field, before, after)
  if (!pairs) return jsonEqual(before, after) ? SAME : { ...SAME, modified: LEAF }
  const added = new Map<string, FieldSet>()
  const modified = new Map<string, FieldSet>()
  const removed = new Map<string, FieldSet>()
  for (const { element, field: own, was, is } of pairs) {
    const inner = compare(own, was, is)
    const whole = was === undefined || is === undefined
    if (!isEmptySet(inner.added)) added.set(element, whole ? ownItem(element, inner.added) : inner.added)
    if (!isEmptySet(inner.modified)) modified.set(element, whole ? ownItem(element, inner.modified) : inner.modified)
    if (!isEmptySet(inner.removed)) removed.set(element, whole ? ownItem(element, inner.removed) : inner.removed)
  }
  return { added: setOf(added), modified: setOf(modified), removed: setOf(removed) }
}

const setOf = (children: ReadonlyMap<string, FieldSet>): FieldSet =>
  children.size === 0 ? NOTHING : { self: false, children }

/** A part before and after; `undefined` where it was not or is not there. */
interface Pair {
  readonly element: string
  readonly field: FieldSchema
  readonly was: unknown
  readonly is: unknown
}

/** The parts in which two values may differ; those that are the very same value are left out, which are nearly all. */
function pairsOf(field: FieldSchema, before: unknown, after: unknown): readonly Pair[] | undefined {
  const shape = shapeOf(field)
  if ((shape === 'structure' || shape === 'map') && isRecord(before) && isRecord(after))
    return recordPairs(field, shape, before, after)
  if (shape === 'keyed-list' && Array.isArray(before) && Array.isArray(after)) {
    const pairs = pairsInPlace(field, before, after)
    if (pairs) return pairs
  }
  const old = partsOf(field, before)
  const now = partsOf(field, after)
  if (!old || !now) return undefined
  const oldByElement = new Map(old.map((part) => [part.element, part]))
  const nowByElement = new Map(now.map((part) => [part.element, part]))
  return [...new Set([...oldByElement.keys(), ...nowByElement.keys()])].flatMap((element) => {
    const was = oldByElement.get(element)
    const is = nowByElement.get(element)
    if (was && is && was.value === is.value) return []
    return [{ element, field: (is ?? was)?.field ?? field, was: was?.value, is: is?.value }]
  })
}

/** Structures that Go's types hold by value, beside the required ones and metadata. */
const BY_VALUE = new Set([
  'spec',
  'status',
  'strategy',
  'updateStrategy',
  'resources',
  'loadBalancer',
  'template',
  'jobTemplate',
  'daemonEndpoints',
  'kubeletEndpoint',
  'nodeInfo',
])
const EMPTY = Object.freeze({})
const NO_ITEMS: readonly unknown[] = Object.freeze([])

/**
 * What Go's types hold where nothing was said: structures that are held by value and lists that are written as null
 * are always there, so nobody comes to own the place itself (upstream: FieldManager.UpdateNoErrors compares with a new,
 * empty object).
 */
function zeroOf(name: string, field: FieldSchema): unknown {
  if (field.container) return field.omitsZero ? undefined : field.container === 'array' ? NO_ITEMS : EMPTY
  if (!modelOf(field.type)) return undefined
  return field.required || field.type === 'ObjectMeta' || BY_VALUE.has(name) ? EMPTY : undefined
}

type Properties = Readonly<{ [name: string]: unknown }>

function recordPairs(field: FieldSchema, shape: Shape, before: Properties, after: Properties): readonly Pair[] {
  const model = shape === 'structure' ? structureOf(field) : undefined
  const inner = model ? undefined : innerOf(field)
  const pairs: Pair[] = []
  const note = (name: string, was: unknown, is: unknown): void => {
    if (was === is) return
    const own = model ? fieldOf(model, name) : inner
    if (!own) return
    const zero = model && !field.structure ? zeroOf(name, own) : undefined
    pairs.push({ element: `f:${name}`, field: own, was: was ?? zero, is: is ?? zero })
  }
  for (const name of Object.keys(before)) note(name, before[name], Object.hasOwn(after, name) ? after[name] : undefined)
  for (const name of Object.keys(after)) if (!Object.hasOwn(before, name)) note(name, undefined, after[name])
  return pairs
}

/** The pairs of two lists whose items have the same keys in the same order; undefined for others. */
function pairsInPlace(
  field: FieldSchema,
  before: readonly unknown[],
  after: readonly unknown[],
): readonly Pair[] | undefined {
  if (before.length !== after.length) return undefined
  const keys = field.listMapKeys ?? []
  const keyed = (item: unknown): Properties | undefined => (isRecord(item) ? item : undefined)
  const same = before.every((one, index) => {
    const was = keyed(one)
    const is = keyed(after[index])
    return was !== undefined && is !== undefined && keys.every((key) => was[key] === is[key])
  })
  if (!same) return undefined
  const item = innerOf(field)
  return before.flatMap((was, index) => {
    const is = after[index]
    return was === is ? [] : [{ element: itemKey(field, is), field: item, was, is }]
  })
}

/** All fields of a value that has just come or gone, with its containers: maps, lists and their items. */
function everything(field: FieldSchema, value: unknown): FieldSet {
  const parts = partsOf(field, value)
  if (!parts || parts.length === 0) return LEAF
  const children = new Map<string, FieldSet>()
  for (const part of parts) {
    const inner = everything(part.field, part.value)
    children.set(part.element, union(children.get(part.element) ?? NOTHING, ownItem(part.element, inner)))
  }
  return { self: true, children }
}
