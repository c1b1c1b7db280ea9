import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import { kindName, resourcePath } from '../api/discovery.ts'
import { schemaFor } from '../api/openapi.ts'
import { twoWayPatch } from '../apply/strategic-diff.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { ApiError, Exit, KubectlError, throwAll } from '../errors.ts'
import { goJsonIndented } from '../print/go-json.ts'
import { asJson } from '../print/output.ts'
import { fetchInfos, type Info } from '../resources/fetch.ts'
import { fieldManagerFlag, VALIDATE_FLAG, writeQuery } from '../resources/mutation.ts'
import { FILE_FLAGS, NOTHING_NAMED, namesFiles, select } from '../resources/selection.ts'
import { parseYaml } from '../yaml/parse.ts'
import { printYaml } from '../yaml/print.ts'
import { YamlError } from '../yaml/tokens.ts'

export const edit = defineSubcommand({
  name: 'edit',
  group: 'Basic Commands (Intermediate):',
  summary: 'Edit a resource on the server',
  long: 'Edit a resource from the default editor.\n\n The editor is what KUBE_EDITOR or EDITOR names, else vi. What you save is sent to the server; if it refuses, the editor opens again with the reasons at the top.',
  examples: [
    '# A service',
    'kubectl edit svc/web',
    '',
    '# With another editor',
    'KUBE_EDITOR="nano" kubectl edit svc/web',
  ],
  usage: '(RESOURCE/NAME | -f FILENAME)',
  completes: 'resources',
  flags: {
    ...FILE_FLAGS,
    ...VALIDATE_FLAG,
    ...fieldManagerFlag('kubectl-edit'),
    output: {
      kind: 'string',
      shorthand: 'o',
      default: 'yaml',
      summary: 'Format to edit: yaml or json.',
      values: ['yaml', 'json'],
    },
    'output-patch': { kind: 'bool', default: false, summary: 'Print the patch.' },
    'save-config': {
      kind: 'bool',
      default: false,
      summary: 'Keep the configuration in an annotation, for later use by apply.',
    },
    subresource: { kind: 'string', default: '', summary: 'Work on a subresource: status.' },
    'windows-line-endings': { kind: 'bool', default: false, summary: 'End lines as Windows does.' },
  },
  run: async (invocation) => {
    if (invocation.args.length === 0 && !namesFiles(invocation)) throw new KubectlError(NOTHING_NAMED)
    const { infos, errors } = fetchInfos(invocation.api, await select(invocation, { typeMeansAll: true }))
    throwAll(errors)
    let code = 0
    for (const info of infos) code = Math.max(code, await new Editing(invocation, info).run())
    return code
  },
})

type Fields = { readonly [field: string]: JsonValue }

const HEADER = [
  "Please edit the object below. Lines beginning with a '#' will be ignored,",
  'and an empty file will abort the edit. If an error occurs while saving this file will be',
  'reopened with the relevant failures.',
  '',
]

/** One object's way through the editor, again and again until it is saved or given up (upstream: cmd/util/editor). */
class Editing {
  readonly #invocation: Invocation
  readonly #info: Info
  readonly #original: string
  readonly #path: string

  constructor(invocation: Invocation, info: Info) {
    this.#invocation = invocation
    this.#info = info
    const json = invocation.flags.string('output') === 'json'
    const shown = asJson(withoutManagedFields(info.object))
    this.#original = json ? `${goJsonIndented(shown)}\n` : printYaml(shown)
    this.#path = `/tmp/kubectl-edit-${invocation.context.cluster.now() % 10_000_000_000}.yaml`
  }

  async run(): Promise<number> {
    const { context } = this.#invocation
    let text = this.#original
    let reasons: readonly string[] = []
    for (;;) {
      const edited = await this.#open(comment([...HEADER, ...reasons]) + text)
      const stripped = withoutComments(edited)
      if (reasons.length > 0 && stripped === withoutComments(text)) return this.#preserved(edited)
      if (stripped === withoutComments(this.#original)) {
        context.err('Edit cancelled, no changes made.\n')
        return 0
      }
      if (stripped.trim() === '') {
        context.err('Edit cancelled, saved file was empty.\n')
        return 0
      }
      const problems = this.#save(edited)
      if (problems === undefined) return 0
      reasons = problems
      text = stripped
    }
  }

  /** Lets the learner, or the command in KUBE_EDITOR, change the file. */
  async #open(text: string): Promise<string> {
    const { context } = this.#invocation
    const command = context.env.get('KUBE_EDITOR') || context.env.get('EDITOR')
    await context.files.write(this.#path, text)
    if (context.editor && (!command || /^(?:vi|vim|nano)$/.test(command))) {
      const result = await context.editor({ path: this.#path, text, tool: command === 'nano' ? 'nano' : 'vi' })
      return result.saved ? result.text : text
    }
    const editor = command || 'vi'
    const { code, stderr, stdout } = await context.runLine(`${editor} ${this.#path}`)
    if (stdout) context.out(stdout)
    if (stderr) context.err(stderr)
    if (code !== 0) throw new KubectlError(`there was a problem with the editor ${JSON.stringify(editor)}`)
    return (await context.files.read(this.#path)) ?? ''
  }

  /** Undefined once the server has taken it; else the reasons for the file's head. */
  #save(text: string): readonly string[] | undefined {
    const { context } = this.#invocation
    try {
      const value = parseYaml(text)
      if (typeof value !== 'object' || value === null || Array.isArray(value))
        throw new YamlError('the edited file is no object', 0)
      this.#send(value as Fields)
      return undefined
    } catch (error) {
      if (error instanceof YamlError)
        return [
          `The edited file had a syntax error: error parsing edited-file: error converting YAML to JSON: ${error.message}`,
          '',
        ]
      if (!(error instanceof ApiError)) throw error
      const what = `${this.#info.type.plural}${this.#info.type.group ? `.${this.#info.type.group}` : ''} ${JSON.stringify(this.#info.name)}`
      if (error.reason === 'Invalid') {
        context.err(`error: ${what} is invalid\n`)
        const causes = error.status.details?.causes ?? []
        return [`${what} was not valid:`, ...causes.map((c) => `* ${c.field}: ${c.message}`), '']
      }
      context.err(`error: ${what} could not be patched: ${error.message}\n`)
      return [`${what} could not be patched: ${error.message}`, '']
    }
  }

  #send(edited: Fields): void {
    const { api, context, flags } = this.#invocation
    const { type, namespace, name, object } = this.#info
    const before = asJson(withoutManagedFields(object)) as Fields
    const patch = twoWayPatch(before, edited, schemaFor(api, type))
    if (Object.keys(patch).length === 0) {
      context.out(`${kindName(type)}/${name} skipped\n`)
      return
    }
    if (flags.bool('output-patch')) context.out(`Patch: ${JSON.stringify(patch)}\n`)
    api.send('PATCH', resourcePath(type, namespace, name, flags.optional('subresource')), {
      body: patch,
      contentType: 'application/strategic-merge-patch+json',
      query: writeQuery(this.#invocation),
    })
    context.out(`${kindName(type)}/${name} edited\n`)
  }

  async #preserved(text: string): Promise<number> {
    const { context } = this.#invocation
    await context.files.write(this.#path, text)
    context.err(
      `A copy of your changes has been stored to ${JSON.stringify(this.#path)}\nerror: Edit cancelled, no valid changes were saved.\n`,
    )
    throw new Exit(1)
  }
}

const comment = (lines: readonly string[]) => lines.map((line) => (line === '' ? '#\n' : `# ${line}\n`)).join('')

function withoutComments(text: string): string {
  return text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
}

function withoutManagedFields(object: KubeObject): KubeObject {
  const { managedFields: _, ...metadata } = object.metadata ?? {}
  return { ...object, metadata }
}
