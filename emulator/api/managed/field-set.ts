/** Sets of fields as a tree, and their form in `managedFields` (upstream: structured-merge-diff/fieldpath). */
import { isRecord } from '../json.ts'

/** Children by path element as FieldsV1 spells it: `f:spec`, `k:{"port":80}`, `v:"x"`. */
export interface FieldSet {
  /** Is the place itself a member? */
  readonly self: boolean
  readonly children: ReadonlyMap<string, FieldSet>
}

export const NOTHING: FieldSet = { self: false, children: new Map() }
export const LEAF: FieldSet = { self: true, children: new Map() }
/** A place with all that is below it: only ever what is taken away from another set. */
export const ALL: FieldSet = { self: true, children: new Map() }

export const isEmptySet = (set: FieldSet): boolean => !set.self && set.children.size === 0

export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a)) return b
  if (isEmptySet(b)) return a
  return combine(a, b, a.self || b.self, (left, right) => union(left ?? NOTHING, right ?? NOTHING))
}

/** Members of `a` that are not in `b`. */
export function difference(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a) || isEmptySet(b)) return a
  if (b === ALL) return NOTHING
  return combine(a, b, a.self && !b.self, (left, right) =>
    left && right ? difference(left, right) : (left ?? NOTHING),
  )
}

export function intersection(a: FieldSet, b: FieldSet): FieldSet {
  return combine(a, b, a.self && b.self, (left, right) => (left && right ? intersection(left, right) : NOTHING))
}

export function sameSet(a: FieldSet, b: FieldSet): boolean {
  if (a.self !== b.self || a.children.size !== b.children.size) return false
  return [...a.children].every(([element, child]) => {
    const other = b.children.get(element)
    return other !== undefined && sameSet(child, other)
  })
}

function combine(
  a: FieldSet,
  b: FieldSet,
  self: boolean,
  each: (left: FieldSet | undefined, right: FieldSet | undefined) => FieldSet,
): FieldSet {
  const children = new Map<string, FieldSet>()
  for (const element of new Set([...a.children.keys(), ...b.children.keys()])) {
    const child = each(a.children.get(element), b.children.get(element))
    if (!isEmptySet(child)) children.set(element, child)
  }
  return { self, children }
}

/** All members as lists of path elements. */
export function members(set: FieldSet, path: readonly string[] = []): readonly (readonly string[])[] {
  const below = [...set.children].flatMap(([element, child]) => members(child, [...path, element]))
  return set.self ? [path, ...below] : below
}

/** `.spec.ports[port=80,protocol="TCP"].targetPort` */
export function pathText(path: readonly string[]): string {
  return path
    .map((element) => {
      const text = element.slice(2)
      if (element.startsWith('f:')) return `.${text}`
      if (element.startsWith('v:')) return `[=${text}]`
      if (element.startsWith('i:')) return `[${text}]`
      const key: unknown = JSON.parse(text)
      const parts = isRecord(key) ? Object.entries(key).map(([name, value]) => `${name}=${JSON.stringify(value)}`) : []
      return `[${parts.join(',')}]`
    })
    .join('')
}

/** FieldsV1 as JSON: a leaf is `{}`, a member with children carries `"."`. */
export function toFieldsV1(set: FieldSet): FieldsV1 {
  if (set.children.size === 0) return NO_FIELDS
  const fields: { [element: string]: unknown } = set.self ? { '.': NO_FIELDS } : {}
  for (const element of [...set.children.keys()].sort()) {
    const child = set.children.get(element)
    if (child) fields[element] = toFieldsV1(child)
  }
  return fields
}

type FieldsV1 = { readonly [element: string]: unknown }

/** Every leaf is the same value. */
const NO_FIELDS: FieldsV1 = Object.freeze({})

/** Reads FieldsV1; what is no path element is left out. */
export function fromFieldsV1(fields: unknown): FieldSet {
  const { self, children } = read(fields)
  return children.size === 0 ? NOTHING : { self, children }
}

function read(fields: unknown): FieldSet {
  if (!isRecord(fields)) return LEAF
  const entries = Object.entries(fields).filter(([element]) => /^[fkv]:/.test(element))
  if (entries.length === 0) return LEAF
  return {
    self: Object.hasOwn(fields, '.'),
    children: new Map(entries.map(([element, inner]) => [element, read(inner)])),
  }
}

/**
 * FieldsV1 without the members of `gone`, straight on the JSON: the very same value when none of them is there, which
 * is the usual case. Undefined when nothing is left.
 */
export function withoutMembers(fields: unknown, gone: FieldSet): unknown {
  if (!isRecord(fields)) return fields
  const elements = Object.keys(fields)
  const isLeaf = elements.length === 0
  if (isLeaf) return gone.self ? undefined : fields
  let left: Map<string, unknown> | undefined
  const change = (element: string, value: unknown): void => {
    left ??= new Map(Object.entries(fields))
    if (value === undefined) left.delete(element)
    else left.set(element, value)
  }
  if (gone.self && Object.hasOwn(fields, '.')) change('.', undefined)
  for (const [element, lost] of gone.children) {
    if (!Object.hasOwn(fields, element)) continue
    const inner = withoutMembers(fields[element], lost)
    if (inner !== fields[element]) change(element, inner)
  }
  if (!left) return fields
  if (left.size === 0) return undefined
  // With its last child gone, a member is a leaf again.
  return left.size === 1 && left.has('.') ? {} : Object.fromEntries(left)
}
