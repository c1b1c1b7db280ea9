import { isRecord } from '../../api/json.ts'
import type { Schema } from '../../api/structural/schema.ts'

/** Keywords that version 2 of OpenAPI has no place for (upstream: apiserver/pkg/controller/openapi/v2, ToStructuralOpenAPIV2). */
const ONLY_V3 = new Set(['oneOf', 'anyOf', 'allOf', 'not', 'nullable', 'default', 'x-kubernetes-validations'])

type Keywords = { readonly [keyword: string]: unknown }

/** The schema as a document shows it. */
export function openApiOf(schema: Schema, version: 2 | 3): Keywords {
  return version === 3 ? (schema as Keywords) : forVersion2(schema as Keywords)
}

function forVersion2(schema: Keywords): Keywords {
  // A field that may be null, or of two types, has no type there.
  const untyped = schema.nullable === true || schema['x-kubernetes-int-or-string'] === true
  const dropped = new Set([...ONLY_V3, ...(untyped ? ['type', 'format', 'items', 'properties'] : [])])
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([keyword]) => !dropped.has(keyword))
      .map(([keyword, value]) => [keyword, innerOf(keyword, value)]),
  )
}

function innerOf(keyword: string, value: unknown): unknown {
  if (!isRecord(value)) return value
  if (keyword === 'properties')
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, isRecord(inner) ? forVersion2(inner) : inner]),
    )
  return keyword === 'items' || keyword === 'additionalProperties' ? forVersion2(value) : value
}
