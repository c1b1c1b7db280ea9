/** `config` commands about clusters and users. */
import type { JsonValue } from '../../../emulator/index.ts'
import { asSettings, type Kubeconfig, loadKubeconfig, saveKubeconfig } from '../api/kubeconfig.ts'
import { parseBoolean } from '../cli/numbers.ts'
import { defineSubcommand, type Subcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { withHelp } from './with-help.ts'

export const getClusters = defineSubcommand({
  name: 'get-clusters',
  usage: '[flags]',
  summary: 'Display clusters defined in the kubeconfig',
  run: async ({ context, flags }) => {
    const { clusters } = await loadKubeconfig(context, flags)
    context.out(
      `NAME\n${[...clusters.keys()]
        .sort()
        .map((name) => `${name}\n`)
        .join('')}`,
    )
    return 0
  },
})

export const getUsers = defineSubcommand({
  name: 'get-users',
  usage: '[flags]',
  summary: 'Display users defined in the kubeconfig',
  run: async ({ context, flags }) => {
    const { users } = await loadKubeconfig(context, flags)
    context.out(
      `NAME\n${[...users.keys()]
        .sort()
        .map((name) => `${name}\n`)
        .join('')}`,
    )
    return 0
  },
})

const removal = (name: string, kind: 'clusters' | 'users', word: string) =>
  defineSubcommand({
    name,
    summary: `Delete the specified ${word} from the kubeconfig`,
    usage: 'NAME',
    completes: kind,
    run: async ({ context, flags, args }) => {
      const config = await loadKubeconfig(context, flags)
      const entry = args[0] ?? ''
      if (!config[kind].has(entry)) throw new KubectlError(`cannot delete ${word} ${entry}, not in ${config.path}`)
      await saveKubeconfig(context, { ...config, [kind]: new Map([...config[kind]].filter(([key]) => key !== entry)) })
      context.out(`deleted ${word} ${entry} from ${config.path}\n`)
      return 0
    },
  })
export const deleteCluster = removal('delete-cluster', 'clusters', 'cluster')
export const deleteUser = removal('delete-user', 'users', 'user')

export const set: Subcommand = defineSubcommand({
  name: 'set',
  summary: 'Set an individual value in a kubeconfig file',
  usage: 'PROPERTY_NAME PROPERTY_VALUE',
  flags: {
    'set-raw-bytes': { kind: 'bool', default: false, summary: 'Take a value of bytes as it is, not as base64.' },
  },
  examples: [
    '# The namespace of a context',
    'kubectl config set contexts.kubernetes-admin@kubernetes.namespace team-a',
  ],
  run: async (invocation) => {
    const { context, args } = invocation
    const [property, value] = args
    if (args.length !== 2 || property === undefined || value === undefined)
      throw withHelp(invocation, set, `Unexpected args: [${args.join(' ')}]`)
    await saveKubeconfig(context, await change(invocation, property, value))
    context.out(`Property ${JSON.stringify(property)} set.\n`)
    return 0
  },
})

export const unset: Subcommand = defineSubcommand({
  name: 'unset',
  summary: 'Unset an individual value in a kubeconfig file',
  usage: 'PROPERTY_NAME',
  run: async (invocation) => {
    const [property] = invocation.args
    if (invocation.args.length !== 1 || property === undefined)
      throw withHelp(invocation, unset, `Unexpected args: [${invocation.args.join(' ')}]`)
    await saveKubeconfig(invocation.context, await change(invocation, property, undefined))
    invocation.context.out(`Property ${JSON.stringify(property)} unset.\n`)
    return 0
  },
})

type Fields = { [field: string]: JsonValue }

/** `current-context`, or `contexts.NAME.field` where NAME may hold dots. */
async function change(
  { context, flags }: Parameters<NonNullable<(typeof getUsers)['run']>>[0],
  property: string,
  value: string | undefined,
): Promise<Kubeconfig> {
  const config = await loadKubeconfig(context, flags)
  if (property === 'current-context') return { ...config, currentContext: value ?? '' }
  if (value === undefined && (property === 'clusters' || property === 'contexts' || property === 'users'))
    return { ...config, [property]: new Map() }
  const match = /^(clusters|contexts|users)\.(.+?)(?:\.([a-z-]+))?$/.exec(property)
  const kind = match?.[1]
  if (kind !== 'clusters' && kind !== 'contexts' && kind !== 'users')
    throw new KubectlError(`unable to parse ${property} after [] at api.Config`)
  const entries = new Map(config[kind])
  const known = [...entries.keys()]
    .filter((name) => property === `${kind}.${name}` || property.startsWith(`${kind}.${name}.`))
    .toSorted((a, b) => b.length - a.length)[0]
  const name = known ?? match?.[2] ?? ''
  const field = property.slice(kind.length + 1 + name.length + 1)
  const settings: Fields = { ...asSettings(entries.get(name)) }
  if (field === '') {
    entries.delete(name)
  } else {
    if (value === undefined) delete settings[field]
    else settings[field] = BOOLEANS.has(field) ? booleanOf(value) : value
    entries.set(name, settings)
  }
  return { ...config, [kind]: entries }
}

function booleanOf(text: string): boolean {
  try {
    return parseBoolean(text)
  } catch (error) {
    throw new KubectlError(error instanceof Error ? error.message : String(error))
  }
}

const BOOLEANS = new Set(['insecure-skip-tls-verify', 'disable-compression'])
