import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import type {
  CustomResourceColumnDefinition,
  CustomResourceDefinitionSpec,
  CustomResourceDefinitionVersion,
  CustomResourceSubresources,
} from '../../generated/types.ts'
import { schemaDefinitionErrors } from './validate-schema.ts'
import { selectableFieldErrors } from './validate-selectable-fields.ts'

type Version = CustomResourceDefinitionVersion
type Part = 'schema' | 'subresources' | 'additionalPrinterColumns' | 'selectableFields'

/** Upstream moves what all versions have alike to the top of the spec before it looks at it, and its paths say so. */
function shared<K extends Part>({ versions }: CustomResourceDefinitionSpec, part: K): Version[K] | undefined {
  const value = versions[0]?.[part]
  return value !== undefined && versions.every((version) => jsonEqual(version[part], value)) ? value : undefined
}

/** What a version has for itself. */
export function versionErrors(
  spec: CustomResourceDefinitionSpec,
  version: Version,
  index: number,
): readonly FieldError[] {
  const path = `spec.versions[${index}]`
  const own = <K extends Part>(part: K) => (shared(spec, part) === undefined ? version[part] : undefined)
  const schema = own('schema')?.openAPIV3Schema
  const status = version.subresources?.status !== undefined
  const selectable = own('selectableFields')
  return [
    ...warningErrors(version, `${path}.deprecationWarning`),
    ...(schema ? schemaDefinitionErrors(schema, `${path}.schema.openAPIV3Schema`, status) : []),
    ...subresourceErrors(own('subresources'), `${path}.subresources`),
    ...columnsErrors(own('additionalPrinterColumns'), `${path}.additionalPrinterColumns`),
    ...(selectable && version.schema?.openAPIV3Schema
      ? selectableFieldErrors(selectable, version.schema.openAPIV3Schema, `${path}.selectableFields`)
      : []),
  ]
}

/** What all versions have alike. */
export function wholeSpecErrors(spec: CustomResourceDefinitionSpec): readonly FieldError[] {
  const schema = shared(spec, 'schema')?.openAPIV3Schema
  const status = spec.versions.some(({ subresources }) => subresources?.status !== undefined)
  const selectable = shared(spec, 'selectableFields')
  return [
    ...(schema ? schemaDefinitionErrors(schema, 'spec.validation.openAPIV3Schema', status) : []),
    ...subresourceErrors(shared(spec, 'subresources'), 'spec.subresources'),
    ...columnsErrors(shared(spec, 'additionalPrinterColumns'), 'spec.additionalPrinterColumns'),
    ...(selectable && schema ? selectableFieldErrors(selectable, schema, 'spec.selectableFields') : []),
  ]
}

function warningErrors({ deprecated, deprecationWarning }: Version, path: string): readonly FieldError[] {
  if (deprecationWarning === undefined) return []
  const errors = [
    ...(deprecated ? [] : ['can only be set for deprecated versions']),
    ...(deprecated && deprecationWarning.length > 256 ? ['must be <= 256 characters long'] : []),
    ...(deprecated && deprecationWarning === '' ? ['must not be an empty string'] : []),
  ]
  return errors.map((detail) => field.invalid(path, deprecationWarning, detail))
}

function subresourceErrors(subresources: CustomResourceSubresources | undefined, path: string): readonly FieldError[] {
  const scale = subresources?.scale
  if (!scale) return []
  const { specReplicasPath, statusReplicasPath, labelSelectorPath } = scale
  return [
    ...pathErrors(specReplicasPath, `${path}.scale.specReplicasPath`, ['.spec.'], '.spec'),
    ...pathErrors(statusReplicasPath, `${path}.scale.statusReplicasPath`, ['.status.'], '.status'),
    ...(labelSelectorPath
      ? pathErrors(
          labelSelectorPath,
          `${path}.scale.labelSelectorPath`,
          ['.spec.', '.status.'],
          'either .spec or .status',
        )
      : []),
  ]
}

function pathErrors(value: string, path: string, starts: readonly string[], where: string): readonly FieldError[] {
  if (value === '') return [field.required(path)]
  const simple = simplePathErrors(value, path)
  if (simple.length > 0) return simple
  return starts.some((start) => value.startsWith(start))
    ? []
    : [field.invalid(path, value, `should be a json path under ${where}`)]
}

const simplePathErrors = (value: string, path: string): readonly FieldError[] =>
  value.startsWith('.') ? [] : [field.invalid(path, value, 'must be a simple json path starting with .')]

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string']
const COLUMN_FORMATS = ['byte', 'date', 'date-time', 'double', 'float', 'int32', 'int64', 'password']

const columnsErrors = (
  columns: readonly CustomResourceColumnDefinition[] | undefined,
  path: string,
): readonly FieldError[] => (columns ?? []).flatMap((column, index) => columnErrors(column, `${path}[${index}]`))

function columnErrors(
  { name, type, format, jsonPath }: CustomResourceColumnDefinition,
  path: string,
): readonly FieldError[] {
  const types = `must be one of ${COLUMN_TYPES.join(',')}`
  return [
    ...(name ? [] : [field.required(`${path}.name`)]),
    ...(type ? [] : [field.required(`${path}.type`, types)]),
    ...(type && !COLUMN_TYPES.includes(type) ? [field.invalid(`${path}.type`, type, types)] : []),
    ...(format && !COLUMN_FORMATS.includes(format)
      ? [field.invalid(`${path}.format`, format, `must be one of ${COLUMN_FORMATS.join(',')}`)]
      : []),
    ...(jsonPath ? simplePathErrors(jsonPath, `${path}.JSONPath`) : [field.required(`${path}.JSONPath`)]),
  ]
}
