/**
 * An object as it lies in etcd: `k8s`, a zero, and a runtime.Unknown in protobuf (apimachinery: pkg/runtime/serializer/
 * protobuf); custom resources as JSON. Unlike Kubernetes the fields inside are numbered in the order in which they stand.
 */
import { decodeBase64, utf8Bytes } from './base64.ts'
import { isRecord } from './json.ts'
import type { KubeObject } from './types.ts'

const BYTES_FIELDS = new Map([
  ['Secret', 'data'],
  ['ConfigMap', 'binaryData'],
])

export function encodeStored(object: KubeObject, custom: boolean): string {
  if (custom) return `${JSON.stringify(object)}\n`
  const { apiVersion = 'v1', kind = '', ...rest } = object
  const type = text(1, apiVersion) + text(2, kind)
  const raw = message({ metadata: rest.metadata, ...withBytes(kind, rest) })
  return `k8s\0${delimited(1, type)}${delimited(2, raw)}${delimited(3, '')}${delimited(4, '')}`
}

function withBytes(kind: string, rest: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const field = BYTES_FIELDS.get(kind) ?? ''
  const data = rest[field]
  if (!isRecord(data)) return rest
  const plain = Object.entries(data).map(([name, value]) => [name, decodeBase64(String(value)) ?? ''] as const)
  return { ...rest, [field]: Object.fromEntries(plain) }
}

const message = (fields: Readonly<Record<string, unknown>>): string =>
  Object.values(fields)
    .map((value, index) => field(index + 1, value))
    .join('')

const MAPS = /^(?:[\w-]+(?:\.[\w-]+)+\/)?[\w.-]+$/

function field(number: number, value: unknown): string {
  if (typeof value === 'string') return text(number, value)
  if (typeof value === 'number') return `${varint(number * 8)}${varint(Math.max(0, Math.trunc(value)))}`
  if (typeof value === 'boolean') return `${varint(number * 8)}${varint(value ? 1 : 0)}`
  if (Array.isArray(value)) return value.map((one: unknown) => field(number, one)).join('')
  if (!isRecord(value)) return ''
  const isMap = Object.entries(value).every(([name, one]) => typeof one === 'string' && MAPS.test(name))
  if (!isMap) return delimited(number, message(value))
  return Object.entries(value)
    .map(([name, one]) => delimited(number, text(1, name) + text(2, String(one))))
    .join('')
}

const text = (number: number, value: string): string => delimited(number, binary(value))

const delimited = (number: number, content: string): string =>
  `${varint(number * 8 + 2)}${varint(content.length)}${content}`

const binary = (value: string): string => [...utf8Bytes(value)].map((byte) => String.fromCharCode(byte)).join('')

function varint(value: number): string {
  let rest = value
  let out = ''
  for (; rest > 127; rest = Math.floor(rest / 128)) out += String.fromCharCode((rest % 128) + 128)
  return out + String.fromCharCode(rest)
}
