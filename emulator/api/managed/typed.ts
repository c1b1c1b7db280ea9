/** Values seen through their schema: which parts are owned apart, and which as one (upstream: structured-merge-diff/typed). */
import { isRecord, jsonEqual } from '../json.ts'
import { type FieldSchema, fieldOf, innerOf, structureOf } from '../schema.ts'
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
  const old = partsOf(field, before)
  const now = partsOf(field, after)
  if (!old || !now) return jsonEqual(before, after) ? SAME : { ...SAME, modified: LEAF }
  const oldByElement = new Map(old.map((part) => [part.element, part]))
  const nowByElement = new Map(now.map((part) => [part.element, part]))
  const builders = { added: new Map(), modified: new Map(), removed: new Map() } satisfies Record<
    keyof Comparison,
    Map<string, FieldSet>
  >
  for (const element of new Set([...oldByElement.keys(), ...nowByElement.keys()])) {
    const was = oldByElement.get(element)
    const is = nowByElement.get(element)
    if (was && is && was.value === is.value) continue
    const inner = compare((is ?? was)?.field ?? field, was?.value, is?.value)
    for (const what of ['added', 'modified', 'removed'] as const)
      if (!isEmptySet(inner[what])) builders[what].set(element, was && is ? inner[what] : ownItem(element, inner[what]))
  }
  return {
    added: { self: false, children: builders.added },
    modified: { self: false, children: builders.modified },
    removed: { self: false, children: builders.removed },
  }
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
  return { self: shapeOf(field) !== 'structure', children }
}
