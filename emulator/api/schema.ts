/** The schema that decoding, patches, ownership, `explain` and OpenAPI read: generated models and what they lack. */
import { type FieldSchema, type ModelSchema, models, scalars } from '../generated/schema.js'

export type { FieldSchema, ModelSchema }
export { scalars }

/** A model by its name ("ServicePort"); undefined for scalars and for structures without a model. */
export function modelOf(name: string): ModelSchema | undefined {
  return Object.hasOwn(models, name) ? models[name] : undefined
}

/** A field of a model, or undefined if the model has none of that name. */
export function fieldOf(model: ModelSchema, name: string): FieldSchema | undefined {
  return Object.hasOwn(model.fields, name) ? model.fields[name] : undefined
}

/** The same field one container further in: the items of a list, the values of a map. */
export function innerOf(field: FieldSchema): FieldSchema {
  const { container: _outer, inner, ...rest } = field
  return inner === undefined ? rest : { ...rest, container: inner }
}
