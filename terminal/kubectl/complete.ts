/** Tab: commands, flags and their values, resource types, names (upstream: kubectl/pkg/util/completion, spf13/cobra). */
import type { CommandContext, CommandDefinition } from '../types.ts'
import { asSettings, type Kubeconfig, kubeconfigPath, readKubeconfig } from './api/kubeconfig.ts'
import { bareValue, type FlagDefinition, type FlagDefinitions, FlagValues } from './cli/flags.ts'
import { GLOBAL_FLAGS } from './cli/global-flags.ts'
import { allFlags } from './cli/help.ts'
import type { ArgumentCompletion, Subcommand } from './cli/subcommand.ts'
import { ClusterObjects } from './completion/objects.ts'
import { subcommands } from './index.ts'

type Context = Parameters<NonNullable<CommandDefinition['complete']>>[2]

const FORMATS = [
  'custom-columns',
  'custom-columns-file',
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
  'wide',
  'yaml',
]
/** What `logs`, `exec` and their like take beside the name of a pod. */
const POD_HOLDERS = [
  'daemonsets/',
  'deployments/',
  'jobs/',
  'pods/',
  'replicasets/',
  'replicationcontrollers/',
  'services/',
  'statefulsets/',
]

/** Where the cursor is: what stands before the word, and the word. */
interface Place {
  readonly context: Context
  readonly objects: ClusterObjects
  readonly words: readonly string[]
  readonly args: readonly string[]
  readonly word: string
}

/** Completions of `word`; `words` are those before it, `kubectl` first. */
export async function complete(words: readonly string[], word: string, context: Context): Promise<readonly string[]> {
  const typed = words.slice(1)
  if (typed.includes('--')) return []
  const { command, args, pending, strange } = walk(typed)
  if (strange) return []
  const flags = command ? allFlags(command) : GLOBAL_FLAGS
  const place: Place = { context, objects: new ClusterObjects(context.cluster), words: typed, args, word }
  const starting = (candidates: readonly string[]) =>
    candidates.filter((candidate) => candidate.startsWith(word)).sort()
  if (pending) return starting(await flagValues(pending, place))
  const inline = /^(?:--([^=]+)|-([A-Za-z]))=/.exec(word)
  if (inline) {
    const flag = flagNamed(command, inline[1] ? `--${inline[1]}` : `-${inline[2]}`)
    return flag ? starting((await flagValues(flag, place)).map((value) => inline[0] + value)) : []
  }
  const required = requiredFlags(command, typed).filter((name) => name.startsWith(word))
  if (word.startsWith('-')) return required.length > 0 ? required : starting(flagNames(flags, word))
  if (command?.name === 'help' || (!command && args[0] === 'help')) return starting(commandNames(args.slice(1)))
  const below = command ? (command.subcommands ?? []) : subcommands
  // Once a flag of its own was given, a command with others below it is meant itself.
  const own = typed.some((flag) => flagNamed(command, flag) !== undefined && !isGlobal(flag))
  if (below.length > 0 && args.length === 0 && !own)
    return starting([...below.map((c) => c.name), ...(command ? [] : ['help', 'options'])])
  const offered = command?.completes ? await argumentsFor(command.completes, place) : []
  return starting([...required, ...offered])
}

interface Position {
  readonly command: Subcommand | undefined
  readonly args: readonly string[]
  /** The flag whose value is being typed. */
  readonly pending: FlagDefinition | undefined
  /** A flag was met that there is not. */
  readonly strange: boolean
}

function walk(words: readonly string[]): Position {
  let command: Subcommand | undefined
  let level = subcommands
  let pending: FlagDefinition | undefined
  let strange = false
  const args: string[] = []
  for (const word of words) {
    if (pending) {
      pending = undefined
      continue
    }
    if (word.startsWith('-') && word.length > 1) {
      const flag = flagNamed(command, word)
      strange ||= !flag && (word.startsWith('--') || word.length === 2)
      pending = flag && bareValue(flag) === undefined && !word.includes('=') ? flag : undefined
      continue
    }
    const next = args.length === 0 ? level.find((c) => c.name === word || c.aliases?.includes(word)) : undefined
    if (next) {
      command = next
      level = next.subcommands ?? []
    } else args.push(word)
  }
  return { command, args, pending, strange }
}

function flagNamed(command: Subcommand | undefined, word: string): FlagDefinition | undefined {
  const flags = command ? allFlags(command) : GLOBAL_FLAGS
  if (word.startsWith('--')) return flags[word.slice(2).split('=')[0] ?? '']
  return word.length === 2 ? Object.values(flags).find((flag) => flag.shorthand === word[1]) : undefined
}

const isGlobal = (word: string) => flagNamed(undefined, word) !== undefined

/** Flags without which the command does not run: offered first, and alone among flags. */
function requiredFlags(command: Subcommand | undefined, words: readonly string[]): readonly string[] {
  return Object.entries(command?.flags ?? {})
    .filter(([, flag]) => flag.required)
    .map(([name]) => `--${name}`)
    .filter((name) => !words.some((word) => word === name || word.startsWith(`${name}=`)))
}

function flagNames(flags: FlagDefinitions, word: string): readonly string[] {
  const named = Object.entries(flags).filter(([, flag]) => !flag.hidden && !flag.deprecated)
  const long = [...named.map(([name]) => `--${name}`), '--help']
  if (word.startsWith('--')) return long
  return [...long, ...named.flatMap(([, flag]) => (flag.shorthand ? [`-${flag.shorthand}`] : [])), '-h']
}

function commandNames(path: readonly string[]): readonly string[] {
  let level: readonly Subcommand[] = subcommands
  for (const name of path) level = level.find((command) => command.name === name)?.subcommands ?? []
  return [...level.map((command) => command.name), ...(path.length === 0 ? ['help', 'options'] : [])]
}

async function flagValues(flag: FlagDefinition, place: Place): Promise<readonly string[]> {
  if (flag.values) return flag.values
  const { context, objects, args, words } = place
  switch (flag.completes) {
    case 'namespace':
      return objects.names('namespaces', '')
    case 'cluster role':
      return objects.names('clusterroles.rbac.authorization.k8s.io', '')
    case 'output':
      return FORMATS
    case 'context':
      return [...(await config(context)).contexts.keys()]
    case 'cluster':
      return [...(await config(context)).clusters.keys()]
    case 'user':
      return [...(await config(context)).users.keys()]
    case 'container':
      return args[0] === undefined ? [] : objects.containers(await namespaceOf(words, context), args[0])
    default:
      return []
  }
}

async function argumentsFor(what: ArgumentCompletion, place: Place): Promise<readonly string[]> {
  const { context, objects, args, word } = place
  if (what === 'contexts') return args.length === 0 ? [...(await config(context)).contexts.keys()] : []
  if (what === 'clusters') return args.length === 0 ? [...(await config(context)).clusters.keys()] : []
  if (what === 'users') return args.length === 0 ? [...(await config(context)).users.keys()] : []
  const namespace = await namespaceOf(place.words, context)
  if (what === 'copies') return copies(place, namespace)
  if (typeof what === 'object' && 'words' in what) return args.length === 0 ? what.words : []
  const slash = word.indexOf('/')
  if (slash > 0) {
    const head = word.slice(0, slash + 1)
    const named = objects.names(word.slice(0, slash), namespace).map((name) => head + name)
    return named.filter((name) => !args.includes(name))
  }
  if (what === 'pods') {
    const [pod] = args
    if (pod === undefined) return [...objects.names('pods', namespace), ...POD_HOLDERS]
    return args.length === 1 && place.words[0] === 'logs' ? objects.containers(namespace, pod) : []
  }
  if (typeof what === 'object' && 'names' in what)
    return objects.names(what.names, namespace).filter((name) => !args.includes(name))
  const types = typeof what === 'object' ? what.types : objects.typeNames
  const [type] = args
  if (type === undefined) return typesAfter(word, types)
  // After TYPE/NAME, more of the same form follow.
  if (type.includes('/')) return what === 'resources' ? types.map((name) => `${name}/`) : []
  return objects.names(type, namespace).filter((name) => !args.slice(1).includes(name))
}

/** After a comma the types named before stay: `pods,ser` offers `pods,services`. */
function typesAfter(word: string, types: readonly string[]): readonly string[] {
  const head = word.slice(0, word.lastIndexOf(',') + 1)
  return types.map((type) => head + type)
}

/** `pod:`, `namespace/pod:` and files. */
function copies({ objects, word }: Place, namespace: string): readonly string[] {
  if (word.includes(':')) return []
  const slash = word.indexOf('/')
  const head = word.slice(0, slash + 1)
  if (slash > 0) return objects.names('pods', word.slice(0, slash)).map((name) => `${head}${name}:`)
  const namespaces = objects.names('namespaces', '').map((name) => `${name}/`)
  return [
    ...objects.names('pods', namespace).map((name) => `${name}:`),
    ...(word === '' ? ['./', '/'] : []),
    ...namespaces,
  ]
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
