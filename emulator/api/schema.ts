/** The schema that decoding, patches, ownership, `explain` and OpenAPI read: generated models and what they lack. */
import {
  type FieldSchema as GeneratedField,
  type ModelSchema as GeneratedModel,
  models,
  scalars,
} from '../generated/schema.js'
import type { JsonValue } from '../generated/types.ts'

export { scalars }

/** A field of a generated model, or of what a CustomResourceDefinition declares, whose structures have no names. */
export interface FieldSchema extends Omit<GeneratedField, 'default'> {
  readonly default?: JsonValue
  /** The structure itself, where no generated model stands for it. */
  readonly structure?: ModelSchema
  /** What a list or map holds, where `inner` cannot say it. */
  readonly items?: FieldSchema
}

export interface ModelSchema extends Omit<GeneratedModel, 'fields'> {
  readonly fields: { readonly [name: string]: FieldSchema }
  /** Fields of any other name, in a structure that keeps what it does not know. */
  readonly others?: FieldSchema
}

/** A model by its name ("ServicePort"); undefined for scalars and for structures without a model. */
export function modelOf(name: string): ModelSchema | undefined {
  return Object.hasOwn(models, name) ? models[name] : undefined
}

/** The structure that a field's values have. */
export function structureOf(field: FieldSchema): ModelSchema | undefined {
  return field.structure ?? modelOf(field.type)
}

/** A field of a model, or undefined if the model has none of that name. */
export function fieldOf(model: ModelSchema, name: string): FieldSchema | undefined {
  return Object.hasOwn(model.fields, name) ? model.fields[name] : model.others
}

/** The same field one container further in: the items of a list, the values of a map. */
export function innerOf(field: FieldSchema): FieldSchema {
  if (field.items) return field.items
  const { container: _outer, inner, ...rest } = field
  return inner === undefined ? rest : { ...rest, container: inner }
}

/** What a kind's fields are, as ownership sees them. */
export const rootField = (kind: { readonly schema: string; readonly fields?: () => FieldSchema }): FieldSchema =>
  kind.fields?.() ?? { type: kind.schema, doc: '' }
