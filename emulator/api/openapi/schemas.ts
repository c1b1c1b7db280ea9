/** Models as OpenAPI schemas, for both versions of the document. */
import { isQuantity } from '../go-types.ts'
import { isRecord } from '../json.ts'
import type { CustomResource, KindDefinition } from '../kind.ts'
import { apiVersion } from '../registry.ts'
import { type FieldSchema, innerOf, type ModelSchema, modelOf, scalars } from '../schema.ts'

/** A JSON schema as plain data. */
export type JsonSchema = { readonly [keyword: string]: unknown }

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1'
const TIME = `${META}.Time`
const MICRO_TIME = `${META}.MicroTime`
const FIELDS = `${META}.FieldsV1`
const QUANTITY = 'io.k8s.apimachinery.pkg.api.resource.Quantity'
const INT_OR_STRING = 'io.k8s.apimachinery.pkg.util.intstr.IntOrString'

const described = (scalar: string): JsonSchema => ({ description: scalars[scalar] ?? '' })

/** Scalars that OpenAPI gives a name. */
const NAMED: { readonly [definition: string]: JsonSchema } = {
  [TIME]: { ...described('Time'), type: 'string', format: 'date-time' },
  [MICRO_TIME]: { ...described('MicroTime'), type: 'string', format: 'date-time' },
  [FIELDS]: { type: 'object' },
  [QUANTITY]: { ...described('Quantity'), type: 'string' },
  [INT_OR_STRING]: { ...described('IntOrString'), type: 'string', format: 'int-or-string' },
}

/** In v3 these two may also be numbers. */
const NAMED_V3: { readonly [definition: string]: JsonSchema } = {
  ...NAMED,
  [QUANTITY]: { ...described('Quantity'), oneOf: [{ type: 'string' }, { type: 'number' }] },
  [INT_OR_STRING]: {
    ...described('IntOrString'),
    format: 'int-or-string',
    oneOf: [{ type: 'integer' }, { type: 'string' }],
  },
}

export type OpenApiVersion = 2 | 3

/** All definitions that the kinds reach, by OpenAPI's names, with the kinds' lists. */
export function definitions(kinds: readonly KindDefinition[], version: OpenApiVersion): { [name: string]: JsonSchema } {
  const found: { [name: string]: JsonSchema } = {}
  const queue = [...kinds.map(({ schema }) => schema), 'ObjectMeta', 'ListMeta', 'Status', 'DeleteOptions', 'Scale']
  const seen = new Set(queue)
  for (const name of queue) {
    const model = modelOf(name)
    if (!model) continue
    found[model.definition] = modelSchema(name, model, kinds, version)
    for (const { type } of Object.values(model.fields)) {
      if (seen.has(type) || !modelOf(type)) continue
      seen.add(type)
      queue.push(type)
    }
  }
  for (const kind of kinds) {
    const definition = definitionOf(kind)
    if (kind.custom) found[kind.schema] = customSchema(kind, kind.custom, version)
    if (definition && !kind.answer) found[`${definition}List`] = listSchema(kind, definition, version)
  }
  return { ...found, ...(version === 2 ? NAMED : NAMED_V3) }
}

/** OpenAPI's name of a kind's model. */
export const definitionOf = (kind: KindDefinition): string | undefined =>
  kind.custom ? kind.schema : modelOf(kind.schema)?.definition

/** A custom resource's own fields, with the identity and metadata that every object has. */
function customSchema(kind: KindDefinition, custom: CustomResource, version: OpenApiVersion): JsonSchema {
  const own = custom.openApi(version)
  const model = modelOf('Namespace')
  const common = Object.entries(model?.fields ?? {}).filter(([name]) => OBJECT_FIELDS.includes(name))
  return {
    ...own,
    type: 'object',
    properties: {
      ...Object.fromEntries(common.map(([name, field]) => [name, fieldSchema('Namespace', name, field, version)])),
      ...Object.fromEntries(
        Object.entries(isRecord(own.properties) ? own.properties : {}).filter(
          ([name]) => !OBJECT_FIELDS.includes(name),
        ),
      ),
    },
    'x-kubernetes-group-version-kind': [gvk(kind)],
  }
}

const OBJECT_FIELDS = ['apiVersion', 'kind', 'metadata']

export const reference = (definition: string, version: OpenApiVersion): JsonSchema => ({
  $ref: `#/${version === 2 ? 'definitions' : 'components/schemas'}/${definition}`,
})

export const gvk = ({ group, version, kind }: Pick<KindDefinition, 'group' | 'version' | 'kind'>): JsonSchema => ({
  group,
  version,
  kind,
})

function modelSchema(
  name: string,
  model: ModelSchema,
  kinds: readonly KindDefinition[],
  version: OpenApiVersion,
): JsonSchema {
  const own = kinds.filter(({ schema }) => schema === name)
  const required = Object.entries(model.fields).flatMap(([field, schema]) => (schema.required ? [field] : []))
  const properties = Object.entries(model.fields).map(
    ([field, schema]) => [field, fieldSchema(name, field, schema, version)] as const,
  )
  return {
    description: model.doc,
    ...(required.length > 0 && { required }),
    type: 'object',
    ...(properties.length > 0 && { properties: Object.fromEntries(properties) }),
    ...(own.length > 0 && { 'x-kubernetes-group-version-kind': own.map(gvk) }),
    ...(model.atomic && { 'x-kubernetes-map-type': 'atomic' }),
  }
}

function fieldSchema(model: string, name: string, field: FieldSchema, version: OpenApiVersion): JsonSchema {
  const value = valueSchema(field, isQuantity(model, name), version)
  const described = field.doc === '' ? {} : { description: field.doc }
  // A reference stands alone in JSON schema: v3 wraps it so that the field keeps its own description.
  const whole = '$ref' in value && version === 3 ? { ...described, allOf: [value] } : { ...described, ...value }
  return { ...whole, ...extensions(field) }
}

function extensions(field: FieldSchema): JsonSchema {
  return {
    ...(field.container === 'array' && { 'x-kubernetes-list-type': field.listType ?? 'atomic' }),
    ...(field.listMapKeys && { 'x-kubernetes-list-map-keys': field.listMapKeys }),
    ...(field.mapType && { 'x-kubernetes-map-type': field.mapType }),
    ...(field.patchMergeKey && { 'x-kubernetes-patch-merge-key': field.patchMergeKey }),
    ...(field.patchStrategy && { 'x-kubernetes-patch-strategy': field.patchStrategy }),
  }
}

function valueSchema(field: FieldSchema, quantity: boolean, version: OpenApiVersion): JsonSchema {
  if (field.container === 'array')
    return { type: 'array', items: wrapped(valueSchema(innerOf(field), quantity, version), version) }
  if (field.container === 'map')
    return { type: 'object', additionalProperties: wrapped(valueSchema(innerOf(field), quantity, version), version) }
  const model = modelOf(field.type)
  if (model) return reference(model.definition, version)
  if (quantity) return reference(QUANTITY, version)
  return scalarSchema(field, version)
}

const wrapped = (schema: JsonSchema, version: OpenApiVersion): JsonSchema =>
  '$ref' in schema && version === 3 ? { allOf: [schema] } : schema

function scalarSchema(field: FieldSchema, version: OpenApiVersion): JsonSchema {
  switch (field.type) {
    case 'number':
      return field.format === 'double' || field.format === undefined
        ? { type: 'number', format: 'double' }
        : { type: 'integer', format: field.format }
    case 'boolean':
      return { type: 'boolean' }
    case 'Date':
      return reference(field.format === 'micro-time' ? MICRO_TIME : TIME, version)
    case 'IntOrString':
      return reference(INT_OR_STRING, version)
    case 'string':
      return {
        type: 'string',
        ...(field.format && { format: field.format }),
        ...(field.enum && { enum: field.enum }),
        ...(field.default !== undefined && { default: field.default }),
      }
    default:
      return { type: 'object' }
  }
}

function listSchema(kind: KindDefinition, definition: string, version: OpenApiVersion): JsonSchema {
  const list = { group: kind.group, version: kind.version, kind: kind.listKind ?? `${kind.kind}List` }
  return {
    description: `${kind.kind}List is a collection of ${kind.plural} of ${apiVersion(kind)}.`,
    required: ['items'],
    type: 'object',
    properties: {
      apiVersion: { type: 'string' },
      items: { type: 'array', items: wrapped(reference(definition, version), version) },
      kind: { type: 'string' },
      metadata: wrapped(reference(`${META}.ListMeta`, version), version),
    },
    'x-kubernetes-group-version-kind': [gvk(list)],
  }
}
