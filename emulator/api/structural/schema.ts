/** Structural schemas: what a CustomResourceDefinition says its objects look like (upstream: apiextensions-apiserver/pkg/apiserver/schema). */
import type { JSONSchemaProps } from '../../generated/types.ts'
import { isRecord } from '../json.ts'

export type Schema = JSONSchemaProps

/** A JSON object whose fields nobody knows yet. */
export type Json = Readonly<Record<string, unknown>>

/** What a list's items look like. */
export const itemsOf = ({ items }: Schema): Schema | undefined => (isRecord(items) ? (items as Schema) : undefined)

/** What the values of a map look like; undefined for `true`, which says nothing of them. */
export const valuesOf = ({ additionalProperties }: Schema): Schema | undefined =>
  isRecord(additionalProperties) ? (additionalProperties as Schema) : undefined

/** Is this a map: an object whose field names are the learner's? */
export const isMap = ({ additionalProperties }: Schema): boolean =>
  additionalProperties !== undefined && additionalProperties !== false

/** The schema of one field; undefined for one that is not declared. */
export function propertyOf({ properties }: Schema, name: string): Schema | undefined {
  return properties && Object.hasOwn(properties, name) ? properties[name] : undefined
}

/** Does the object keep fields that the schema does not name? */
export const keepsUnknown = (schema: Schema): boolean => schema['x-kubernetes-preserve-unknown-fields'] === true

/** Is the value an object with an apiVersion, a kind and metadata of its own? */
export const isEmbedded = (schema: Schema): boolean => schema['x-kubernetes-embedded-resource'] === true

export const isIntOrString = (schema: Schema): boolean => schema['x-kubernetes-int-or-string'] === true

/** A child's path as field errors spell it: `spec.rules`. */
export const childPath = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)
