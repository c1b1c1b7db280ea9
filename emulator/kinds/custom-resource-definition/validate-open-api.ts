import { type FieldError, field } from '../../api/field.ts'
import { itemsOf, type Schema, valuesOf } from '../../api/structural/schema.ts'
import { listMapErrors } from './validate-list-map.ts'
import { ruleDefinitionErrors } from './validate-rules.ts'

const TYPES = ['array', 'boolean', 'integer', 'number', 'object', 'string']

/** Keywords that no schema may have. */
const UNSUPPORTED = ['id', 'additionalItems', 'patternProperties', 'definitions', 'dependencies', '$ref'] as const

interface Place {
  readonly root: boolean
  /** Rules may not look at the past from here on, because this part cannot be found again in it. */
  readonly uncorrelated: string | undefined
  readonly noDefaults: string | undefined
}

/** Every keyword of a schema (upstream: ValidateCustomResourceDefinitionOpenAPISchema). */
export function openApiErrors(
  schema: Schema,
  path: string,
  place: Place = { root: true, uncorrelated: undefined, noDefaults: undefined },
): readonly FieldError[] {
  const inner = { ...place, root: false }
  const own = keywordErrors(schema, path, place)
  const nested = (list: readonly Schema[] | undefined, name: string) =>
    (list ?? []).flatMap((one, index) => openApiErrors(one, `${path}.${name}[${index}]`, inner))
  const below = [
    ...containerErrors(schema, path, place),
    ...(schema.not ? openApiErrors(schema.not, `${path}.not`, inner) : []),
    ...nested(schema.allOf, 'allOf'),
    ...nested(schema.oneOf, 'oneOf'),
    ...nested(schema.anyOf, 'anyOf'),
  ]
  const shape = [...own, ...below, ...extensionErrors(schema, path), ...listMapErrors(schema, path)]
  return [
    ...shape,
    ...ruleDefinitionErrors(schema, path, { uncorrelated: place.uncorrelated, quiet: shape.length > 0 }),
  ]
}

function keywordErrors(schema: Schema, path: string, { noDefaults }: Place): readonly FieldError[] {
  const { type } = schema
  return [
    ...(type && type !== 'null' && !TYPES.includes(type) ? [field.notSupported(`${path}.type`, type, TYPES)] : []),
    ...(schema.default !== undefined && noDefaults !== undefined
      ? [field.forbidden(`${path}.default`, `must not be set ${noDefaults}`)]
      : []),
    ...UNSUPPORTED.flatMap((keyword) =>
      schema[keyword] === undefined ? [] : [field.forbidden(`${path}.${keyword}`, `${keyword} is not supported`)],
    ),
    ...(type === 'null'
      ? [field.forbidden(`${path}.type`, 'type cannot be set to null, use nullable as an alternative')]
      : []),
    ...(Array.isArray(schema.items)
      ? [field.forbidden(`${path}.items`, 'items must be a schema object and not an array')]
      : []),
    ...(schema.uniqueItems
      ? [
          field.forbidden(
            `${path}.uniqueItems`,
            'uniqueItems cannot be set to true since the runtime complexity becomes quadratic',
          ),
        ]
      : []),
  ]
}

const META = ['metadata', 'kind', 'apiVersion']

function containerErrors(schema: Schema, path: string, place: Place): readonly FieldError[] {
  const values = valuesOf(schema)
  const items = itemsOf(schema)
  const exclusive =
    schema.additionalProperties !== undefined &&
    schema.additionalProperties !== true &&
    Object.keys(schema.properties ?? {}).length > 0
  const atomic = schema['x-kubernetes-map-type'] === 'atomic'
  const keyed = schema['x-kubernetes-list-type'] === 'map'
  const lost = (is: boolean): string | undefined => place.uncorrelated ?? (is ? path : undefined)
  return [
    ...(exclusive
      ? [field.forbidden(`${path}.additionalProperties`, 'additionalProperties and properties are mutual exclusive')]
      : []),
    ...(values ? openApiErrors(values, `${path}.additionalProperties`, { ...place, root: false }) : []),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) =>
      openApiErrors(one, `${path}.properties[${name}]`, {
        root: false,
        uncorrelated: lost(atomic),
        noDefaults: place.root && META.includes(name) ? `in top-level ${name}` : place.noDefaults,
      }),
    ),
    ...(items ? openApiErrors(items, `${path}.items`, { ...place, root: false, uncorrelated: lost(!keyed) }) : []),
  ]
}

function extensionErrors(schema: Schema, path: string): readonly FieldError[] {
  const { type = '' } = schema
  const mapType = schema['x-kubernetes-map-type']
  const listType = schema['x-kubernetes-list-type']
  const mustBe = (wanted: string, keyword: string): readonly FieldError[] => {
    const detail = `must be ${wanted} if ${keyword} is specified`
    if (type === wanted) return []
    return [type === '' ? field.required(`${path}.type`, detail) : field.invalid(`${path}.type`, type, detail)]
  }
  return [
    ...(schema['x-kubernetes-preserve-unknown-fields'] === false
      ? [field.invalid(`${path}.x-kubernetes-preserve-unknown-fields`, false, 'must be true or undefined')]
      : []),
    ...(mapType === undefined ? [] : mustBe('object', 'x-kubernetes-map-type')),
    ...(mapType === undefined || mapType === 'atomic' || mapType === 'granular'
      ? []
      : [field.notSupported(`${path}.x-kubernetes-map-type`, mapType, ['atomic', 'granular'])]),
    ...(listType === undefined ? [] : mustBe('array', 'x-kubernetes-list-type')),
    ...(listType === undefined || ['atomic', 'set', 'map'].includes(listType)
      ? []
      : [field.notSupported(`${path}.x-kubernetes-list-type`, listType, ['atomic', 'set', 'map'])]),
  ]
}
