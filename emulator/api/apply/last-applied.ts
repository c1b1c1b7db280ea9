/**
 * kubectl's annotation of what was applied, which lets objects go over from client-side to server-side apply and back
 * (upstream: apimachinery/pkg/util/managedfields/internal, lastappliedmanager.go and lastappliedupdater.go).
 */
import { parseJson } from '../go-json.ts'
import { isRecord } from '../json.ts'
import { difference, type FieldSet, NOTHING, union } from '../managed/field-set.ts'
import { compare, fieldsOf } from '../managed/typed.ts'
import type { FieldSchema } from '../schema.ts'
import type { KubeObject } from '../types.ts'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'
/** Nobody else's applies take note of the annotation. */
const KUBECTL = 'kubectl'

/** Fields that kubectl has applied before and that nobody has changed since: no conflict for kubectl. */
export function appliedBefore(schema: FieldSchema, live: KubeObject, manager: string): FieldSet {
  const parsed = manager === KUBECTL ? parseJson(live.metadata?.annotations?.[LAST_APPLIED] ?? '') : undefined
  if (!parsed?.ok || !isRecord(parsed.value)) return NOTHING
  const { added, modified } = compare(schema, live, parsed.value)
  return difference(fieldsOf(schema, parsed.value), union(added, modified))
}

/** The object with the annotation, where it has one, brought up to what kubectl applies now. */
export function withLastApplied(object: KubeObject, applied: KubeObject, manager: string): KubeObject {
  const { annotations } = object.metadata ?? {}
  if (manager !== KUBECTL || !annotations?.[LAST_APPLIED]) return object
  const { annotations: given, ...metadata } = applied.metadata ?? {}
  const others = Object.entries(given ?? {}).filter(([name]) => name !== LAST_APPLIED)
  const configuration = {
    ...applied,
    metadata: { ...metadata, ...(others.length > 0 && { annotations: Object.fromEntries(others) }) },
  }
  const text = `${JSON.stringify(sorted(configuration))}\n`
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotations, [LAST_APPLIED]: text } } }
}

/** Keys in order, as Go writes maps. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isRecord(value)) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([name, inner]) => [name, sorted(inner)]))
}
