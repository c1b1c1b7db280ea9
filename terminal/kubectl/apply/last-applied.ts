/** The last-applied annotation as apply and diff take it: a text that anybody may have written. */
import type { JsonValue } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import { KubectlError } from '../errors.ts'
import { goJson } from '../print/go-json.ts'
import { jsonValues } from '../resources/json-documents.ts'

export type Fields = { readonly [field: string]: JsonValue }

/** Objects that are compared beside it, for the message. */
interface Compared {
  readonly modified: Fields
  readonly current: Fields
}

/**
 * The configuration that was applied last; none and `null` count as empty. Throws KubectlError in the words of a patch
 * that cannot be made (upstream: apply/patcher.go, createPatchErrFormat; evanphx/json-patch, errBadJSONDoc).
 */
export function lastApplied(
  text: string | undefined,
  context: CommandContext,
  { modified, current }: Compared,
): Fields {
  if (!text) return {}
  const values = jsonValues(text)
  const [value = undefined] = Array.isArray(values) && values.length === 1 ? values : []
  if (value === null) return {}
  if (typeof value === 'object' && !Array.isArray(value)) return value as Fields
  context.err('warning: error calculating patch from openapi v3 spec: invalid JSON document\n')
  throw new KubectlError(
    `creating patch with:\noriginal:\n${text}\nmodified:\n${goJson(modified)}\n\ncurrent:\n${goJson(current)}\n\nfor:: invalid JSON document`,
  )
}
