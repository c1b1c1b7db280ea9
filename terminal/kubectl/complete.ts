/** Tab: commands, flags and their values, resource types, names (upstream: kubectl/pkg/util/completion). */
import type { CommandContext, CommandDefinition } from '../types.ts'
import { asSettings, type Kubeconfig, kubeconfigPath, readKubeconfig } from './api/kubeconfig.ts'
import { bareValue, type FlagDefinition, FlagValues } from './cli/flags.ts'
import { GLOBAL_FLAGS } from './cli/global-flags.ts'
import { allFlags } from './cli/help.ts'
import type { ArgumentCompletion, Subcommand } from './cli/subcommand.ts'
import { subcommands } from './index.ts'
import type { ListBody } from './resources/fetch.ts'

type Context = Parameters<NonNullable<CommandDefinition['complete']>>[2]
interface Type {
  readonly group: string
  readonly plural: string
  readonly singular?: string
  readonly shortNames?: readonly string[]
  readonly scope: 'Namespaced' | 'Cluster'
  readonly version: string
}

const FORMATS = [
  'custom-columns',
  'custom-columns-file',
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'name',
  'wide',
  'yaml',
]

/** Completions of `word`; `words` are those before it, `kubectl` first. */
export async function complete(words: readonly string[], word: string, context: Context): Promise<readonly string[]> {
  const typed = words.slice(1)
  const { command, args, pending } = walk(typed)
  if (typed.includes('--')) return []
  const flags = command ? allFlags(command) : GLOBAL_FLAGS
  const starting = (candidates: readonly string[]) =>
    candidates.filter((candidate) => candidate.startsWith(word)).sort()
  if (pending) return starting(await flagValues(pending, typed, args, context))
  const equals = word.startsWith('--') ? word.indexOf('=') : -1
  if (equals > 0) {
    const flag = flags[word.slice(2, equals)]
    const head = word.slice(0, equals + 1)
    return flag
      ? (await flagValues(flag, typed, args, context)).map((value) => head + value).filter((c) => c.startsWith(word))
      : []
  }
  if (word.startsWith('-')) return starting(flagNames(flags, word))
  const below = command ? (command.subcommands ?? []) : subcommands
  if (below.length > 0 && args.length === 0)
    return starting([...below.map((c) => c.name), ...(command ? [] : ['help', 'options'])])
  return command?.completes ? starting(await argumentsFor(command.completes, typed, args, word, context)) : []
}

interface Position {
  readonly command: Subcommand | undefined
  readonly args: readonly string[]
  /** The flag whose value is being typed. */
  readonly pending: FlagDefinition | undefined
}

function walk(words: readonly string[]): Position {
  let command: Subcommand | undefined
  let level = subcommands
  let pending: FlagDefinition | undefined
  const args: string[] = []
  for (const word of words) {
    if (pending) {
      pending = undefined
      continue
    }
    if (word.startsWith('-') && word.length > 1) {
      const flag = flagNamed(command, word)
      pending = flag && bareValue(flag) === undefined && !word.includes('=') ? flag : undefined
      continue
    }
    const next = args.length === 0 ? level.find((c) => c.name === word || c.aliases?.includes(word)) : undefined
    if (next) {
      command = next
      level = next.subcommands ?? []
    } else args.push(word)
  }
  return { command, args, pending }
}

function flagNamed(command: Subcommand | undefined, word: string): FlagDefinition | undefined {
  const flags = command ? allFlags(command) : GLOBAL_FLAGS
  if (word.startsWith('--')) return flags[word.slice(2).split('=')[0] ?? '']
  return word.length === 2 ? Object.values(flags).find((flag) => flag.shorthand === word[1]) : undefined
}

function flagNames(flags: { readonly [name: string]: FlagDefinition }, word: string): readonly string[] {
  return Object.entries(flags)
    .filter(([, flag]) => !flag.hidden && !flag.deprecated)
    .flatMap(([name, flag]) => [
      bareValue(flag) === undefined ? `--${name}=` : `--${name}`,
      ...(flag.shorthand && !word.startsWith('--') ? [`-${flag.shorthand}`] : []),
    ])
}

async function flagValues(
  flag: FlagDefinition,
  words: readonly string[],
  args: readonly string[],
  context: Context,
): Promise<readonly string[]> {
  if (flag.values) return flag.values
  switch (flag.completes) {
    case 'namespace':
      return names(context, '/api/v1/namespaces')
    case 'output':
      return FORMATS
    case 'context':
      return [...(await config(context)).contexts.keys()]
    case 'cluster':
      return [...(await config(context)).clusters.keys()]
    case 'user':
      return [...(await config(context)).users.keys()]
    case 'container':
      return containers(context, await namespaceOf(words, context), args[0])
    default:
      return []
  }
}

async function argumentsFor(
  what: ArgumentCompletion,
  words: readonly string[],
  args: readonly string[],
  word: string,
  context: Context,
): Promise<readonly string[]> {
  if (what === 'contexts') return [...(await config(context)).contexts.keys()]
  if (what === 'resource-types') return args.length === 0 ? typeNames(context) : []
  if (what === 'commands') return []
  const namespace = await namespaceOf(words, context)
  const slash = word.indexOf('/')
  if (slash > 0) return typed(context, word.slice(0, slash), namespace).map((name) => word.slice(0, slash + 1) + name)
  if (typeof what === 'object' && 'names' in what) return args.length === 0 ? typed(context, what.names, namespace) : []
  const [type] = args
  if (type === undefined)
    return typeof what === 'object' ? what.types.map((t) => t.split('.')[0] ?? t) : typeNames(context, word)
  return typed(context, type, namespace).filter((name) => !args.slice(1).includes(name))
}

/** After a comma the types named before stay: `pods,ser` offers `pods,services`. */
function typeNames(context: Context, word = ''): readonly string[] {
  const comma = word.lastIndexOf(',')
  const head = word.slice(0, comma + 1)
  const kinds = context.cluster.kinds.filter(
    (kind, i, all) => all.findIndex((k) => k.plural === kind.plural && k.group === kind.group) === i,
  )
  return kinds.map((kind) => {
    const clash = kinds.find((k) => k.plural === kind.plural) !== kind
    return head + kind.plural + (clash && kind.group ? `.${kind.group}` : '')
  })
}

function findType({ cluster }: Context, word: string): Type | undefined {
  const [name = '', ...group] = word.toLowerCase().split('.')
  return cluster.kinds.find(
    (kind) =>
      (kind.plural === name ||
        kind.singular === name ||
        kind.kind.toLowerCase() === name ||
        kind.shortNames?.includes(name)) &&
      (group.length === 0 || kind.group === group.join('.')),
  )
}

function typed(context: Context, word: string, namespace: string): readonly string[] {
  const type = findType(context, word)
  if (!type) return []
  const root = type.group ? `/apis/${type.group}/${type.version}` : `/api/${type.version}`
  return names(context, `${root}${type.scope === 'Namespaced' ? `/namespaces/${namespace}` : ''}/${type.plural}`)
}

function names({ cluster }: Context, path: string): readonly string[] {
  const response = cluster.request({ method: 'GET', path })
  if (response.status >= 400) return []
  return ((response.body as ListBody).items ?? []).map((item) => item.metadata?.name ?? '')
}

function containers({ cluster }: Context, namespace: string, pod: string | undefined): readonly string[] {
  if (!pod) return []
  const response = cluster.request({
    method: 'GET',
    path: `/api/v1/namespaces/${namespace}/pods/${pod.replace(/^pods?\//, '')}`,
  })
  if (response.status >= 400) return []
  const { spec } = response.body as { spec?: { containers?: readonly { name: string }[] } }
  return (spec?.containers ?? []).map(({ name }) => name)
}

async function config(context: Context): Promise<Kubeconfig> {
  const path = kubeconfigPath(context as Pick<CommandContext, 'env'>, new FlagValues(GLOBAL_FLAGS))
  try {
    return readKubeconfig(path, (await context.files.read(path)) ?? '')
  } catch {
    return readKubeconfig(path, '')
  }
}

async function namespaceOf(words: readonly string[], context: Context): Promise<string> {
  const at = words.findIndex((w) => w === '-n' || w === '--namespace')
  const inline = words.find((w) => w.startsWith('--namespace=') || /^-n./.test(w))
  if (at >= 0 && words[at + 1]) return words[at + 1] ?? 'default'
  if (inline) return inline.startsWith('--') ? inline.slice('--namespace='.length) : inline.slice(2).replace(/^=/, '')
  const { contexts, currentContext } = await config(context)
  const { namespace } = asSettings(contexts.get(currentContext))
  return typeof namespace === 'string' && namespace ? namespace : 'default'
}
