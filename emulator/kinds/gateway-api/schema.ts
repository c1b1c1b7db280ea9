/** Small pieces of which the schemas of the Gateway API are put together. */
import type {
  CustomResourceColumnDefinition,
  JSONSchemaProps,
  JsonValue,
  ValidationRule,
} from '../../generated/types.ts'

export type Schema = JSONSchemaProps
type More = Partial<Omit<Schema, 'description' | 'type' | 'properties' | 'items'>>

export const text = (description: string, more: More = {}): Schema => ({ description, ...more, type: 'string' })

export const integer = (description: string, minimum: number, maximum: number, more: More = {}): Schema => ({
  description,
  format: 'int32',
  maximum,
  minimum,
  ...more,
  type: 'integer',
})

export const flag = (description: string): Schema => ({ description, type: 'boolean' })

export function object(
  description: string,
  properties: { readonly [name: string]: Schema },
  required: readonly string[] = [],
  more: More = {},
): Schema {
  return { description, properties, ...(required.length > 0 && { required }), type: 'object', ...more }
}

/** A list that is owned as one value. */
export const list = (description: string, items: Schema, maxItems: number, more: More = {}): Schema => ({
  description,
  items: items as JsonValue,
  maxItems,
  type: 'array',
  'x-kubernetes-list-type': 'atomic',
  ...more,
})

/** A list whose items have names of their own. */
export const keyed = (
  description: string,
  items: Schema,
  keys: readonly string[],
  maxItems: number,
  more: More = {},
): Schema => ({
  description,
  items: items as JsonValue,
  maxItems,
  type: 'array',
  'x-kubernetes-list-map-keys': keys,
  'x-kubernetes-list-type': 'map',
  ...more,
})

export const map = (description: string, values: Schema, maxProperties: number): Schema => ({
  additionalProperties: values as JsonValue,
  description,
  maxProperties,
  type: 'object',
})

export const rules = (...pairs: readonly (readonly [rule: string, message: string])[]): More => ({
  'x-kubernetes-validations': pairs.map(([rule, message]): ValidationRule => ({ message, rule })),
})

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`

export const patterns = {
  group: `^$|^${SUBDOMAIN}$`,
  kind: '^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$',
  namespace: `^${LABEL}$`,
  section: `^${SUBDOMAIN}$`,
  hostname: `^(\\*\\.)?${SUBDOMAIN}$`,
  preciseHostname: `^${SUBDOMAIN}$`,
  headerName: "^[A-Za-z0-9!#$%&'*+\\-.^_\\x60|~]+$",
  duration: '^([0-9]{1,5}(h|m|s|ms)){1,4}$',
  controller: `^${SUBDOMAIN}\\/[A-Za-z0-9\\/\\-._~%!$&'()*+,;=:]+$`,
} as const

export const hostname = (description: string): Schema =>
  text(description, { maxLength: 253, minLength: 1, pattern: patterns.hostname })
export const sectionName = (description: string): Schema =>
  text(description, { maxLength: 253, minLength: 1, pattern: patterns.section })
export const duration = (description: string): Schema => text(description, { pattern: patterns.duration })
export const port = (description: string): Schema => integer(description, 1, 65535)

export const group = (more: More = {}): Schema =>
  text('API group of what is referred to; empty for the core group.', {
    maxLength: 253,
    pattern: patterns.group,
    ...more,
  })
export const kind = (more: More = {}): Schema =>
  text('Kind of what is referred to.', { maxLength: 63, minLength: 1, pattern: patterns.kind, ...more })
export const objectName = (): Schema => text('Name of what is referred to.', { maxLength: 253, minLength: 1 })
export const namespace = (): Schema =>
  text('Namespace of what is referred to; the own namespace when left out.', {
    maxLength: 63,
    minLength: 1,
    pattern: patterns.namespace,
  })

export const ageColumn: CustomResourceColumnDefinition = {
  jsonPath: '.metadata.creationTimestamp',
  name: 'Age',
  type: 'date',
}
export const column = (name: string, jsonPath: string, priority?: number): CustomResourceColumnDefinition => ({
  jsonPath,
  name,
  ...(priority !== undefined && { priority }),
  type: 'string',
})
export const conditionColumn = (type: string): CustomResourceColumnDefinition =>
  column(type, `.status.conditions[?(@.type=="${type}")].status`)
