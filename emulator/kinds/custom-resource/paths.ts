/** Simple paths into an object: `.spec.replicas`, as scale and selectable fields name them. */
import { isRecord } from '../../api/json.ts'
import type { KubeObject } from '../../api/types.ts'

/** The names in a path. */
export const namesIn = (path: string): readonly string[] => path.replace(/^\./, '').split('.')

/** What stands there, or undefined. */
export function valueIn(object: unknown, names: readonly string[]): unknown {
  let value = object
  for (const name of names) value = isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
  return value
}

/** The object with another value there; what is missing on the way is made. */
export function withValueIn(object: KubeObject, names: readonly string[], value: unknown): KubeObject {
  return replaced(object, names, value) as KubeObject
}

function replaced(object: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value
  const fields = isRecord(object) ? object : {}
  const inner = Object.hasOwn(fields, name) ? fields[name] : undefined
  return { ...fields, [name]: replaced(inner, rest, value) }
}
