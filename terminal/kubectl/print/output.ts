/** `-o`: which printer a command uses (upstream: cli-runtime/pkg/genericclioptions/print_flags.go). */
import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import type { FlagDefinitions } from '../cli/flags.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { jsonPathPrinter } from '../jsonpath/print.ts'
import { templatePrinter } from '../template/print.ts'
import { printYaml } from '../yaml/print.ts'
import { customColumnsPrinter } from './custom-columns.ts'
import { goJsonIndented } from './go-json.ts'
import { printKyaml } from './kyaml.ts'
import { typedJson } from './typed-json.ts'

export type Printer = (object: KubeObject) => string

const FORMATS = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'kyaml',
  'name',
  'template',
  'templatefile',
  'yaml',
]
const GET_FORMATS = [...FORMATS, 'custom-columns', 'custom-columns-file', 'wide'].sort()

const outputFlag = (formats: readonly string[]): FlagDefinitions => ({
  output: {
    kind: 'string',
    shorthand: 'o',
    default: '',
    summary: `Output format. One of: ${formats.join(', ')}.`,
  },
  template: {
    kind: 'string',
    default: '',
    summary: 'Template, or path of a template file, for -o go-template and -o go-template-file.',
  },
  'allow-missing-template-keys': {
    kind: 'bool',
    default: true,
    summary: 'Ignore fields and keys that a template names and an object lacks.',
  },
  'show-managed-fields': { kind: 'bool', default: false, summary: 'Keep managedFields when printing YAML or JSON.' },
})
/** Flags of commands that print the object they made. */
export const PRINT_FLAGS = outputFlag(FORMATS)
/** Flags of `get` and its like. */
export const GET_PRINT_FLAGS: FlagDefinitions = withCompletion(outputFlag(GET_FORMATS))

function withCompletion({ output, ...flags }: FlagDefinitions): FlagDefinitions {
  return { ...flags, ...(output && { output: { ...output, completes: 'output' } }) }
}

/** The printer for `-o`, or undefined where a table or a message is wanted; `built` objects are kubectl's own. Throws KubectlError for unknown formats. */
export async function objectPrinter(
  invocation: Invocation,
  forGet = false,
  built = false,
): Promise<Printer | undefined> {
  const { flags } = invocation
  const [format = '', inline] = splitFormat(flags.string('output'), flags.string('template'))
  if (format === '' || (forGet && format === 'wide')) return undefined
  const clean = (object: KubeObject) => (flags.bool('show-managed-fields') ? object : withoutManagedFields(object))
  if (format === 'yaml') return yamlPrinter(clean)
  if (format === 'json') return (object) => `${(built ? typedJson : goJsonIndented)(asJson(clean(object)))}\n`
  if (format === 'kyaml') return (object) => printKyaml(asJson(clean(object)))
  if (format === 'name')
    return (object) =>
      namesOf(object)
        .map((name) => `${name}\n`)
        .join('')
  const template = await templateFor(invocation, format, inline, forGet)
  const print = template(flags.bool('allow-missing-template-keys'))
  return (object) => print(asJson(object))
}

type TextPrinter = (value: JsonValue) => string

async function templateFor(
  { context, flags }: Invocation,
  format: string,
  inline: string | undefined,
  forGet: boolean,
): Promise<(allowMissing: boolean) => TextPrinter> {
  const given = inline ?? (flags.optional('template') || undefined)
  const isFile = /-file$|^templatefile$/.test(format)
  const kind = format.replace(/-?file$/, '')
  if (!(forGet ? GET_FORMATS : FORMATS).includes(format))
    throw new KubectlError(
      `unable to match a printer suitable for the output format "${format}", allowed formats are: ${(forGet ? GET_FORMATS : FORMATS).join(',')}`,
    )
  if (!given)
    throw new KubectlError(
      kind === 'custom-columns'
        ? 'custom-columns format specified but no custom columns given'
        : 'template format specified but no template given',
    )
  const source = isFile ? await context.files.read(given) : given
  if (source === undefined)
    throw new KubectlError(`error reading template ${given}, open ${given}: no such file or directory`)
  if (kind === 'custom-columns')
    return () => customColumnsPrinter(source, { fromFile: isFile, headers: !flags.bool('no-headers') })
  if (kind.startsWith('jsonpath'))
    return (allowMissing) => jsonPathPrinter(source, { allowMissing, asJson: kind === 'jsonpath-as-json' })
  return (allowMissing) => templatePrinter(source, { allowMissing })
}

/** `jsonpath={.x}` and `custom-columns=A:.b` carry their template; `--template` alone means go-template. */
function splitFormat(output: string, template: string): readonly [string, string | undefined] {
  if (output === '') return [template === '' ? '' : 'go-template', undefined]
  const equals = output.indexOf('=')
  if (equals < 0) return [output, undefined]
  return [output.slice(0, equals), output.slice(equals + 1)]
}

function yamlPrinter(clean: (object: KubeObject) => KubeObject): Printer {
  let count = 0
  return (object) => `${count++ > 0 ? '---\n' : ''}${printYaml(asJson(clean(object)))}`
}

/** Objects are plain JSON; this only tells the compiler so. */
export function asJson(object: object): JsonValue {
  return object as { readonly [key: string]: JsonValue }
}

function withoutManagedFields(object: KubeObject & { readonly items?: readonly KubeObject[] }): KubeObject {
  if (object.items) return { ...object, items: object.items.map(withoutManagedFields) } as KubeObject
  if (!object.metadata?.managedFields) return object
  const { managedFields: _, ...metadata } = object.metadata
  return { ...object, metadata }
}

/** `deployment.apps/web`; every item of a List. */
export function namesOf(object: KubeObject & { readonly items?: readonly KubeObject[] }): readonly string[] {
  if (object.items) return object.items.flatMap(namesOf)
  const [group] = object.apiVersion?.includes('/') ? object.apiVersion.split('/') : ['']
  return [`${(object.kind ?? '').toLowerCase()}${group ? `.${group}` : ''}/${object.metadata?.name ?? ''}`]
}
