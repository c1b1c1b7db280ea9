/** PATCH: four kinds of patch over one object (upstream: apiserver/pkg/endpoints/handlers/patch.go). */
import { decode } from '../decode.ts'
import { badRequest, invalid, unprocessable, unsupportedMediaType } from '../errors.ts'
import { field } from '../field.ts'
import { parseJson } from '../go-json.ts'
import type { Exchange } from '../handlers/exchange.ts'
import { isRecord } from '../json.ts'
import type { ApiContext, Target } from '../operations/context.ts'
import { getObject } from '../operations/read.ts'
import { updateObject } from '../operations/update.ts'
import type { KubeObject } from '../types.ts'
import { jsonPatch } from './json-patch.ts'
import { mergePatch } from './merge-patch.ts'

export const PATCH_TYPES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
  'application/apply-patch+cbor',
] as const

export interface Patched {
  readonly object: KubeObject
  readonly created: boolean
}

/** Applies the request's patch and writes the result. */
export function applyPatchRequest(
  context: ApiContext,
  exchange: Exchange,
  target: Target,
  subresource: 'status' | undefined,
): Patched {
  const type = exchange.request.headers?.['content-type']?.split(';')[0]?.trim() ?? ''
  const current = getObject(context, target)
  const patched = patchedValue(type, current, exchange.request.body ?? '')
  const object = readPatched(exchange, target, patched)
  return {
    object: updateObject(context, exchange.caller, target, object, subresource ? { subresource } : {}),
    created: false,
  }
}

function patchedValue(type: string, current: KubeObject, body: string): unknown {
  const parsed = parseJson(body)
  if (!parsed.ok) throw badRequest(parsed.message)
  switch (type) {
    case 'application/json-patch+json': {
      const result = jsonPatch(current, parsed.value)
      if (!result.ok) throw unprocessable(result.message)
      return result.value
    }
    case 'application/merge-patch+json':
      return mergePatch(current, parsed.value)
    default:
      throw unsupportedMediaType(PATCH_TYPES)
  }
}

function readPatched(exchange: Exchange, { kind }: Target, value: unknown): KubeObject {
  const refuse = (message: string) =>
    invalid({ group: '', kind: '' }, '', [field.invalid('patch', exchange.request.body ?? '', message)])
  if (!isRecord(value)) throw refuse('json: cannot unmarshal into Go value')
  const decoded = decode(kind.schema, value)
  if (!decoded.ok) throw refuse(decoded.message)
  const problems = decoded.unknown.map((path) => `unknown field "${path}"`)
  if (exchange.validation === 'Strict' && problems.length > 0)
    throw refuse(`strict decoding error: ${problems.join(', ')}`)
  if (exchange.validation === 'Warn') for (const problem of problems) exchange.caller.warn(problem)
  return decoded.value as KubeObject
}
