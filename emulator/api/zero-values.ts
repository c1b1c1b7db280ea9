/**
 * Typed objects have no fields that are zero: `paused: false`, `command: []` or `nodeName: ""` is what was not said at
 * all, and is not written (upstream: the `omitempty` of staging/src/k8s.io/api; scripts/zero-values.mjs says where).
 */
import { isRecord } from './json.ts'
import { type FieldSchema, fieldOf, innerOf, modelOf } from './schema.ts'

/**
 * `value`, a field's value, without the zeros in it. Parts that are the same object in `known`, which has none, are not
 * looked at; a value without zeros comes back as it is.
 */
export function withoutZeros(field: FieldSchema, value: unknown, known?: unknown): unknown {
  if (value === known || typeof value !== 'object' || value === null) return value
  if (field.container === 'array') return Array.isArray(value) ? itemsWithoutZeros(innerOf(field), value, known) : value
  if (!isRecord(value)) return value
  const before = isRecord(known) ? known : undefined
  if (field.container === 'map')
    return modelOf(field.type) ? entriesWithoutZeros(value, always(innerOf(field)), before) : value
  const model = modelOf(field.type)
  return model ? entriesWithoutZeros(value, (name) => fieldOf(model, name), before) : value
}

function itemsWithoutZeros(field: FieldSchema, items: readonly unknown[], known: unknown): readonly unknown[] {
  if (!modelOf(field.type)) return items
  const before: readonly unknown[] = Array.isArray(known) ? known : []
  const clean = new Set(before)
  const kept = items.map((item, index) => (clean.has(item) ? item : withoutZeros(field, item, before[index])))
  return kept.some((item, index) => item !== items[index]) ? kept : items
}

function entriesWithoutZeros(
  value: Readonly<Record<string, unknown>>,
  fieldNamed: (name: string) => FieldSchema | undefined,
  known: Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> {
  let changes: Map<string, unknown> | undefined
  for (const name of Object.keys(value)) {
    const given = value[name]
    const field = fieldNamed(name)
    if (!field) continue
    const inner = withoutZeros(field, given, known?.[name])
    if (field.omitsZero && isZero(inner)) changes = (changes ?? new Map()).set(name, OMITTED)
    else if (inner !== given) changes = (changes ?? new Map()).set(name, inner)
  }
  return changes ? withChanges(value, changes) : value
}

function withChanges(
  value: Readonly<Record<string, unknown>>,
  changes: ReadonlyMap<string, unknown>,
): Readonly<Record<string, unknown>> {
  const entries = Object.entries(value).map(([name, given]) => [name, changes.has(name) ? changes.get(name) : given])
  return Object.fromEntries(entries.filter(([, inner]) => inner !== OMITTED))
}

const OMITTED = Symbol('omitted')

/** Every value of a map is kept, even a zero. */
function always({ omitsZero: _, ...field }: FieldSchema): () => FieldSchema {
  return () => field
}

/** Structures are never asked: only lists, maps and scalars can be left out. */
function isZero(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (isRecord(value)) return Object.keys(value).length === 0
  return value === '' || value === 0 || value === false
}
