/** The order in which the API server writes the fields of objects: that of Go's structs, where clients see it as text (upstream: apimachinery/pkg/apis/meta/v1/types.go). */
import { isRecord } from './json.ts'

const METADATA = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
]
/** Structs with another order than that of the alphabet. */
const FIRST = ['kind', 'apiVersion', 'metadata', 'immutable', 'data', 'roleRef', 'rules', 'webhooks']

type Json = Readonly<Record<string, unknown>>

/** An object or a list of objects as it is sent; anything else as it is. */
export function inGoOrder(body: unknown): unknown {
  if (!isRecord(body)) return body
  if (isRecord(body.object) && typeof body.type === 'string') return { type: body.type, object: inGoOrder(body.object) }
  if (!('metadata' in body) || body.kind === 'Status' || body.kind === 'Table') return kindFirst(body)
  const { items } = body
  return {
    ...fields(body),
    ...(Array.isArray(items) && { items: items.map(inGoOrder) }),
  }
}

/** Other answers say what they are first, and keep their order. */
function kindFirst(body: Json): Json {
  if (!('kind' in body)) return body
  const { kind, apiVersion, metadata, ...rest } = body
  return {
    kind,
    ...(apiVersion !== undefined && { apiVersion }),
    ...(metadata !== undefined && { metadata }),
    ...rest,
  }
}

function fields(object: Json): Json {
  const names = Object.keys(object)
  const rest = names.filter((name) => !FIRST.includes(name)).sort()
  return Object.fromEntries(
    [...FIRST.filter((name) => names.includes(name)), ...rest].map((name) => [
      name,
      name === 'metadata' ? metadataFields(object.metadata) : object[name],
    ]),
  )
}

function metadataFields(metadata: unknown): unknown {
  if (!isRecord(metadata)) return metadata
  const names = Object.keys(metadata)
  const known = METADATA.filter((name) => names.includes(name))
  const others = names.filter((name) => !METADATA.includes(name))
  return Object.fromEntries([...known, ...others].map((name) => [name, metadata[name]]))
}
