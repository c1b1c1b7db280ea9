/** `config` commands about contexts (upstream: kubectl/pkg/cmd/config). */
import { asSettings, loadKubeconfig, saveKubeconfig } from '../api/kubeconfig.ts'
import { helpText } from '../cli/help.ts'
import { defineSubcommand, type Subcommand } from '../cli/subcommand.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { alignTabs, TABLE } from '../print/tabwriter.ts'
import { withHelp } from './with-help.ts'

export const currentContext = defineSubcommand({
  name: 'current-context',
  usage: '[flags]',
  summary: 'Display the current-context',
  run: async ({ context, flags }) => {
    const { currentContext: name } = await loadKubeconfig(context, flags)
    if (name === '') throw new KubectlError('current-context is not set')
    context.out(`${name}\n`)
    return 0
  },
})

export const getContexts = defineSubcommand({
  name: 'get-contexts',
  summary: 'Describe one or many contexts',
  usage: '[(-o|--output=)name)]',
  flags: {
    'no-headers': { kind: 'bool', default: false, summary: 'Leave the headers out.' },
    output: { kind: 'string', shorthand: 'o', default: '', summary: 'Output format: name.' },
  },
  run: async ({ context, flags, args }) => {
    const output = flags.string('output')
    if (output !== '' && output !== 'name')
      throw new KubectlError(
        `--output ${output} is not available in kubectl config get-contexts; resetting to default output format`,
      )
    const config = await loadKubeconfig(context, flags)
    const names = (args.length > 0 ? args : [...config.contexts.keys()]).toSorted()
    const known = names.filter((name) => config.contexts.has(name))
    const rows = known.map((name) => {
      const settings = asSettings(config.contexts.get(name))
      return [
        name === config.currentContext ? '*' : '',
        name,
        settings.cluster ?? '',
        settings.user ?? '',
        settings.namespace ?? '',
      ].join('\t')
    })
    if (flags.string('output') === 'name') context.out(known.map((name) => `${name}\n`).join(''))
    else {
      const head = flags.bool('no-headers') ? [] : ['CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE']
      const lines = [...head, ...rows]
      if (lines.length > 0) context.out(`${alignTabs(lines.join('\n'), TABLE)}\n`)
    }
    throwAll(
      names.filter((name) => !config.contexts.has(name)).map((name) => new KubectlError(`context ${name} not found`)),
    )
    return 0
  },
})

export const useContext: Subcommand = defineSubcommand({
  name: 'use-context',
  aliases: ['use'],
  summary: 'Set the current-context in a kubeconfig file',
  usage: 'CONTEXT_NAME',
  completes: 'contexts',
  run: async (invocation) => {
    const { context, flags, args } = invocation
    const [name] = args
    if (args.length !== 1 || name === undefined)
      throw withHelp(invocation, useContext, `Unexpected args: [${args.join(' ')}]`)
    const config = await loadKubeconfig(context, flags)
    if (!config.contexts.has(name)) throw new KubectlError(`no context exists with the name: ${JSON.stringify(name)}`)
    await saveKubeconfig(context, { ...config, currentContext: name })
    context.out(`Switched to context ${JSON.stringify(name)}.\n`)
    return 0
  },
})

export const setContext: Subcommand = defineSubcommand({
  name: 'set-context',
  summary: 'Set a context entry in kubeconfig',
  examples: ['# Another namespace for what follows', 'kubectl config set-context --current --namespace=team-a'],
  usage: '[NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]',
  completes: 'contexts',
  flags: {
    cluster: { kind: 'string', default: '', summary: 'Cluster of the context.', completes: 'cluster' },
    current: { kind: 'bool', default: false, summary: 'Change the current context.' },
    namespace: { kind: 'string', default: '', summary: 'Namespace of the context.', completes: 'namespace' },
    user: { kind: 'string', default: '', summary: 'User of the context.', completes: 'user' },
  },
  run: async (invocation) => {
    const { context, flags, args } = invocation
    if (args.length > 1) throw withHelp(invocation, setContext, `Unexpected args: [${args.join(' ')}]`)
    const config = await loadKubeconfig(context, flags)
    if (flags.bool('current') && args.length > 0)
      throw new KubectlError('you cannot specify both a context name and --current')
    const name = flags.bool('current') ? config.currentContext : args[0]
    if (name === undefined) throw new KubectlError('you must specify a non-empty context name or --current')
    if (name === '') throw new KubectlError('no current context is set')
    const given = ['cluster', 'namespace', 'user']
      .filter((flag) => flags.changed(flag))
      .map((flag) => [flag, flags.string(flag)])
    const existed = config.contexts.has(name)
    const settings = { ...asSettings(config.contexts.get(name)), ...Object.fromEntries(given) }
    await saveKubeconfig(context, { ...config, contexts: new Map([...config.contexts, [name, settings]]) })
    context.out(`Context ${JSON.stringify(name)} ${existed ? 'modified' : 'created'}.\n`)
    return 0
  },
})

export const renameContext: Subcommand = defineSubcommand({
  name: 'rename-context',
  summary: 'Rename a context from the kubeconfig file',
  usage: 'CONTEXT_NAME NEW_NAME',
  completes: 'contexts',
  run: async (invocation) => {
    const { context, flags, args } = invocation
    const [from, to] = args
    if (args.length !== 2 || from === undefined || to === undefined)
      throw withHelp(invocation, renameContext, `Unexpected args: [${args.join(' ')}]`)
    const config = await loadKubeconfig(context, flags)
    const settings = config.contexts.get(from)
    if (!settings)
      throw new KubectlError(`cannot rename the context ${JSON.stringify(from)}, it's not in ${config.path}`)
    if (config.contexts.has(to))
      throw new KubectlError(
        `cannot rename the context ${JSON.stringify(from)}, the context ${JSON.stringify(to)} already exists in ${config.path}`,
      )
    const contexts = new Map([...config.contexts].filter(([name]) => name !== from)).set(to, settings)
    await saveKubeconfig(context, {
      ...config,
      contexts,
      currentContext: config.currentContext === from ? to : config.currentContext,
    })
    context.out(`Context ${JSON.stringify(from)} renamed to ${JSON.stringify(to)}.\n`)
    return 0
  },
})

export const deleteContext: Subcommand = defineSubcommand({
  name: 'delete-context',
  summary: 'Delete the specified context from the kubeconfig',
  usage: 'NAME',
  completes: 'contexts',
  run: async ({ context, flags, args, path }) => {
    const [name, ...more] = args
    if (name === undefined || more.length > 0) {
      context.out(helpText(deleteContext, path))
      return 0
    }
    const config = await loadKubeconfig(context, flags)
    if (!config.contexts.has(name)) throw new KubectlError(`cannot delete context ${name}, not in ${config.path}`)
    if (config.currentContext === name)
      context.err(
        'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
      )
    const contexts = new Map([...config.contexts].filter(([entry]) => entry !== name))
    await saveKubeconfig(context, { ...config, contexts })
    context.out(`deleted context ${name} from ${config.path}\n`)
    return 0
  },
})
