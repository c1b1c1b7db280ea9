/** JSON patch (RFC 6902), with the texts of the library that upstream uses (evanphx/json-patch). */
import { isRecord, jsonEqual } from '../json.ts'

export type PatchResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string }

/** Upstream refuses longer patches (JSONPatchMaxCopyBytes and maxJSONPatchOperations). */
export const MAX_OPERATIONS = 10_000

class PatchProblem extends Error {}

/** Applies the operations in order; the first that fails spoils the whole. Never throws. */
export function jsonPatch(target: unknown, operations: unknown): PatchResult {
  if (!Array.isArray(operations)) return { ok: false, message: 'a JSON patch must be a list of operations' }
  try {
    return { ok: true, value: operations.reduce(applyOperation, target) }
  } catch (error) {
    if (error instanceof PatchProblem) return { ok: false, message: error.message }
    throw error
  }
}

function applyOperation(document: unknown, operation: unknown): unknown {
  if (!isRecord(operation)) throw new PatchProblem('unexpected kind: unknown')
  const { op, path } = operation
  if (typeof path !== 'string') throw new PatchProblem(`${String(op)} operation does not apply: missing path`)
  const at = pointer(path)
  switch (op) {
    case 'add':
      return change(document, at, { kind: 'add', value: required(operation, 'value') }, describe('add', path))
    case 'replace':
      return change(document, at, { kind: 'replace', value: required(operation, 'value') }, describe('replace', path))
    case 'remove':
      return change(document, at, { kind: 'remove' }, describe('remove', path))
    case 'test': {
      const found = read(document, at)
      if (found !== MISSING && jsonEqual(found, operation.value ?? null)) return document
      if (found === MISSING && (operation.value ?? null) === null) return document
      throw new PatchProblem(`testing value ${path} failed: test failed`)
    }
    case 'move':
    case 'copy':
      return moveOrCopy(document, op, operation, at)
    default:
      throw new PatchProblem(`Unexpected kind: ${String(op)}`)
  }
}

function moveOrCopy(
  document: unknown,
  op: 'move' | 'copy',
  operation: Readonly<Record<string, unknown>>,
  at: readonly string[],
): unknown {
  if (typeof operation.from !== 'string') throw new PatchProblem(`${op} operation does not apply: missing from`)
  const from = pointer(operation.from)
  const value = read(document, from)
  if (value === MISSING) throw new PatchProblem(`${describe(op, operation.from)}: missing value`)
  const without = op === 'move' ? change(document, from, { kind: 'remove' }, describe(op, operation.from)) : document
  return change(without, at, { kind: 'add', value }, describe(op, String(operation.path)))
}

const describe = (op: string, path: string): string => `${op} operation does not apply: doc is missing path: ${path}`

function required(operation: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(operation, name) ? operation[name] : null
}

function pointer(path: string): readonly string[] {
  if (path === '') return []
  return path
    .split('/')
    .slice(path.startsWith('/') ? 1 : 0)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

const MISSING = Symbol('missing')

function read(document: unknown, at: readonly string[]): unknown {
  let value = document
  for (const part of at) {
    if (Array.isArray(value)) value = /^\d+$/.test(part) && Number(part) < value.length ? value[Number(part)] : MISSING
    else value = isRecord(value) && Object.hasOwn(value, part) ? value[part] : MISSING
    if (value === MISSING) return MISSING
  }
  return value
}

type Change = { readonly kind: 'add' | 'replace'; readonly value: unknown } | { readonly kind: 'remove' }

function change(document: unknown, at: readonly string[], what: Change, problem: string): unknown {
  const [head, ...rest] = at
  if (head === undefined) {
    if (what.kind === 'remove') throw new PatchProblem(problem)
    return what.value
  }
  if (Array.isArray(document)) return changeList(document, head, rest, what, problem)
  if (!isRecord(document)) throw new PatchProblem(problem)
  const entries = new Map(Object.entries(document))
  if (rest.length > 0) {
    if (!entries.has(head)) throw new PatchProblem(`${problem}: missing value`)
    entries.set(head, change(entries.get(head), rest, what, problem))
  } else if (what.kind === 'add') entries.set(head, what.value)
  else if (!entries.has(head)) throw new PatchProblem(`${problem}: missing value`)
  else if (what.kind === 'replace') entries.set(head, what.value)
  else entries.delete(head)
  return Object.fromEntries(entries)
}

function changeList(
  list: readonly unknown[],
  head: string,
  rest: readonly string[],
  what: Change,
  problem: string,
): unknown {
  const append = head === '-' && what.kind === 'add' && rest.length === 0
  if (!append && !/^(0|[1-9]\d*)$/.test(head)) throw new PatchProblem(problem)
  const index = append ? list.length : Number(head)
  const last = what.kind === 'add' && rest.length === 0 ? list.length : list.length - 1
  if (index > last) throw new PatchProblem(`${problem}: invalid index referenced`)
  if (rest.length > 0) return list.with(index, change(list[index], rest, what, problem))
  if (what.kind === 'add') return list.toSpliced(index, 0, what.value)
  return what.kind === 'remove' ? list.toSpliced(index, 1) : list.with(index, what.value)
}
