/** How an applied configuration changes a live object: what it names is set, what it named before is taken away. */
import { type FieldSet, isEmptySet, NOTHING } from '../managed/field-set.ts'
import { type Part, partsOf, shapeOf } from '../managed/typed.ts'
import type { FieldSchema } from '../schema.ts'

/** `live` with everything that `applied` sets. Items that are new to a list come last. */
export function mergeApplied(field: FieldSchema, live: unknown, applied: unknown): unknown {
  const ours = partsOf(field, applied)
  const theirs = partsOf(field, live)
  if (!ours || !theirs) return applied
  const merged = new Map(theirs.map((part) => [part.element, part]))
  for (const part of ours) {
    const existing = merged.get(part.element)
    const value = existing ? mergeApplied(part.field, existing.value, part.value) : part.value
    merged.set(part.element, { ...part, value })
  }
  return assemble(field, [...merged.values()])
}

/** `value` without the members of `gone`, unless somebody else owns them or something below them (`kept`). */
export function prune(field: FieldSchema, value: unknown, gone: FieldSet, kept: FieldSet): unknown {
  const parts = partsOf(field, value)
  if (!parts || gone.children.size === 0) return value
  const left = parts.flatMap((part) => {
    const lost = gone.children.get(part.element)
    if (!lost) return [part]
    const others = kept.children.get(part.element) ?? NOTHING
    if (lost.self && isEmptySet(others)) return []
    const inner = prune(part.field, part.value, lost, others)
    // A container that the applier filled alone goes with its last part.
    const emptied = isEmptySet(others) && partsOf(part.field, inner)?.length === 0
    return emptied && shapeOf(part.field) !== 'structure' ? [] : [{ ...part, value: inner }]
  })
  return assemble(field, left)
}

function assemble(field: FieldSchema, parts: readonly Part[]): unknown {
  const shape = shapeOf(field)
  if (shape === 'keyed-list' || shape === 'set') return parts.map((part) => part.value)
  return Object.fromEntries(parts.map((part) => [part.element.slice(2), part.value]))
}
