import { type JsonValue, parentPath, resolvePath } from '../../../emulator/index.ts'
import { asSettings, type Kubeconfig, kubeconfigObject, loadKubeconfig, type Settings } from '../api/kubeconfig.ts'
import type { FlagDefinitions } from '../cli/flags.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { KubectlError } from '../errors.ts'
import { escapeHtml } from '../print/go-json.ts'
import { objectPrinter, PRINT_FLAGS } from '../print/output.ts'
import { inDeclaredOrder } from './json-order.ts'

const YAML_BY_DEFAULT: FlagDefinitions = {
  ...(PRINT_FLAGS.output && { output: { ...PRINT_FLAGS.output, default: 'yaml' } }),
}

export const view = defineSubcommand({
  name: 'view',
  summary: 'Display merged kubeconfig settings or a specified kubeconfig file',
  usage: '[flags]',
  flags: {
    ...PRINT_FLAGS,
    ...YAML_BY_DEFAULT,
    flatten: { kind: 'bool', default: false, summary: 'Make the output independent of other files.' },
    merge: { kind: 'bool', default: true, summary: 'Merge the files of KUBECONFIG.' },
    minify: { kind: 'bool', default: false, summary: 'Only what the current context uses.' },
    raw: { kind: 'bool', default: false, summary: 'Show certificates and secrets too.' },
  },
  run: async (invocation) => {
    const { args, flags, context } = invocation
    if (args.length > 0) throw usageError(invocation, `unexpected arguments: [${args.join(' ')}]`)
    const loaded = await loadKubeconfig(context, flags)
    const chosen = flags.bool('minify') ? minified(loaded, flags.optional('context')) : loaded
    const config = flags.bool('flatten') ? await flattened(invocation, chosen) : chosen
    const object = kubeconfigObject(flags.bool('raw') ? config : redacted(config))
    // A template given alone is one, whatever the default.
    if (flags.optional('template') && !flags.changed('output')) flags.assign('output', 'go-template')
    if (flags.string('output') === 'json') {
      context.out(`${escapeHtml(JSON.stringify(inDeclaredOrder(object), null, 4))}\n`)
      return 0
    }
    const print = await objectPrinter(invocation)
    context.out(print?.(object) ?? '')
    return 0
  },
})

function minified(config: Kubeconfig, wanted: string | undefined): Kubeconfig {
  const name = wanted ?? config.currentContext
  const context = config.contexts.get(name)
  if (name === '') throw new KubectlError('current-context must exist in order to minify')
  if (!context) throw new KubectlError(`cannot locate context ${name}`)
  const only = (entries: ReadonlyMap<string, Settings>, key: JsonValue | undefined) =>
    new Map([...entries].filter(([entry]) => entry === key))
  return {
    ...config,
    currentContext: name,
    contexts: new Map([[name, context]]),
    clusters: only(config.clusters, context.cluster),
    users: only(config.users, context.user),
  }
}

function redacted(config: Kubeconfig): Kubeconfig {
  const hide = (settings: Settings): Settings =>
    Object.fromEntries(
      Object.entries(asSettings(settings)).map(([key, value]) => {
        if (key === 'certificate-authority-data' || key.startsWith('client-'))
          return [key, key.endsWith('-data') ? 'DATA+OMITTED' : value]
        return [key, key === 'token' || key === 'password' ? 'REDACTED' : value]
      }),
    )
  const all = (entries: ReadonlyMap<string, Settings>) =>
    new Map([...entries].map(([name, value]) => [name, hide(value)]))
  return { ...config, clusters: all(config.clusters), users: all(config.users) }
}

const FILE_FIELDS = ['certificate-authority', 'client-certificate', 'client-key']

/** Files that entries name become their content; paths count from the kubeconfig that names them. Throws KubectlError. */
async function flattened({ context }: Invocation, config: Kubeconfig): Promise<Kubeconfig> {
  const inline = async (kind: 'clusters' | 'users'): Promise<ReadonlyMap<string, Settings>> => {
    const result = new Map<string, Settings>()
    for (const [name, settings] of config[kind]) {
      const home = config.files.find((file) => file[kind].has(name))?.path ?? config.path
      const entry: { [field: string]: JsonValue } = { ...settings }
      for (const field of FILE_FIELDS) {
        const path = settings[field]
        if (typeof path !== 'string' || path === '') continue
        const full = resolvePath(resolvePath(context.cwd, parentPath(home)), path)
        const text = await context.files.read(full)
        if (text === undefined) throw new KubectlError(`open ${full}: no such file or directory`)
        delete entry[field]
        if (text !== '') entry[`${field}-data`] = Buffer.from(text).toString('base64')
      }
      result.set(name, entry)
    }
    return result
  }
  return { ...config, clusters: await inline('clusters'), users: await inline('users') }
}
