/** Kubeconfig files: which server, as whom, in which namespace (upstream: client-go/tools/clientcmd). */
import type { JsonValue } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import type { FlagValues } from '../cli/flags.ts'
import { KubectlError } from '../errors.ts'
import { parseYaml } from '../yaml/parse.ts'
import { printYaml } from '../yaml/print.ts'

export type Settings = { readonly [name: string]: JsonValue }
export interface Kubeconfig {
  readonly path: string
  readonly clusters: ReadonlyMap<string, Settings>
  readonly users: ReadonlyMap<string, Settings>
  readonly contexts: ReadonlyMap<string, Settings>
  readonly currentContext: string
}

/** `--kubeconfig`, else KUBECONFIG's first file, else ~/.kube/config. */
export function kubeconfigPath(context: Pick<CommandContext, 'env'>, flags: FlagValues): string {
  const home = context.env.get('HOME') ?? '/root'
  return flags.optional('kubeconfig') ?? (context.env.get('KUBECONFIG')?.split(':')[0] || `${home}/.kube/config`)
}

/** An absent file is an empty configuration, unless it was asked for by flag. Throws KubectlError. */
export async function loadKubeconfig(context: CommandContext, flags: FlagValues): Promise<Kubeconfig> {
  const path = kubeconfigPath(context, flags)
  const text = await context.files.read(path)
  if (text === undefined && flags.optional('kubeconfig'))
    throw new KubectlError(`stat ${path}: no such file or directory`)
  try {
    return readKubeconfig(path, text ?? '')
  } catch (error) {
    throw new KubectlError(`error loading config file "${path}": ${error instanceof Error ? error.message : error}`)
  }
}

/** Throws YamlError. */
export function readKubeconfig(path: string, text: string): Kubeconfig {
  const root = asSettings(parseYaml(text) ?? null)
  return {
    path,
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

export async function saveKubeconfig(context: CommandContext, config: Kubeconfig): Promise<void> {
  await context.files.write(config.path, printYaml(kubeconfigObject(config)))
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
