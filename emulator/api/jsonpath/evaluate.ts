/** Applies a parsed path to a value (upstream: client-go/util/jsonpath/jsonpath.go). */
import { goMap } from '../go-text.ts'
import type { JsonValue } from '../types.ts'
import { JsonPathError, type PathNode } from './nodes.ts'

export interface EvaluateOptions {
  /** Missing fields give nothing instead of an error. */
  readonly allowMissing: boolean
}
type Value = JsonValue

/** One list of values for every text or action that prints something, loops unrolled. Throws JsonPathError. */
export function findResults(
  pieces: readonly PathNode[],
  data: Value,
  options: EvaluateOptions,
): readonly (readonly Value[])[] {
  return run(pieces, 0, data, options, false).results
}

/** Runs pieces from `from` to the end, or to the matching `{end}` inside a loop. */
function run(
  pieces: readonly PathNode[],
  from: number,
  data: Value,
  options: EvaluateOptions,
  inLoop: boolean,
): { readonly results: readonly (readonly Value[])[]; readonly next: number } {
  const results: (readonly Value[])[] = []
  let i = from
  while (i < pieces.length) {
    const piece = pieces[i]
    if (!piece) break
    const word = keyword(piece)
    if (word === 'end') {
      if (!inLoop) throw new JsonPathError('not in range, nothing to end')
      return { results, next: i + 1 }
    }
    if (word === 'range' && piece.kind === 'list') {
      const values = walkList(piece.nodes.slice(1), [data], options)
      let next = run(pieces, i + 1, null, { allowMissing: true }, true).next
      for (const value of values) {
        const body = run(pieces, i + 1, value, options, true)
        results.push(...body.results)
        next = body.next
      }
      i = next
      continue
    }
    results.push(walk(piece, [data], options))
    i++
  }
  return { results, next: i }
}

function keyword(piece: PathNode): string | undefined {
  const first = piece.kind === 'list' ? piece.nodes[0] : undefined
  return first?.kind === 'identifier' && (first.name === 'range' || first.name === 'end') ? first.name : undefined
}

function walkList(nodes: readonly PathNode[], input: readonly Value[], options: EvaluateOptions): readonly Value[] {
  return nodes.reduce((values, node) => walk(node, values, options), input)
}

function walk(node: PathNode, input: readonly Value[], options: EvaluateOptions): readonly Value[] {
  switch (node.kind) {
    case 'text':
      return [node.text]
    case 'literal':
      return [node.value]
    case 'list':
      return walkList(node.nodes, input, options)
    case 'identifier':
      throw new JsonPathError(`unrecognized identifier ${node.name}`)
    case 'field':
      return fields(node.name, input, options)
    case 'wildcard':
      return input.flatMap(children)
    case 'recursive':
      return input.flatMap(descend)
    case 'slice':
      return input.flatMap((value) => slice(node, value))
    case 'union':
      return node.members.flatMap((member) => walk(member, input, options))
    case 'filter':
      return input.flatMap((value) => filter(node, value, options))
  }
}

function fields(name: string, input: readonly Value[], options: EvaluateOptions): readonly Value[] {
  if (input.length === 0) return []
  const found = input.flatMap((value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    if (!Object.hasOwn(value, name)) return []
    return [(value as { readonly [key: string]: Value })[name] ?? null]
  })
  if (found.length === 0 && !options.allowMissing) throw new JsonPathError(`${name} is not found`)
  return found
}

function children(value: Value): readonly Value[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value)) return value
  return Object.keys(value)
    .sort()
    .map((key) => (value as { readonly [key: string]: Value })[key] ?? null)
}

/** The value itself and every collection below it. */
function descend(value: Value): readonly Value[] {
  const below = children(value)
  return below.length === 0 ? [] : [value, ...below.flatMap(descend)]
}

function slice(node: Extract<PathNode, { kind: 'slice' }>, value: Value): readonly Value[] {
  if (value === null) return []
  if (!Array.isArray(value)) throw new JsonPathError(`${goType(value)} is not array or slice`)
  const { length } = value
  let start = node.start ?? 0
  if (start < 0) start += length
  let end = node.end ?? length
  if (end < 0 || (end === 0 && node.derivedEnd)) end += length
  if (start === end) return []
  const outside = (index: number) => new JsonPathError(`array index out of bounds: index ${index}, length ${length}`)
  if (start >= length || start < 0) throw outside(start)
  if (end > length || end < 0) throw outside(end - 1)
  if (start > end) throw new JsonPathError(`starting index ${start} is greater than ending index ${end}`)
  const step = node.step ?? 1
  if (step <= 0) throw new JsonPathError('step must be > 0')
  return value.slice(start, end).filter((_, i) => i % step === 0)
}

function filter(node: Extract<PathNode, { kind: 'filter' }>, value: Value, options: EvaluateOptions): readonly Value[] {
  if (value === null) return []
  if (!Array.isArray(value)) throw new JsonPathError(`${goMap(value)} is not array or slice and cannot be filtered`)
  return value.filter((item: Value) => {
    const left = walk(node.left, [item], { ...options, allowMissing: true })
    if (node.operator === 'exists') return left.length > 0
    if (left.length === 0) return false
    const right = walk(node.right, [item], { ...options, allowMissing: true })
    if (right.length === 0) return false
    if (left.length > 1 || right.length > 1) throw new JsonPathError('can only compare one element at a time')
    return compare(left[0] ?? null, node.operator, right[0] ?? null)
  })
}

function compare(left: Value, operator: string, right: Value): boolean {
  if (typeof left !== typeof right) throw new JsonPathError('incompatible types for comparison')
  if (typeof left === 'object' || typeof right === 'object') throw new JsonPathError('invalid type for comparison')
  switch (operator) {
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '<=':
      return left <= right
    case '>':
      return left > right
    case '>=':
      return left >= right
    default:
      throw new JsonPathError(`unrecognized filter operator ${operator}`)
  }
}

/** The type that Go's decoder gives a value. */
function goType(value: JsonValue): string {
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64'
  return 'map[string]interface {}'
}
