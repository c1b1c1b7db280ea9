/** YAML to JSON values, with the resolution rules and messages of sigs.k8s.io/yaml. */
import { goSyntax } from '../print/go-format.ts'
import { resolvePlain, resolveTagged } from './resolve.ts'
import { Scanner } from './scanner.ts'
import { type Mark, type Token, YamlError } from './tokens.ts'

/** A value as JSON holds it. Mappings are null-prototype objects: learners choose their keys. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** Parser errors name the line before the one at fault, scanner errors the line itself: Go's YAML does so. */
const parseError = (problem: string, at: Mark) => new YamlError(problem, at.line)

/** A merge key (`<<`) lets its mapping's entries through where the outer one has none. */
const MERGE = '<<'
/** Aliases may not blow a small text up: more nodes than this is refused. */
const MAX_NODES = 400_000
/** Deeper nesting is refused, as the API server here does; Go's YAML stops at 10000. */
const MAX_DEPTH = 500

/** The first document of `text`; undefined if it holds nothing. Throws YamlError. */
export function parseYaml(text: string): Json | undefined {
  const parser = new Parser(text)
  return parser.document()
}

class Parser {
  readonly #scanner: Scanner
  readonly #anchors = new Map<string, Json>()
  /** Anchors whose value is being read. */
  readonly #open = new Set<string>()
  #nodes = 0
  #depth = 0

  constructor(text: string) {
    this.#scanner = new Scanner(text)
  }

  document(): Json | undefined {
    while (this.#is('document-end') || this.#is('directive')) this.#scanner.next()
    if (this.#is('stream-end')) return undefined
    const explicit = this.#is('document-start')
    if (explicit) this.#scanner.next()
    const value =
      this.#is('stream-end') || this.#is('document-end') || this.#is('document-start') ? null : this.#node(false)
    if (!this.#is('stream-end') && !this.#is('document-end') && !this.#is('document-start'))
      throw parseError('did not find expected <document start>', this.#scanner.peek().start)
    return value
  }

  #is(kind: Token['kind']): boolean {
    return this.#scanner.peek().kind === kind
  }

  #node(indentlessAllowed: boolean): Json {
    if (++this.#depth > MAX_DEPTH)
      throw new YamlError(`exceeded max depth of ${MAX_DEPTH}`, this.#scanner.peek().start.line)
    try {
      return this.#tagged(indentlessAllowed)
    } finally {
      this.#depth--
    }
  }

  #tagged(indentlessAllowed: boolean): Json {
    if (++this.#nodes > MAX_NODES) throw new YamlError('document contains excessive aliasing', 0)
    const start = this.#scanner.peek()
    if (start.kind === 'alias') return this.#alias(this.#scanner.next())
    let anchor: string | undefined
    let tag: string | undefined
    while (this.#is('anchor') || this.#is('tag')) {
      const token = this.#scanner.next()
      if (token.kind === 'anchor') anchor = token.value
      else tag = token.value
    }
    if (anchor !== undefined) this.#open.add(anchor)
    const value = this.#content(indentlessAllowed, tag, anchor !== undefined || tag !== undefined, start)
    if (anchor !== undefined) {
      this.#open.delete(anchor)
      this.#anchors.set(anchor, value)
    }
    return value
  }

  #alias(token: Token): Json {
    const value = this.#anchors.get(token.value)
    if (this.#open.has(token.value)) throw new YamlError(`anchor '${token.value}' value contains itself`, 0)
    if (value === undefined) throw new YamlError(`unknown anchor '${token.value}' referenced`, 0)
    this.#nodes += countNodes(value)
    if (this.#nodes > MAX_NODES) throw new YamlError('document contains excessive aliasing', 0)
    return value
  }

  #content(indentlessAllowed: boolean, tag: string | undefined, mayBeEmpty: boolean, start: Token): Json {
    const token = this.#scanner.peek()
    if (indentlessAllowed && token.kind === 'block-entry') return this.#indentlessSequence()
    switch (token.kind) {
      case 'scalar':
        this.#scanner.next()
        return tag ? resolveTagged(token.value, tag) : token.plain ? resolvePlain(token.value) : token.value
      case 'flow-sequence-start':
        return this.#flowSequence()
      case 'flow-mapping-start':
        return this.#flowMapping()
      case 'block-sequence-start':
        return this.#blockSequence()
      case 'block-mapping-start':
        return this.#blockMapping()
      default:
        if (mayBeEmpty) return tag ? resolveTagged('', tag) : null
        throw parseError('did not find expected node content', start.start)
    }
  }

  #blockSequence(): Json {
    this.#scanner.next()
    const items: Json[] = []
    while (this.#is('block-entry')) {
      this.#scanner.next()
      items.push(this.#is('block-entry') || this.#is('block-end') ? null : this.#node(false))
    }
    if (!this.#is('block-end')) throw parseError("did not find expected '-' indicator", this.#scanner.peek().start)
    this.#scanner.next()
    return items
  }

  #indentlessSequence(): Json {
    const items: Json[] = []
    while (this.#is('block-entry')) {
      this.#scanner.next()
      const empty = this.#is('block-entry') || this.#is('key') || this.#is('value') || this.#is('block-end')
      items.push(empty ? null : this.#node(false))
    }
    return items
  }

  #blockMapping(): Json {
    this.#scanner.next()
    const mapping = new MappingBuilder()
    while (!this.#is('block-end')) {
      const at = this.#scanner.peek()
      if (at.kind !== 'key' && at.kind !== 'value') throw parseError('did not find expected key', at.start)
      let key: Json = null
      if (at.kind === 'key') {
        this.#scanner.next()
        if (!this.#is('key') && !this.#is('value') && !this.#is('block-end')) key = this.#node(true)
      }
      let value: Json = null
      if (this.#is('value')) {
        this.#scanner.next()
        if (!this.#is('key') && !this.#is('value') && !this.#is('block-end')) value = this.#node(true)
      }
      mapping.add(key, value)
    }
    this.#scanner.next()
    return mapping.finish()
  }

  #flowSequence(): Json {
    this.#scanner.next()
    const items: Json[] = []
    let first = true
    while (!this.#is('flow-sequence-end')) {
      if (!first) {
        if (!this.#is('flow-entry')) throw parseError("did not find expected ',' or ']'", this.#scanner.peek().start)
        this.#scanner.next()
        if (this.#is('flow-sequence-end')) break
      }
      first = false
      items.push(this.#is('key') ? this.#singlePair() : this.#node(false))
    }
    this.#scanner.next()
    return items
  }

  /** `[a: b]` holds a mapping of one entry. */
  #singlePair(): Json {
    this.#scanner.next()
    const mapping = new MappingBuilder()
    const key = this.#is('value') ? null : this.#node(false)
    mapping.add(key, this.#flowValue('flow-sequence-end'))
    return mapping.finish()
  }

  #flowValue(end: Token['kind']): Json {
    if (!this.#is('value')) return null
    this.#scanner.next()
    return this.#is('flow-entry') || this.#is(end) ? null : this.#node(false)
  }

  #flowMapping(): Json {
    this.#scanner.next()
    const mapping = new MappingBuilder()
    let first = true
    while (!this.#is('flow-mapping-end')) {
      if (!first) {
        if (!this.#is('flow-entry')) throw parseError("did not find expected ',' or '}'", this.#scanner.peek().start)
        this.#scanner.next()
        if (this.#is('flow-mapping-end')) break
      }
      first = false
      const at = this.#scanner.peek()
      if (at.kind === 'key') this.#scanner.next()
      const empty = this.#is('value') || this.#is('flow-entry') || this.#is('flow-mapping-end')
      const key = at.kind === 'key' && empty ? null : this.#node(false)
      mapping.add(key, this.#flowValue('flow-mapping-end'))
    }
    this.#scanner.next()
    return mapping.finish()
  }
}

/** Collects a mapping's entries; a key set twice keeps its last value, as in kubectl; merge keys apply last. */
class MappingBuilder {
  readonly #entries: { [key: string]: Json } = Object.create(null)
  readonly #merged: Json[] = []

  add(key: Json, value: Json): void {
    if (key === MERGE) {
      this.#merged.push(...(Array.isArray(value) ? value : [value]))
      return
    }
    if (typeof key === 'object' && key !== null) throw new YamlError(`invalid map key: ${goKey(key)}`, 0)
    const name = key === null ? 'null' : String(key)
    this.#entries[name] = value
  }

  finish(): Json {
    for (const source of this.#merged) {
      if (typeof source !== 'object' || source === null || Array.isArray(source))
        throw new YamlError('map merge requires map or sequence of maps as the value', 0)
      for (const [key, value] of Object.entries(source)) if (!(key in this.#entries)) this.#entries[key] = value
    }
    return this.#entries
  }
}

/** A key that is no scalar, as Go's %#v shows it. */
function goKey(key: Json): string {
  return goSyntax(key).replaceAll('map[string]interface {}', 'map[interface {}]interface {}')
}

function countNodes(value: Json): number {
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, item) => sum + countNodes(item), 1)
}
