/**
 * Bodies in Kubernetes' protobuf, which kubectl 1.32 and newer send for `create deployment` and the like, as the JSON that
 * older ones send. fields.json lists, per message, number → "name [list|map|inline] type".
 */
import type { JsonValue } from '../../../emulator/index.ts'
import table from './fields.json' with { type: 'json' }
import { wireFields } from './wire.ts'

export const PROTOBUF = 'application/vnd.kubernetes.protobuf'

type Json = { [key: string]: JsonValue }

const messages = new Map(Object.entries(table as { readonly [message: string]: { readonly [number: string]: string } }))
/** `k8s` and a zero byte, then runtime.Unknown (upstream: apimachinery/pkg/runtime/serializer/protobuf). */
const MAGIC = [0x6b, 0x38, 0x73, 0x00]
const text = new TextDecoder()

/** The object in a body; undefined if it is not one, or of a kind that is not in the table. */
export function decodeProtobuf(body: Uint8Array): Json | undefined {
  if (MAGIC.some((byte, at) => body[at] !== byte)) return undefined
  try {
    const envelope = [...wireFields(body.subarray(MAGIC.length))]
    const bytesOf = (number: number) => asBytes(envelope.find((field) => field.number === number)?.value)
    const [apiVersion = '', kind = ''] = [...wireFields(bytesOf(1))].map(({ value }) => text.decode(asBytes(value)))
    const message = messageOf(apiVersion, kind)
    if (message === undefined) return undefined
    return { apiVersion, kind, ...decodeMessage(message, bytesOf(2)) }
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) return undefined
    throw error
  }
}

/** `apps/v1`, `Deployment` is apps.v1.Deployment; DeleteOptions and the like come in every group's name. */
function messageOf(apiVersion: string, kind: string): string | undefined {
  const [group = '', version] = apiVersion.includes('/') ? apiVersion.split('/') : ['core', apiVersion]
  const own = `${group.split('.')[0]}.${version}.${kind}`
  return [own, `meta.v1.${kind}`].find((name) => messages.has(name))
}

function decodeMessage(message: string, bytes: Uint8Array): Json {
  const fields = messages.get(message)
  const object: Json = {}
  for (const { number, value } of wireFields(bytes)) {
    const field = fields?.[number]
    if (field === undefined) continue
    const [name = '', ...rest] = field.split(' ')
    const type = rest.at(-1) ?? ''
    const form = rest.length > 1 ? rest[0] : undefined
    if (form === 'inline') Object.assign(object, decodeMessage(type, asBytes(value)))
    else if (form === 'list')
      object[name] = [...((object[name] as JsonValue[] | undefined) ?? []), decodeValue(type, value)]
    else if (form === 'map')
      object[name] = { ...(object[name] as Json | undefined), ...decodeEntry(type, asBytes(value)) }
    else {
      const decoded = decodeValue(type, value)
      if (!isUnset(name, decoded)) object[name] = decoded
    }
  }
  return object
}

function decodeEntry(type: string, bytes: Uint8Array): Json {
  const fields = [...wireFields(bytes)]
  const key = fields.find(({ number }) => number === 1)?.value
  const value = fields.find(({ number }) => number === 2)?.value ?? new Uint8Array()
  return { [text.decode(asBytes(key))]: decodeValue(type, value) }
}

const NOTHING = new Uint8Array()
const asBytes = (value: number | Uint8Array | undefined): Uint8Array => (value instanceof Uint8Array ? value : NOTHING)

function decodeValue(type: string, value: number | Uint8Array): JsonValue {
  switch (type) {
    case 'int':
    case 'double':
      return Number(value)
    case 'bool':
      return value === 1
    case 'string':
      return text.decode(asBytes(value))
    case 'bytes':
      return Buffer.from(asBytes(value)).toString('base64')
    case 'IntOrString': {
      const { type: isString, intVal = 0, strVal = '' } = decodeMessage(type, asBytes(value))
      return isString === 1 ? strVal : intVal
    }
    case 'Quantity':
      return decodeMessage(type, asBytes(value)).string ?? '0'
    case 'meta.v1.Time':
    case 'meta.v1.MicroTime':
      return decodeTime(asBytes(value), type === 'meta.v1.MicroTime')
    case 'RawExtension':
    case 'meta.v1.FieldsV1':
      return JSON.parse(text.decode(asBytes([...wireFields(asBytes(value))][0]?.value)) || 'null')
    default:
      return decodeMessage(type, asBytes(value))
  }
}

function decodeTime(bytes: Uint8Array, micro: boolean): JsonValue {
  const values = new Map([...wireFields(bytes)].map(({ number, value }) => [number, Number(value)]))
  const seconds = values.get(1)
  if (seconds === undefined) return null
  const iso = new Date(seconds * 1000).toISOString().slice(0, 19)
  return micro ? `${iso}.${String(Math.floor((values.get(2) ?? 0) / 1000)).padStart(6, '0')}Z` : `${iso}Z`
}

/**
 * Fields that are pointers in Go: written only when they were set, so that 0 and false mean something. All other scalars
 * are written always, and their zero value is what JSON leaves out.
 */
const POINTERS = new Set(
  `replicas revisionHistoryLimit progressDeadlineSeconds terminationGracePeriodSeconds activeDeadlineSeconds gracePeriodSeconds
  deletionGracePeriodSeconds orphanDependents automountServiceAccountToken enableServiceLinks shareProcessNamespace hostUsers
  runAsNonRoot privileged allowPrivilegeEscalation readOnlyRootFilesystem runAsUser runAsGroup fsGroup tolerationSeconds optional
  defaultMode mode backoffLimit completions parallelism ttlSecondsAfterFinished suspend startingDeadlineSeconds immutable
  successfulJobsHistoryLimit failedJobsHistoryLimit minReplicas controller blockOwnerDeletion allocateLoadBalancerNodePorts
  setHostnameAsFQDN ready serving terminating priority expirationSeconds intVal`
    .split(/\s+/)
    .filter(Boolean),
)

function isUnset(name: string, value: JsonValue): boolean {
  if (value === '' || value === null) return true
  return (value === 0 || value === false) && !POINTERS.has(name)
}
