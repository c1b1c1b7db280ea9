import { type Decoded, decode } from '../../api/decode.ts'
import { isRecord } from '../../api/json.ts'
import { prune } from '../../api/structural/prune.ts'
import type { Json, Schema } from '../../api/structural/schema.ts'

/** A request's object with what its schema knows (upstream: customresource_handler.go, schemaCoercingDecoder). */
export function decodeCustom(schema: Schema, value: Json, keepsAll: boolean): Decoded {
  const metadata = decode('ObjectMeta', isRecord(value.metadata) ? value.metadata : {}, 'as-given')
  if (!metadata.ok) return metadata
  if (value.metadata !== undefined && value.metadata !== null && !isRecord(value.metadata)) {
    const message = 'json: cannot unmarshal into Go struct field ObjectMeta.metadata of type v1.ObjectMeta'
    return { ok: false, message, converterMessage: message }
  }
  const unknown: string[] = metadata.unknown.map((path) => `metadata.${path}`)
  const known = keepsAll ? value : prune(schema, value, unknown)
  return { ok: true, value: { ...known, metadata: metadata.value }, unknown }
}
