import type { JsonValue } from '../../../emulator/index.ts'
import { asSettings, type Kubeconfig, kubeconfigObject, loadKubeconfig, type Settings } from '../api/kubeconfig.ts'
import type { FlagDefinitions } from '../cli/flags.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { objectPrinter, PRINT_FLAGS } from '../print/output.ts'

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
    const { flags, context } = invocation
    const loaded = await loadKubeconfig(context, flags)
    const config = flags.bool('minify') ? minified(loaded, flags.optional('context')) : loaded
    const object = kubeconfigObject(flags.bool('raw') ? config : redacted(config))
    // A template given alone is one, whatever the default.
    if (flags.optional('template') && !flags.changed('output')) flags.assign('output', 'go-template')
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
