/** RFC 6902 as kustomize applies it, with the messages of the library it uses (evanphx/json-patch). */
import { KubectlError } from '../errors.ts'
import { equal } from '../resources/merge-patch.ts'
import type { Json } from '../yaml/parse.ts'
import { isMapping, type Mapping, textOf } from './values.ts'

/** Throws KubectlError. */
export function applyJsonPatch(object: Mapping, operations: readonly Mapping[]): Mapping {
  let result: Json = object
  for (const operation of operations) result = applyOne(result, operation)
  return result as Mapping
}

function applyOne(root: Json, { op, path, from, value }: Mapping): Json {
  const target = textOf(path)
  switch (op) {
    case 'add':
      return setAt(root, segments(target), value ?? null, 'add', target)
    case 'replace':
      return setAt(root, segments(target), value ?? null, 'replace', target)
    case 'remove':
      return removeAt(root, segments(target), target)
    case 'move': {
      const moved = valueAt(root, segments(textOf(from)))
      if (moved === undefined) throw missing('move', textOf(from))
      return setAt(removeAt(root, segments(textOf(from)), target), segments(target), moved, 'add', target)
    }
    case 'copy': {
      const copied = valueAt(root, segments(textOf(from)))
      if (copied === undefined) throw missing('copy', textOf(from))
      return setAt(root, segments(target), copied, 'add', target)
    }
    case 'test':
      if (equal(valueAt(root, segments(target)), value)) return root
      throw new KubectlError(`testing value ${target} failed: test failed`)
    default:
      throw new KubectlError(`Unexpected kind: ${textOf(op)}`)
  }
}

function segments(path: string): readonly string[] {
  return path
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function missing(operation: string, path: string): KubectlError {
  const key = segments(path).at(-1) ?? ''
  if (operation === 'remove')
    return new KubectlError(
      `error in remove for path: '${path}': Unable to remove nonexistent key: ${key}: missing value`,
    )
  return new KubectlError(`${operation} operation does not apply: doc is missing key: ${path}: missing value`)
}

function valueAt(value: Json | undefined, [key, ...rest]: readonly string[]): Json | undefined {
  if (key === undefined) return value
  if (Array.isArray(value)) return valueAt(value[Number(key)], rest)
  return isMapping(value) ? valueAt(value[key], rest) : undefined
}

function setAt(value: Json, [key, ...rest]: readonly string[], item: Json, operation: string, path: string): Json {
  if (key === undefined) return item
  if (Array.isArray(value)) {
    const index = key === '-' ? value.length : Number(key)
    if (!Number.isInteger(index) || index > value.length || index < 0)
      throw new KubectlError(
        `${operation} operation does not apply: error in ${operation} for path: '${path}': Unable to access invalid index: ${key}: invalid index referenced`,
      )
    const copy = [...value]
    if (rest.length > 0) copy[index] = setAt(copy[index] ?? null, rest, item, operation, path)
    else copy.splice(index, operation === 'replace' ? 1 : 0, item)
    return copy
  }
  if (!isMapping(value) || (rest.length > 0 && value[key] === undefined))
    throw new KubectlError(
      `${operation} operation does not apply: doc is missing path: ${JSON.stringify(path)}: missing value`,
    )
  return { ...value, [key]: rest.length > 0 ? setAt(value[key] ?? null, rest, item, operation, path) : item }
}

function removeAt(value: Json, [key, ...rest]: readonly string[], path: string): Json {
  if (key === undefined) return value
  if (isMapping(value) && rest.length > 0 && value[key] === undefined)
    throw new KubectlError(
      `remove operation does not apply: doc is missing path: ${JSON.stringify(path)}: missing value`,
    )
  if (Array.isArray(value)) {
    const index = Number(key)
    if (!(index in value))
      throw new KubectlError(
        `error in remove for path: '${path}': Unable to access invalid index: ${key}: invalid index referenced`,
      )
    return rest.length > 0
      ? value.map((item, i) => (i === index ? removeAt(item, rest, path) : item))
      : value.filter((_, i) => i !== index)
  }
  if (!isMapping(value) || value[key] === undefined) throw missing('remove', path)
  if (rest.length > 0) return { ...value, [key]: removeAt(value[key] ?? null, rest, path) }
  const { [key]: _, ...others } = value
  return others
}
