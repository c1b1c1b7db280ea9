/**
 * `/openapi/v2` in protobuf: kubectl before 1.29 knows no other form and validates nothing, so creates nothing, without
 * it (upstream: google/gnostic-models, openapiv2/OpenAPIv2.proto, whose field numbers these are).
 */
import { isRecord } from '../json.ts'
import { ProtobufWriter } from './protobuf-writer.ts'

type Json = Readonly<Record<string, unknown>>

export const PROTOBUF_TYPE = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf'

/** What clients ask for: the same with an `@`. */
export const PROTOBUF_ACCEPT = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf'

/** Encodes a swagger document: info, paths with their operations and parameters, definitions. */
export function encodeSwagger(document: Json): Uint8Array {
  const info = record(document.info)
  return new ProtobufWriter()
    .text(1, document.swagger)
    .message(2, new ProtobufWriter().text(1, info.title).text(2, info.version))
    .message(8, named(2, record(document.paths), pathItem))
    .message(9, named(1, record(document.definitions), schema))
    .finish()
}

const record = (value: unknown): Json => (isRecord(value) ? value : {})
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** A map as upstream's messages have it: repeated pairs of name and value. */
function named(field: number, entries: Json, encode: (value: Json) => ProtobufWriter): ProtobufWriter {
  const writer = new ProtobufWriter()
  for (const [name, value] of Object.entries(entries))
    writer.message(field, new ProtobufWriter().text(1, name).message(2, encode(record(value))))
  return writer
}

const METHODS = [
  [2, 'get'],
  [3, 'put'],
  [4, 'post'],
  [5, 'delete'],
  [8, 'patch'],
] as const

function pathItem(item: Json): ProtobufWriter {
  const writer = new ProtobufWriter()
  for (const [field, method] of METHODS) if (isRecord(item[method])) writer.message(field, operation(item[method]))
  for (const one of list(item.parameters)) writer.message(9, parameter(record(one)))
  return writer
}

function operation(one: Json): ProtobufWriter {
  const writer = new ProtobufWriter().text(5, one.operationId)
  for (const type of list(one.produces)) writer.text(6, type)
  for (const each of list(one.parameters)) writer.message(8, parameter(record(each)))
  const responses = new ProtobufWriter()
  for (const [code, response] of Object.entries(record(one.responses)))
    responses.message(1, new ProtobufWriter().text(1, code).message(2, responseValue(record(response))))
  return extensions(writer.message(9, responses), 13, one)
}

/** ResponseValue { Response { description, SchemaItem { Schema } } } */
function responseValue(response: Json): ProtobufWriter {
  const inner = new ProtobufWriter().text(1, response.description)
  if (isRecord(response.schema)) inner.message(2, new ProtobufWriter().message(1, schema(response.schema)))
  return new ProtobufWriter().message(1, inner)
}

/** ParametersItem { Parameter { BodyParameter | NonBodyParameter { query | path } } } */
function parameter(one: Json): ProtobufWriter {
  const wrap = (inner: ProtobufWriter): ProtobufWriter => new ProtobufWriter().message(1, inner)
  if (one.in === 'body') {
    const body = new ProtobufWriter().text(2, one.name).text(3, one.in).flag(4, one.required)
    if (isRecord(one.schema)) body.message(5, schema(one.schema))
    return wrap(new ProtobufWriter().message(1, body))
  }
  const inner = new ProtobufWriter().flag(1, one.required).text(2, one.in).text(3, one.description).text(4, one.name)
  const placed = one.in === 'query' ? inner.text(6, one.type) : inner.text(5, one.type)
  const nonBody = new ProtobufWriter().message(one.in === 'query' ? 3 : 4, placed)
  return wrap(new ProtobufWriter().message(2, nonBody))
}

function schema(one: Json): ProtobufWriter {
  const writer = new ProtobufWriter().text(1, one.$ref).text(2, one.format).text(4, one.description)
  for (const name of list(one.required)) writer.text(19, name)
  for (const value of list(one.enum)) writer.message(20, anyYaml(value))
  if (isRecord(one.additionalProperties))
    writer.message(21, new ProtobufWriter().message(1, schema(one.additionalProperties)))
  if (typeof one.type === 'string') writer.message(22, new ProtobufWriter().text(1, one.type))
  if (isRecord(one.items)) writer.message(23, new ProtobufWriter().message(1, schema(one.items)))
  if (isRecord(one.properties)) writer.message(25, named(1, one.properties, schema))
  return extensions(writer, 31, one)
}

/** `x-…` keys as NamedAny; JSON is YAML. */
function extensions(writer: ProtobufWriter, field: number, one: Json): ProtobufWriter {
  for (const [name, value] of Object.entries(one))
    if (name.startsWith('x-')) writer.message(field, new ProtobufWriter().text(1, name).message(2, anyYaml(value)))
  return writer
}

const anyYaml = (value: unknown): ProtobufWriter => new ProtobufWriter().text(2, `${JSON.stringify(value)}\n`)
