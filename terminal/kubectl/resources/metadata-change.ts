/** What `label` and `annotate` share: KEY=VALUE and KEY- applied to objects (upstream: kubectl/pkg/cmd/label/label.go). */
import type { KubeObject } from '../../../emulator/index.ts'
import { resourcePath } from '../api/discovery.ts'
import { defineSubcommand, type Invocation, type Subcommand } from '../cli/subcommand.ts'
import { ApiError, KubectlError, throwAll } from '../errors.ts'
import { goJson } from '../print/go-json.ts'
import { asJson, PRINT_FLAGS } from '../print/output.ts'
import { fetchOrRead, type Info } from './fetch.ts'
import {
  CHANGE_CAUSE,
  changeCause,
  DRY_RUN_FLAG,
  dryRunOf,
  fieldManagerFlag,
  RECORD_FLAG,
  refuseLocalServerRun,
  resultPrinter,
  writeQuery,
} from './mutation.ts'
import {
  ALL_FLAG,
  ALL_NAMESPACES_FLAG,
  FIELD_SELECTOR_FLAG,
  FILE_FLAGS,
  isLocal,
  namesFiles,
  RESOURCE_WANTED,
  SELECTOR_FLAGS,
  select,
} from './selection.ts'

interface ChangeCommand extends Pick<Subcommand, 'name' | 'summary' | 'long' | 'examples' | 'usage'> {
  readonly field: 'labels' | 'annotations'
  readonly valueProblems: (value: string) => readonly string[]
  /** What the messages of --local call a file. */
  readonly file: string
  readonly removedLine: (key: string) => string
  /** What is said of values that are set, from one text each. */
  readonly clashText: (clashes: readonly string[]) => string
  /** The result's verb, from both versions of the object as JSON. */
  readonly outcome: (before: string, after: string, how: Outcome) => string
}
export interface Outcome {
  readonly overwrite: boolean
  /** Some are set and some are taken away. */
  readonly both: boolean
}
type Pairs = { readonly [key: string]: string }
interface Change {
  readonly set: Pairs
  readonly removed: readonly string[]
}

export function changeCommand(command: ChangeCommand): Subcommand {
  const { name, summary, long, examples, usage, field } = command
  const word = field.slice(0, -1)
  return defineSubcommand({
    name,
    group: 'Settings Commands:',
    summary,
    ...(long && { long }),
    ...(examples && { examples }),
    ...(usage && { usage }),
    completes: 'resources',
    flags: {
      ...FILE_FLAGS,
      ...SELECTOR_FLAGS,
      ...FIELD_SELECTOR_FLAG,
      ...ALL_FLAG,
      ...ALL_NAMESPACES_FLAG,
      ...PRINT_FLAGS,
      ...DRY_RUN_FLAG,
      ...RECORD_FLAG,
      ...fieldManagerFlag(`kubectl-${name}`),
      list: { kind: 'bool', default: false, summary: `Show the ${field} of the resource.` },
      local: { kind: 'bool', default: false, summary: 'Do not ask the server; change what the file says.' },
      overwrite: { kind: 'bool', default: false, summary: `Allow ${field} that are set to change.` },
      'resource-version': {
        kind: 'string',
        default: '',
        summary: 'Change the object only if it has this resource version.',
      },
    },
    run: async (invocation) => {
      const { resources, pairs } = splitArguments(invocation.args, word)
      checkResources(invocation, resources, command.file)
      if (pairs.length === 0 && !invocation.flags.bool('list'))
        throw new KubectlError(`at least one ${word} update is required`)
      const change = parsePairs(pairs, word, command.valueProblems)
      const selection = await select(invocation, { args: resources })
      if (invocation.flags.optional('resource-version') && !selection.single)
        throw new KubectlError('--resource-version may only be used with a single resource')
      const { infos, errors } = fetchOrRead(invocation, selection)
      const failures: Error[] = []
      const print = await resultPrinter(invocation)
      for (const info of infos) {
        try {
          apply(command, invocation, { ...info, alone: selection.single }, change, print)
        } catch (error) {
          if (!(error instanceof ApiError) && !(error instanceof KubectlError)) throw error
          failures.push(error)
        }
      }
      throwAll([...failures, ...errors])
      return 0
    },
  })
}

/** Throws KubectlError. */
function checkResources(invocation: Invocation, resources: readonly string[], file: string): void {
  const files = namesFiles(invocation)
  if (isLocal(invocation)) {
    if (resources.length > 0)
      throw new KubectlError(
        `can only use local files by -f ${file}.yaml or --filename=${file}.json when --local=true is set`,
      )
    if (!files)
      throw new KubectlError(`one or more files must be specified as -f ${file}.yaml or --filename=${file}.json`)
  } else if (resources.length === 0 && !files) throw new KubectlError(RESOURCE_WANTED)
  refuseLocalServerRun(invocation)
}

type Print = Awaited<ReturnType<typeof resultPrinter>>

function apply(
  command: ChangeCommand,
  invocation: Invocation,
  info: Info & { readonly alone: boolean },
  change: Change,
  print: Print,
): void {
  const { flags, context, api } = invocation
  const { field } = command
  const old: Pairs = info.object.metadata?.[field] ?? {}
  if (flags.bool('list')) {
    list(invocation, command, info, old)
    return
  }
  const overwrite = flags.bool('overwrite')
  // The change cause is written by tools too: it may always change (upstream: annotate.go, validateNoAnnotationOverwrites).
  const clashes = Object.keys(change.set).filter(
    (key) => key !== CHANGE_CAUSE && Object.hasOwn(old, key) && old[key] !== change.set[key],
  )
  if (!overwrite && clashes.length > 0)
    throw new KubectlError(command.clashText(clashes.map((key) => `'${key}' already has a value (${old[key]})`)))
  const missing = change.removed.filter((key) => !Object.hasOwn(old, key)).map(command.removedLine)
  if (flags.string('output') === '') context.out(missing.join(''))
  const after = changed(
    info.object,
    field,
    change,
    flags.has('record') && flags.bool('record') ? changeCause(invocation) : undefined,
  )
  const both =
    change.removed.some((key) => Object.hasOwn(old, key)) &&
    Object.entries(change.set).some(([key, value]) => old[key] !== value)
  const verb = command.outcome(goJson(asJson(info.object)), goJson(asJson(after)), { overwrite, both })
  if (flags.bool('local') || dryRunOf(invocation) === 'client') {
    print(info.type, after, verb)
    return
  }
  const patch = {
    metadata: {
      [field]: { ...change.set, ...Object.fromEntries(change.removed.map((key) => [key, null])) },
      ...(flags.optional('resource-version') && { resourceVersion: flags.string('resource-version') }),
    },
  }
  const result = api.send('PATCH', resourcePath(info.type, info.namespace, info.name), {
    body: patch,
    contentType: 'application/merge-patch+json',
    query: writeQuery(invocation),
  })
  print(info.type, result as KubeObject, verb)
}

/** `--list`: the objects are named where there can be several. */
function list(
  { context }: Invocation,
  { field }: ChangeCommand,
  info: Info & { readonly alone: boolean },
  old: Pairs,
): void {
  const { type, name, alone } = info
  if (!alone) context.out(`Listing ${field} for ${type.kind}.${type.group}/${name}:\n`)
  for (const key of Object.keys(old).sort()) context.out(`${alone ? '' : ' '}${key}=${old[key]}\n`)
}

function changed(
  object: KubeObject,
  field: 'labels' | 'annotations',
  change: Change,
  cause: string | undefined,
): KubeObject {
  const { [field]: old, ...metadata } = object.metadata ?? {}
  const kept = Object.entries({ ...old, ...change.set }).filter(([key]) => !change.removed.includes(key))
  const values = Object.fromEntries(kept)
  const annotations =
    cause === undefined ? {} : { annotations: { ...object.metadata?.annotations, [CHANGE_CAUSE]: cause } }
  // An empty map stays: upstream sets the map anew, and tells by its text whether something changed.
  return { ...object, metadata: { ...metadata, ...annotations, [field]: values } }
}

/** Resources come first, then KEY=VALUE and KEY-. Throws KubectlError. */
function splitArguments(
  args: readonly string[],
  word: string,
): { resources: readonly string[]; pairs: readonly string[] } {
  const isPair = (arg: string) =>
    (arg.includes('=') && !arg.startsWith('=')) || (arg.endsWith('-') && !arg.startsWith('-'))
  const first = args.findIndex(isPair)
  if (first < 0) return { resources: args, pairs: [] }
  const stray = args.slice(first).find((arg) => !isPair(arg))
  if (stray !== undefined) throw new KubectlError(`all resources must be specified before ${word} changes: ${stray}`)
  return { resources: args.slice(0, first), pairs: args.slice(first) }
}

function parsePairs(pairs: readonly string[], word: string, problems: (value: string) => readonly string[]): Change {
  const set: { [key: string]: string } = Object.create(null)
  const removed: string[] = []
  for (const pair of pairs) {
    const equals = pair.indexOf('=')
    if (equals < 0) {
      removed.push(pair.slice(0, -1))
      continue
    }
    const value = pair.slice(equals + 1)
    if (equals === 0 || (word === 'label' && value.includes('=')))
      throw new KubectlError(`invalid ${word} spec: ${pair}`)
    const wrong = problems(value)
    if (wrong.length > 0) throw new KubectlError(`invalid ${word} value: ${JSON.stringify(pair)}: ${wrong.join(';')}`)
    set[pair.slice(0, equals)] = value
  }
  if (removed.some((key) => key in set))
    throw new KubectlError(`can not both modify and remove a ${word} in the same command`)
  return { set: { ...set }, removed }
}
