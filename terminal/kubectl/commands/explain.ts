import { Discovery, type ResourceType } from '../api/discovery.ts'
import { type Schema, type SchemaDocument, schemaFor } from '../api/openapi.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { explainInOldLayout } from '../explain/openapi-v2.ts'

export const explain = defineSubcommand({
  name: 'explain',
  group: 'Basic Commands (Intermediate):',
  summary: 'Get documentation for a resource',
  long: 'Describe fields and structure of various resources.\n\n Fields are named by their path: TYPE.FIELD.FIELD.',
  examples: [
    '# A resource and its fields',
    'kubectl explain services',
    '',
    '# One field',
    'kubectl explain service.spec.type',
    '',
    '# The whole structure',
    'kubectl explain service --recursive',
  ],
  usage: 'TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]',
  flags: {
    'api-version': { kind: 'string', default: '', summary: 'Group and version to explain, e.g. networking.k8s.io/v1.' },
    output: {
      kind: 'string',
      shorthand: 'o',
      default: 'plaintext',
      summary: 'Format: plaintext or plaintext-openapiv2.',
    },
    recursive: {
      kind: 'bool',
      shorthand: 'r',
      default: false,
      summary: 'Print the names of all fields below, without documentation.',
    },
  },
  run: async ({ args, api, flags, context }) => {
    const [word, ...more] = args
    if (word === undefined)
      throw new KubectlError(
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
      )
    if (more.length > 0) throw new KubectlError('We accept only this format: explain RESOURCE')
    if (word.startsWith('.') || /\[\d/.test(word))
      throw new KubectlError('invalid jsonpath syntax, first node must be field node')
    const parts = word.split('.').filter((part) => part !== '')
    const discovery = new Discovery(api, 2)
    const { name, path } = resourceAndPath(discovery, parts)
    const type = typeFor(discovery, name, flags.optional('api-version'))
    const document = schemaFor(api, type)
    if (!document)
      throw new KubectlError(`couldn't find resource for "${type.group}/${type.version}, Kind=${type.kind}"`)
    const layout = flags.string('output')
    if (layout === 'plaintext-openapiv2') {
      context.out(explainInOldLayout({ type, document, path, recursive: flags.bool('recursive') }))
      return 0
    }
    if (layout !== 'plaintext') throw new KubectlError(`unrecognized format: ${layout}`)
    context.out(
      `${type.group ? `GROUP:      ${type.group}\n` : ''}KIND:       ${type.kind}\nVERSION:    ${type.version}\n\n`,
    )
    context.out(explainPath(document, path, flags.bool('recursive')))
    return 0
  },
})

/** `deployments.apps.spec`: as much of it as names a type with its group is the type, the rest a path. */
function resourceAndPath(
  discovery: Discovery,
  parts: readonly string[],
): { readonly name: string; readonly path: readonly string[] } {
  const [head = '', ...rest] = parts
  for (let length = rest.length; length > 0; length--) {
    const group = rest.slice(0, length).join('.')
    const type = discovery.find(`${head}.${group}`)
    if (type && type.group === group) return { name: `${head}.${group}`, path: rest.slice(length) }
  }
  return { name: head, path: rest }
}

function typeFor(discovery: Discovery, name: string, apiVersion: string | undefined): ResourceType {
  const found = apiVersion
    ? discovery.types.find((t) => {
        const version = t.group ? `${t.group}/${t.version}` : t.version
        return (
          version === apiVersion &&
          [t.plural, t.singular, t.kind.toLowerCase(), ...t.shortNames].includes(name.toLowerCase())
        )
      })
    : discovery.find(name)
  if (found) return found
  throw new KubectlError(
    apiVersion ? missingVersion(discovery, apiVersion, name) : `the server doesn't have a resource type "${name}"`,
    { bare: !apiVersion },
  )
}

function missingVersion(discovery: Discovery, apiVersion: string, name: string): string {
  const plural = discovery.find(name)?.plural ?? name
  return discovery.apiVersions.includes(apiVersion)
    ? `GVR (${apiVersion.includes('/') ? apiVersion : `/${apiVersion}`}, Resource=${plural}) not found in OpenAPI schema`
    : `couldn't find resource for "${apiVersion}, Resource=${plural}"`
}

/** Throws KubectlError for a field that does not exist. */
function explainPath(document: SchemaDocument, path: readonly string[], recursive: boolean): string {
  let reference: Schema = document.root
  for (const name of path) {
    const holder = structure(document, reference)
    const next = holder?.properties?.[name]
    // Upstream's template names the last field of the path, whichever is missing.
    if (!next) throw new KubectlError(`field ${JSON.stringify(path[path.length - 1])} does not exist`)
    reference = next
  }
  const target = document.resolve(reference)
  const below = structure(document, reference)
  const head = path.length > 0 ? fieldHead(document, reference, path[path.length - 1] ?? '') : ''
  const words = descriptions(document, reference, target, path.length === 0)
  const text = `${head}DESCRIPTION:\n${words === '' ? '    <empty>\n' : `${words}    \n`}`
  const fields = below?.properties ? `FIELDS:\n${fieldList(document, below, recursive)}\n` : '\n'
  return text + fields
}

/** The object schema behind a reference, an array or a map. */
function structure(document: SchemaDocument, schema: Schema): Schema | undefined {
  const resolved = document.resolve(schema)
  if (resolved.properties) return resolved
  if (resolved.items) return structure(document, resolved.items)
  return typeof resolved.additionalProperties === 'object'
    ? structure(document, resolved.additionalProperties)
    : undefined
}

function fieldHead(document: SchemaDocument, schema: Schema, name: string): string {
  const resolved = document.resolve(schema)
  const enums = resolved.enum?.filter((value) => value !== '')
  return `FIELD: ${name} <${typeName(document, schema)}>\n${enums?.length ? `ENUM:\n${enums.map((v) => `    ${v}\n`).join('')}` : '\n'}\n`
}

/** Own words of the field, then those of the type behind it. */
function descriptions(document: SchemaDocument, reference: Schema, target: Schema, isRoot: boolean): string {
  const inner =
    reference.items ?? (typeof reference.additionalProperties === 'object' ? reference.additionalProperties : undefined)
  const behind = inner ? document.resolve(inner) : document.resolve({ ...reference, description: '' })
  const texts = isRoot
    ? [target.description]
    : [reference.description, ...(behind === reference ? [] : [behind.description])]
  const unique = [...new Set(texts.filter((t): t is string => Boolean(t)))]
  return unique.map((text) => `${wrapped(text, '    ')}\n`).join('')
}

function typeName(document: SchemaDocument, schema: Schema): string {
  const name = document.nameOf(schema)
  const resolved = document.resolve(schema)
  if (resolved.items) return `[]${typeName(document, resolved.items)}`
  if (typeof resolved.additionalProperties === 'object')
    return `map[string]${typeName(document, resolved.additionalProperties)}`
  if (name && !(resolved.type && resolved.type !== 'object' && name !== 'IntOrString' && name !== 'Quantity'))
    return name
  if (resolved['x-kubernetes-int-or-string'] || resolved.format === 'int-or-string') return 'IntOrString'
  return resolved.type === 'object' ? 'Object' : (resolved.type ?? 'Object')
}

function fieldList(document: SchemaDocument, schema: Schema, recursive: boolean): string {
  if (recursive) return tree(document, schema, '  ', new Set())
  return Object.entries(schema.properties ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => {
      const resolved = document.resolve(field)
      const enums = resolved.enum?.filter((value) => value !== '')
      const enumLine = enums?.length ? `\n  enum: ${firstOf(enums)}` : ''
      const text = field.description ?? resolved.description ?? '<no description>'
      return `  ${name}\t<${typeName(document, field)}>${required(schema, name)}${enumLine}\n${wrapped(text, '    ')}\n\n`
    })
    .join('')
}

/** At most four values, then dots, as upstream's template has it. */
const firstOf = (values: readonly string[]) =>
  [...values.slice(0, 4), ...(values.length > 4 ? ['....'] : [])].join(', ')

const required = (schema: Schema, name: string) => (schema.required?.includes(name) ? ' -required-' : '')

function tree(document: SchemaDocument, schema: Schema, indent: string, seen: ReadonlySet<Schema>): string {
  return Object.entries(schema.properties ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => {
      const below = structure(document, field)
      const enums = document.resolve(field).enum?.filter((value) => value !== '')
      const line = `${indent}${name}\t<${typeName(document, field)}>${required(schema, name)}${enums?.length ? `\n${indent}enum: ${firstOf(enums)}` : ''}\n`
      const open = below?.properties && !seen.has(below.properties as Schema)
      return (
        line +
        (open && below?.properties
          ? tree(document, below, `${indent}  `, new Set([...seen, below.properties as Schema]))
          : '')
      )
    })
    .join('')
}

/** Lines no longer than 80 columns; words are not broken, and blanks between them stay (upstream: go-wordwrap). */
function wrapped(text: string, indent: string): string {
  const width = 80 - indent.length
  return text
    .trim()
    .split('\n')
    .flatMap((paragraph) => wrapLine(paragraph, width))
    .map((line) => `${indent}${line}`)
    .join('\n')
}

/** A word that does not fit begins a line, without the blanks before it. */
function wrapLine(paragraph: string, width: number): readonly string[] {
  const lines: string[] = []
  let current = ''
  for (const [, blanks = '', word = ''] of paragraph.matchAll(/(\s*)(\S*)/g)) {
    if (word !== '' && current.length + blanks.length + word.length > width && current.length + blanks.length > 1) {
      lines.push(current)
      current = word
    } else current += blanks + word
  }
  return [...lines, current]
}
