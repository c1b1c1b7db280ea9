/** Request bodies into decoded objects, strict or lenient as `fieldValidation` says. */
import { load } from 'js-yaml'
import { utf8Bytes } from './base64.ts'
import { decodeAs } from './decode.ts'
import { badRequest, unsupportedMediaType } from './errors.ts'
import { type JsonResult, parseJson } from './go-json.ts'
import { isRecord } from './json.ts'
import type { KindDefinition } from './kind.ts'
import { apiVersion } from './registry.ts'
import type { KubeObject } from './types.ts'

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore'

/** As upstream lists them; the protobuf of built-in kinds is turned into JSON before it comes here. */
const BODY_TYPES = ['application/json', 'application/yaml', 'application/vnd.kubernetes.protobuf']

/** Parses a body by its content type; without one it is JSON. Throws 415 for a type that is not known. */
export function parseBody(text: string, contentType: string | undefined): YamlResult {
  const type = (contentType ?? 'application/json').split(';')[0]?.trim().toLowerCase()
  if (type === 'application/json' || type === '') return parseJson(text)
  if (type === 'application/yaml' || type === 'text/yaml') return parseYaml(text)
  throw unsupportedMediaType(BODY_TYPES)
}

/** Aliases within aliases grow without measure once they are written out. */
const MAX_ALIASES = 50
const MAX_DEPTH = 200

/** YAML as a JSON value; never throws. Of a key that stands twice the last counts, and `strict` tells (upstream: sigs.k8s.io/yaml YAMLToJSONStrict). */
export function parseYaml(text: string): YamlResult {
  try {
    return { ok: true, value: load(text, LIMITS), duplicates: [] }
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    if (/^duplicated mapping key/.test(message)) return withDuplicates(text)
    return { ok: false, message: `error converting YAML to JSON: yaml: ${message}` }
  }
}

type YamlResult = JsonResult & { readonly strict?: string }

const LIMITS = { maxAliases: MAX_ALIASES, maxDepth: MAX_DEPTH }

function withDuplicates(text: string): YamlResult {
  try {
    const value: unknown = load(text, { ...LIMITS, json: true })
    return { ok: true, value, duplicates: [], strict: `yaml: unmarshal errors:\n${repeated(text).join('\n')}` }
  } catch (error) {
    return { ok: false, message: `error converting YAML to JSON: yaml: ${String(error)}` }
  }
}

/** Lines whose key stands in the same mapping before, by their indentation. */
function repeated(text: string): readonly string[] {
  const open: { readonly indent: number; readonly keys: Set<string> }[] = []
  return text.split('\n').flatMap((line, index) => {
    const [, lead = '', dash = '', key = ''] = /^(\s*)((?:-\s+)*)["']?([\w./-]+)["']?\s*:(?:\s|$)/.exec(line) ?? []
    if (key === '') return []
    const indent = lead.length + dash.length
    while ((open[open.length - 1]?.indent ?? -1) > indent) open.pop()
    if (dash !== '' && open[open.length - 1]?.indent === indent) open.pop()
    if (open[open.length - 1]?.indent !== indent) open.push({ indent, keys: new Set() })
    const keys = open[open.length - 1]?.keys ?? new Set()
    const again = keys.has(key)
    keys.add(key)
    return again ? [`  line ${index + 1}: key ${JSON.stringify(key)} already set in map`] : []
  })
}

/** The object of a create or update request. Throws BadRequest in upstream's words. */
export function readObject(
  kind: KindDefinition,
  parsed: JsonResult & { readonly strict?: string },
  validation: FieldValidation,
  warn: (text: string) => void,
  body = '',
): KubeObject {
  if (!parsed.ok) throw unrecognized(kind, parsed.message, body)
  const { value } = parsed
  if (!isRecord(value))
    throw unrecognized(kind, `json: cannot unmarshal ${goKind(value)} into Go value of type ${HEAD}`, body)
  checkIdentity(kind, value)
  const decoded = decodeAs(kind, value)
  if (!decoded.ok) throw cannotHandle(kind, value, decoded.message)
  const strict = [
    ...(parsed.strict === undefined ? [] : [parsed.strict]),
    ...parsed.duplicates.map((path) => `duplicate field "${path}"`),
    ...decoded.unknown.map((path) => `unknown field "${path}"`),
  ]
  if (validation === 'Strict' && strict.length > 0)
    throw cannotHandle(kind, value, `strict decoding error: ${strict.join(', ')}`)
  if (validation === 'Warn') for (const problem of strict) warn(problem)
  return decoded.value as KubeObject
}

/** What upstream reads first of every body. */
const HEAD = 'struct { APIVersion string "json:\\"apiVersion,omitempty\\""; Kind string "json:\\"kind,omitempty\\"" }'
const SUMMARY_LENGTH = 30

function unrecognized(kind: KindDefinition, why: string, body: string): Error {
  const reason = why.startsWith('error converting') ? why : `couldn't get version/kind; json parse error: ${why}`
  return badRequest(`the object provided is unrecognized (must be of type ${kind.kind}): ${reason} (${summary(body)})`)
}

/** The beginning of a body; what is no JSON object is shown in hexadecimal digits. */
function summary(body: string): string {
  if (body === '') return '<empty>'
  const start = body.startsWith('{')
    ? body.slice(0, SUMMARY_LENGTH)
    : [...utf8Bytes(body.slice(0, SUMMARY_LENGTH))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return body.length > SUMMARY_LENGTH ? `${start} ...` : start
}

function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function checkIdentity(kind: KindDefinition, value: Readonly<Record<string, unknown>>): void {
  const version = value.apiVersion ?? apiVersion(kind)
  const name = value.kind ?? kind.kind
  if (version !== apiVersion(kind))
    throw badRequest(
      `the API version in the data (${String(version)}) does not match the expected API version (${apiVersion(kind)})`,
    )
  if (name !== kind.kind)
    throw cannotHandle(
      kind,
      value,
      `no kind ${JSON.stringify(name)} is registered for version ${JSON.stringify(version)} in scheme "pkg/api/legacyscheme/scheme.go:30"`,
    )
}

function cannotHandle(kind: KindDefinition, value: Readonly<Record<string, unknown>> | undefined, why: string): Error {
  const name = typeof value?.kind === 'string' ? value.kind : kind.kind
  return badRequest(`${name} in version ${JSON.stringify(kind.version)} cannot be handled as a ${kind.kind}: ${why}`)
}
