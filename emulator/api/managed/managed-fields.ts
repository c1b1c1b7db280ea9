/** `metadata.managedFields`: who owns which field (upstream: apimachinery/pkg/util/managedfields). */

import type { JsonValue, ManagedFieldsEntry } from '../../generated/types.ts'
import { timestamp } from '../age.ts'
import { FRESH } from '../json.ts'
import type { KindDefinition } from '../kind.ts'
import { apiVersion } from '../registry.ts'
import { rootField } from '../schema.ts'
import type { KubeObject } from '../types.ts'
import {
  ALL,
  difference,
  type FieldSet,
  fromFieldsV1,
  isEmptySet,
  LEAF,
  NOTHING,
  sameSet,
  toFieldsV1,
  union,
  withoutMembers,
} from './field-set.ts'
import { compare } from './typed.ts'

/** Who writes, when, and through which subresource. */
export interface Writer {
  readonly manager: string
  readonly now: number
  readonly subresource?: string | undefined
}

/** One manager's fields. */
export interface Managed {
  readonly entry: ManagedFieldsEntry
  readonly set: FieldSet
}

const leaves = (names: readonly string[]): ReadonlyMap<string, FieldSet> => new Map(names.map((name) => [name, LEAF]))

/** What nobody owns: identity, and what the server keeps. */
const UNOWNED: FieldSet = {
  self: false,
  children: new Map([
    ...leaves(['f:apiVersion', 'f:kind']),
    [
      'f:metadata',
      {
        self: true,
        children: leaves([
          'f:name',
          'f:namespace',
          'f:creationTimestamp',
          'f:uid',
          'f:generation',
          'f:managedFields',
          'f:resourceVersion',
          'f:deletionTimestamp',
          'f:deletionGracePeriodSeconds',
        ]),
      },
    ],
  ]),
}

/** A set without what nobody owns. */
export const ownable = (set: FieldSet): FieldSet => difference(set, UNOWNED)

/**
 * The entries as they stand after a write of `wished`: the object as it was sent, with its defaults, but before
 * admission and strategy have added to it, so that what those add belongs to nobody (upstream:
 * apiserver/pkg/endpoints/handlers/create.go and update.go). Unchanged fields keep their owners and times.
 */
export function managedAfterWrite(
  kind: KindDefinition,
  wished: KubeObject,
  old: KubeObject | undefined,
  by: Writer,
): readonly ManagedFieldsEntry[] {
  const given = wished.metadata?.managedFields
  // Sending one empty entry is how clients ask for a clean slate.
  const before = (isCleanSlate(given) ? [] : (given ?? old?.metadata?.managedFields)) ?? []
  const { added, modified, removed } = compare(rootField(kind), comparable(old), comparable(wished))
  const reset = resetFields(kind, by.subresource)
  const gained = difference(ownable(union(added, modified)), reset)
  const lost = difference(union(modified, removed), reset)
  if (isEmptySet(gained) && isEmptySet(lost)) return before
  const own = before.find((entry) => isWriter(entry, kind, by))
  const mine = own && readEntry(own)
  const others = withoutFields(
    before.filter((entry) => entry !== own),
    lost,
  )
  const set = union(difference(mine?.set ?? NOTHING, difference(removed, reset)), gained)
  const unchanged = mine && sameSet(mine.set, set)
  const entry = unchanged ? [mine.entry] : written(entryOf(kind, 'Update', by, set, mine))
  return inOrder([...others, ...entry])
}

const isCleanSlate = (given: readonly ManagedFieldsEntry[] | undefined): boolean =>
  given?.length === 1 && given[0]?.manager === undefined

const everythingIn = (field: string): FieldSet => ({ self: false, children: new Map([[field, ALL]]) })
const NO_STATUS = everythingIn('f:status')
const NO_SPEC = everythingIn('f:spec')

/** What a write cannot change, whatever it sends (upstream: GetResetFields of the strategies). */
export const resetFields = (kind: KindDefinition, subresource: string | undefined): FieldSet => {
  if (subresource === 'status') return NO_SPEC
  return kind.subresources?.includes('status') ? NO_STATUS : NOTHING
}

/** Entries less some fields; those that own nothing else go. Untouched entries stay the very same objects. */
export function withoutFields(entries: readonly ManagedFieldsEntry[], gone: FieldSet): readonly ManagedFieldsEntry[] {
  return entries.flatMap((entry) => {
    const fieldsV1 = withoutMembers(entry.fieldsV1, gone) as JsonValue | undefined
    if (fieldsV1 === undefined) return []
    return fieldsV1 === entry.fieldsV1 ? [entry] : [{ ...entry, fieldsV1 }]
  })
}

/** Reads one entry. */
export const readEntry = (entry: ManagedFieldsEntry): Managed => ({ entry, set: fromFieldsV1(entry.fieldsV1) })

/** An entry for storage; none for a manager that owns nothing. */
export const written = ({ entry, set }: Managed): readonly ManagedFieldsEntry[] =>
  isEmptySet(set) ? [] : [{ ...FRESH, ...entry, fieldsV1: toFieldsV1(set) as JsonValue }]

/** Appliers first, then by time, then by name. */
export function inOrder(entries: readonly ManagedFieldsEntry[]): readonly ManagedFieldsEntry[] {
  return [...entries].sort((a, b) => (order(a) < order(b) ? -1 : 1))
}

const order = ({ operation, time, manager }: ManagedFieldsEntry): string =>
  `${operation === 'Apply' ? 0 : 1} ${time ?? ''} ${manager ?? ''}`

/** A manager's entry with another set; its time moves only when the set does. */
export function entryOf(
  kind: KindDefinition,
  operation: 'Apply' | 'Update',
  by: Writer,
  set: FieldSet,
  before: Managed | undefined,
): Managed {
  const time = before?.entry.time !== undefined && sameSet(before.set, set) ? before.entry.time : timestamp(by.now)
  return {
    set,
    entry: {
      manager: by.manager,
      operation,
      apiVersion: apiVersion(kind),
      time,
      fieldsType: 'FieldsV1',
      ...(by.subresource !== undefined && { subresource: by.subresource }),
    },
  }
}

const isWriter = (entry: ManagedFieldsEntry, kind: KindDefinition, by: Writer): boolean =>
  entry.operation === 'Update' &&
  entry.manager === by.manager &&
  entry.apiVersion === apiVersion(kind) &&
  (entry.subresource ?? '') === (by.subresource ?? '')

/** The object with these entries, or without the field when there are none. */
export function withManagedFields(object: KubeObject, entries: readonly ManagedFieldsEntry[]): KubeObject {
  const { managedFields: _old, ...metadata } = object.metadata ?? {}
  return {
    ...FRESH,
    ...object,
    metadata: { ...FRESH, ...metadata, ...(entries.length > 0 && { managedFields: entries }) },
  }
}

/** What is created is compared with an object in which nothing is set. */
const comparable = (object: KubeObject | undefined): unknown =>
  object === undefined ? {} : withManagedFields(object, [])
