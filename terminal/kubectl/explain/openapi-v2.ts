/** `explain -o plaintext-openapiv2`: the older layout (upstream: kubectl/pkg/explain, model_printer.go and formatter.go). */
import type { ResourceType } from '../api/discovery.ts'
import type { Schema, SchemaDocument } from '../api/openapi.ts'
import { KubectlError } from '../errors.ts'

const WIDTH = 80
const DESCRIPTION_INDENT = 5
const FIELD_INDENT = 3

export interface Explained {
  readonly type: ResourceType
  readonly document: SchemaDocument
  readonly path: readonly string[]
  readonly recursive: boolean
}

/** Throws KubectlError for a field that does not exist. */
export function explainInOldLayout({ type, document, path, recursive }: Explained): string {
  let reference: Schema = document.root
  for (const name of path) {
    const next = structureOf(document, reference)?.properties?.[name]
    if (!next) throw new KubectlError(`field ${JSON.stringify(name)} does not exist`)
    reference = next
  }
  const below = structureOf(document, reference)
  const version = type.group ? `${type.group}/${type.version}` : type.version
  const name = path.at(-1)
  const what = below?.properties ? 'RESOURCE:' : 'FIELD:   '
  const head = name === undefined ? '' : `${what} ${name} <${typeName(document, reference)}>\n\n`
  const words = describe(descriptions(document, reference))
  const fields = below?.properties ? `\nFIELDS:\n${fieldList(document, below, recursive)}` : ''
  return `KIND:     ${type.kind}\nVERSION:  ${version}\n\n${head}DESCRIPTION:\n${words}${fields}`
}

/** The object schema behind a reference, an array or a map. */
function structureOf(document: SchemaDocument, schema: Schema): Schema | undefined {
  const resolved = document.resolve(schema)
  if (resolved.properties) return resolved
  const inner = resolved.items ?? resolved.additionalProperties
  return typeof inner === 'object' ? structureOf(document, inner) : undefined
}

function typeName(document: SchemaDocument, schema: Schema): string {
  const resolved = document.resolve(schema)
  if (resolved.items) return `[]${typeName(document, resolved.items)}`
  const { additionalProperties } = resolved
  if (typeof additionalProperties === 'object') return `map[string]${typeName(document, additionalProperties)}`
  if (resolved.properties) return 'Object'
  if (resolved.type === 'object') return 'map[string]'
  return resolved.type ?? 'string'
}

/** What is said of the field itself, and of the type behind it. */
function descriptions(document: SchemaDocument, schema: Schema): readonly string[] {
  const inner = schema.items ?? schema.additionalProperties
  const behind = document.resolve(typeof inner === 'object' ? inner : { ...schema, description: '' })
  const texts = [schema.description, behind.description].filter((text): text is string => Boolean(text))
  return [...new Set(texts)]
}

function describe(texts: readonly string[]): string {
  const shown = texts.length > 0 ? texts : ['<empty>']
  return shown.map((text) => indented(text, DESCRIPTION_INDENT)).join('\n')
}

function fieldList(document: SchemaDocument, schema: Schema, recursive: boolean): string {
  if (recursive) return tree(document, schema, FIELD_INDENT, new Set())
  const fields = Object.entries(schema.properties ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return fields
    .map(([name, field]) => {
      const text = field.description || document.resolve(field).description || '<no description>'
      return `${line(document, schema, name, field, FIELD_INDENT)}${indented(text, DESCRIPTION_INDENT)}\n`
    })
    .join('')
}

function line(document: SchemaDocument, holder: Schema, name: string, field: Schema, indent: number): string {
  const required = holder.required?.includes(name) ? ' -required-' : ''
  return `${' '.repeat(indent)}${name}\t<${typeName(document, field)}>${required}\n`
}

function tree(document: SchemaDocument, schema: Schema, indent: number, seen: ReadonlySet<object>): string {
  const fields = Object.entries(schema.properties ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
  return fields
    .map(([name, field]) => {
      const below = structureOf(document, field)
      const open = below?.properties && !seen.has(below.properties) ? below : undefined
      const more = open?.properties
        ? tree(document, open, indent + FIELD_INDENT, new Set([...seen, open.properties]))
        : ''
      return line(document, schema, name, field, indent).replace(' -required-', '') + more
    })
    .join('')
}

function indented(text: string, indent: number): string {
  return wrapped(text, WIDTH - indent)
    .map((one) => (one === '' ? '\n' : `${' '.repeat(indent)}${one}\n`))
    .join('')
}

const BULLET = /^(?:\d+\.?|-|\*)\s/

/** Lines are joined and broken anew, but for code, lists, paragraphs and what follows a colon. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let words: string[] = []
  const flush = (): void => {
    if (words.length > 0) lines.push(words.join(' '))
    words = []
  }
  for (const part of text.split('\n')) {
    const isCode = part.startsWith('    ')
    const isGap = lines.length > 0 && part.trim() === ''
    if (isCode || isGap || words.at(-1)?.endsWith(':') || BULLET.test(part.trim()) || part.trim() === '') flush()
    if (isCode || isGap) {
      lines.push(isCode ? part : '')
      continue
    }
    for (const word of part.split(/\s+/).filter((one) => one !== '')) {
      if (words.length > 0 && [...words, word].join(' ').length > width) flush()
      words.push(word)
    }
  }
  flush()
  return lines
}
