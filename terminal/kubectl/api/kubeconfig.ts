/** Kubeconfig files: which server, as whom, in which namespace (upstream: client-go/tools/clientcmd). */
import type { JsonValue } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import type { FlagValues } from '../cli/flags.ts'
import { KubectlError } from '../errors.ts'
import { parseYaml } from '../yaml/parse.ts'
import { printYaml } from '../yaml/print.ts'

export type Settings = { readonly [name: string]: JsonValue }
export interface Kubeconfig {
  /** Where what is new is written. */
  readonly path: string
  /** The files that this one is made of; none for a file itself. */
  readonly files: readonly Kubeconfig[]
  readonly clusters: ReadonlyMap<string, Settings>
  readonly users: ReadonlyMap<string, Settings>
  readonly contexts: ReadonlyMap<string, Settings>
  readonly currentContext: string
}

/** `--kubeconfig`, else the files of KUBECONFIG, else ~/.kube/config. */
function kubeconfigPaths(context: Pick<CommandContext, 'env'>, flags: FlagValues): readonly string[] {
  const explicit = flags.optional('kubeconfig')
  if (explicit !== undefined) return [explicit]
  const named = [...new Set((context.env.get('KUBECONFIG') ?? '').split(':').filter((path) => path !== ''))]
  return named.length > 0 ? named : [`${context.env.get('HOME') ?? '/root'}/.kube/config`]
}

/** The first of them: what completion reads. */
export function kubeconfigPath(context: Pick<CommandContext, 'env'>, flags: FlagValues): string {
  return kubeconfigPaths(context, flags)[0] ?? ''
}

/**
 * The files as one: whoever says something first is right. Absent files are empty, unless one was asked for by flag and
 * `mustExist`. Throws KubectlError.
 */
export async function loadKubeconfig(
  context: CommandContext,
  flags: FlagValues,
  mustExist = false,
): Promise<Kubeconfig> {
  const files: Kubeconfig[] = []
  const paths = kubeconfigPaths(context, flags)
  for (const path of paths) {
    const text = await context.files.read(path)
    if (text === undefined && mustExist && flags.optional('kubeconfig'))
      throw new KubectlError(`stat ${path}: no such file or directory`)
    if (text !== undefined) files.push(parsed(path, text))
  }
  const earlier = (list: readonly ReadonlyMap<string, Settings>[]) =>
    new Map(list.toReversed().flatMap((one) => [...one]))
  return {
    path: files[0]?.path ?? paths.at(-1) ?? '',
    files,
    clusters: earlier(files.map(({ clusters }) => clusters)),
    users: earlier(files.map(({ users }) => users)),
    contexts: earlier(files.map(({ contexts }) => contexts)),
    currentContext: files.find(({ currentContext }) => currentContext !== '')?.currentContext ?? '',
  }
}

function parsed(path: string, text: string): Kubeconfig {
  try {
    return readKubeconfig(path, text)
  } catch (error) {
    throw new KubectlError(`error loading config file "${path}": ${error instanceof Error ? error.message : error}`)
  }
}

/** Throws YamlError. */
export function readKubeconfig(path: string, text: string): Kubeconfig {
  const root = asSettings(parseYaml(text) ?? null)
  return {
    path,
    files: [],
    clusters: named(root.clusters, 'cluster'),
    users: named(root.users, 'user'),
    contexts: named(root.contexts, 'context'),
    currentContext: typeof root['current-context'] === 'string' ? root['current-context'] : '',
  }
}

/** The object that `config view` prints and that is stored. */
export function kubeconfigObject(config: Kubeconfig): Settings {
  const list = (entries: ReadonlyMap<string, Settings>, field: string) =>
    entries.size === 0
      ? null
      : [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => ({ [field]: value, name }))
  return {
    apiVersion: 'v1',
    clusters: list(withDefaults(config.clusters, { server: '' }), 'cluster'),
    contexts: list(withDefaults(config.contexts, { cluster: '', user: '' }), 'context'),
    'current-context': config.currentContext,
    kind: 'Config',
    users: list(config.users, 'user'),
  }
}

/** Fields that are written even where they are empty. */
function withDefaults(entries: ReadonlyMap<string, Settings>, fields: Settings): ReadonlyMap<string, Settings> {
  return new Map([...entries].map(([name, settings]) => [name, { ...fields, ...settings }]))
}

/** Writes each entry to the file that it came from, what is new to the first (upstream: clientcmd.ModifyConfig). */
export async function saveKubeconfig(context: CommandContext, config: Kubeconfig): Promise<void> {
  const files = config.files.length > 0 ? config.files : [readKubeconfig(config.path, '')]
  for (const file of files) {
    const own = (kind: 'clusters' | 'contexts' | 'users') =>
      new Map([...config[kind]].filter(([name]) => ownerOf(files, kind, name, config.path) === file.path))
    const next = {
      ...file,
      clusters: own('clusters'),
      contexts: own('contexts'),
      users: own('users'),
      currentContext: contextFor(file, config, files),
    }
    const text = printYaml(kubeconfigObject(next))
    if (text !== printYaml(kubeconfigObject(file)) || config.files.length === 0)
      await context.files.write(file.path, text)
  }
}

function ownerOf(
  files: readonly Kubeconfig[],
  kind: 'clusters' | 'contexts' | 'users',
  name: string,
  otherwise: string,
): string {
  return files.find((file) => file[kind].has(name))?.path ?? otherwise
}

/** A context that was chosen stands in the first file; none in any. */
function contextFor(file: Kubeconfig, config: Kubeconfig, files: readonly Kubeconfig[]): string {
  const before = files.find(({ currentContext }) => currentContext !== '')?.currentContext ?? ''
  if (before === config.currentContext) return file.currentContext
  if (config.currentContext === '') return ''
  return file.path === config.path ? config.currentContext : file.currentContext
}

export function asSettings(value: JsonValue | undefined): Settings {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Settings) : {}
}

function named(list: JsonValue | undefined, field: string): ReadonlyMap<string, Settings> {
  if (!Array.isArray(list)) return new Map()
  return new Map(
    list.map((entry: JsonValue) => {
      const item = asSettings(entry)
      return [String(item.name ?? ''), asSettings(item[field])] as const
    }),
  )
}
