/** PATCH: four kinds of patch over one object (upstream: apiserver/pkg/endpoints/handlers/patch.go). */

import { serverSideApply } from '../apply/server-side-apply.ts'
import { decodeAs } from '../decode.ts'
import { badRequest, invalid, serverError, tooLarge, unprocessable, unsupportedMediaType } from '../errors.ts'
import { field } from '../field.ts'
import { parseJson } from '../go-json.ts'
import { goMap } from '../go-text.ts'
import type { Exchange } from '../handlers/exchange.ts'
import { isRecord } from '../json.ts'
import type { KindDefinition } from '../kind.ts'
import type { ApiContext, Target } from '../operations/context.ts'
import { getObject } from '../operations/read.ts'
import { updateObject } from '../operations/update.ts'
import type { KubeObject } from '../types.ts'
import { jsonPatch, MAX_OPERATIONS } from './json-patch.ts'
import { mergePatch } from './merge-patch.ts'
import { PATCH_TYPES } from './patch-types.ts'
import { strategicMerge } from './strategic-merge-patch.ts'
import { StrategicProblem } from './strategic-problem.ts'

export interface Patched {
  readonly object: KubeObject
  readonly created: boolean
}

/** Applies the request's patch and writes the result. */
export function applyPatchRequest(
  context: ApiContext,
  exchange: Exchange,
  target: Target,
  subresource: string | undefined,
): Patched {
  const type = exchange.request.headers?.['content-type']?.split(';')[0]?.trim() ?? ''
  const options = subresource ? { subresource } : {}
  if (type === 'application/apply-patch+yaml') return serverSideApply(context, exchange, target, subresource)
  const current = getObject(context, target)
  const patched = patchObject(type, target, current, exchange)
  return { object: updateObject(context, exchange.caller, target, patched, options), created: false }
}

/** The object as the patch makes it, decoded. `current` may also be another representation, such as a Scale. */
export function patchObject(
  type: string,
  { kind }: Pick<Target, 'kind'>,
  current: KubeObject,
  exchange: Exchange,
): KubeObject {
  const body = exchange.request.body ?? ''
  const parsed = parseJson(body)
  if (!parsed.ok) throw badRequest(parsed.message)
  const patch = parsed.value
  switch (type) {
    case 'application/json-patch+json':
      return readPatched(exchange, kind, applyJsonPatch(current, patch), body)
    case 'application/merge-patch+json':
      return readPatched(exchange, kind, mergePatch(current, patch), body)
    case 'application/strategic-merge-patch+json':
      if (kind.custom) throw unsupportedMediaType(PATCH_TYPES.filter((one) => one !== type))
      return readPatched(exchange, kind, applyStrategic(current, patch, kind.schema), goMap(patch), 'converter')
    default:
      throw unsupportedMediaType(PATCH_TYPES)
  }
}

function applyJsonPatch(current: KubeObject, patch: unknown): unknown {
  if (Array.isArray(patch) && patch.length > MAX_OPERATIONS)
    throw tooLarge(`The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${patch.length}`)
  const result = jsonPatch(current, patch)
  if (!result.ok) throw unprocessable()
  return result.value
}

function applyStrategic(current: KubeObject, patch: unknown, model: string): unknown {
  if (!isRecord(patch)) throw badRequest('json: cannot unmarshal into Go value of type map[string]interface {}')
  try {
    return strategicMerge({ ...current }, patch, model)
  } catch (error) {
    if (!(error instanceof StrategicProblem)) throw error
    if (error.kind === 'bad-format') throw badRequest(error.message)
    throw error.kind === 'other' ? serverError(error.message) : unprocessable()
  }
}

function readPatched(
  exchange: Exchange,
  kind: KindDefinition,
  value: unknown,
  shown: string,
  wording: 'json' | 'converter' = 'json',
): KubeObject {
  const refuse = (message: string) => invalid({ group: '', kind: '' }, '', [field.invalid('patch', shown, message)])
  const decoded = decodeAs(kind, value)
  if (!decoded.ok) throw refuse(wording === 'json' ? decoded.message : decoded.converterMessage)
  const problems = decoded.unknown.map((path) => `unknown field "${path}"`)
  if (exchange.validation === 'Strict' && problems.length > 0)
    throw refuse(`strict decoding error: ${problems.join(', ')}`)
  if (exchange.validation === 'Warn') for (const problem of problems) exchange.caller.warn(problem)
  return decoded.value as KubeObject
}
