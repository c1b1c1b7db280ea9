/** `config` commands about clusters and users. */
import type { JsonValue } from '../../../emulator/index.ts'
import { asSettings, kubeconfigObject, loadKubeconfig, readKubeconfig, saveKubeconfig } from '../api/kubeconfig.ts'
import { defineSubcommand, type Subcommand } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { KubectlError } from '../errors.ts'
import { printYaml } from '../yaml/print.ts'
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

export const setCluster = defineSubcommand({
  name: 'set-cluster',
  summary: 'Set a cluster entry in kubeconfig',
  usage:
    'NAME [--server=server] [--certificate-authority=path/to/certificate/authority] [--insecure-skip-tls-verify=true] [--tls-server-name=example.com]',
  run: async (invocation) => {
    const { context, flags, args } = invocation
    const [name] = args
    if (args.length !== 1 || name === undefined) throw usageError(invocation, `Unexpected args: [${args.join(' ')}]`)
    const config = await loadKubeconfig(context, flags)
    const given: (readonly [string, JsonValue])[] = ['server', 'certificate-authority', 'tls-server-name']
      .filter((f) => flags.changed(f))
      .map((f) => [f, flags.string(f)] as const)
    if (flags.changed('insecure-skip-tls-verify'))
      given.push(['insecure-skip-tls-verify', flags.bool('insecure-skip-tls-verify')])
    const settings = { ...asSettings(config.clusters.get(name)), ...Object.fromEntries(given) }
    await saveKubeconfig(context, { ...config, clusters: new Map([...config.clusters, [name, settings]]) })
    context.out(`Cluster ${JSON.stringify(name)} set.\n`)
    return 0
  },
})

export const setCredentials: Subcommand = defineSubcommand({
  name: 'set-credentials',
  summary: 'Set a user entry in kubeconfig',
  usage:
    'NAME [--client-certificate=path/to/certfile] [--client-key=path/to/keyfile] [--token=bearer_token] [--username=basic_user] [--password=basic_password] [--auth-provider=provider_name] [--auth-provider-arg=key=value] [--exec-command=exec_command] [--exec-api-version=exec_api_version] [--exec-arg=arg] [--exec-env=key=value]',
  run: async (invocation) => {
    const { context, flags, args } = invocation
    const [name] = args
    if (args.length !== 1 || name === undefined)
      throw withHelp(invocation, setCredentials, `unexpected args: [${args.join(' ')}]`)
    if (flags.optional('token') && (flags.optional('username') || flags.optional('password')))
      throw new KubectlError(
        'you cannot specify more than one authentication method at the same time: --token, --username/--password',
      )
    const config = await loadKubeconfig(context, flags)
    const fields = ['client-certificate', 'client-key', 'token', 'username', 'password']
    const given = fields.filter((f) => flags.changed(f)).map((f) => [f, flags.string(f)])
    const settings = { ...asSettings(config.users.get(name)), ...Object.fromEntries(given) }
    await saveKubeconfig(context, { ...config, users: new Map([...config.users, [name, settings]]) })
    context.out(`User ${JSON.stringify(name)} set.\n`)
    return 0
  },
})

const removal = (name: string, kind: 'clusters' | 'users', word: string) =>
  defineSubcommand({
    name,
    summary: `Delete the specified ${word} from the kubeconfig`,
    usage: 'NAME',
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
  examples: [
    '# The namespace of a context',
    'kubectl config set contexts.kubernetes-admin@kubernetes.namespace team-a',
  ],
  run: async (invocation) => {
    const { context, args } = invocation
    const [property, value] = args
    if (args.length !== 2 || property === undefined || value === undefined)
      throw withHelp(invocation, set, `Unexpected args: [${args.join(' ')}]`)
    const changed = await change(invocation, property, value)
    await context.files.write(changed.path, changed.text)
    context.out(`Property ${JSON.stringify(property)} set.\n`)
    return 0
  },
})

export const unset = defineSubcommand({
  name: 'unset',
  summary: 'Unset an individual value in a kubeconfig file',
  usage: 'PROPERTY_NAME',
  run: async (invocation) => {
    const [property] = invocation.args
    if (invocation.args.length !== 1 || property === undefined)
      throw usageError(invocation, `Unexpected args: [${invocation.args.join(' ')}]`)
    const changed = await change(invocation, property, undefined)
    await invocation.context.files.write(changed.path, changed.text)
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
): Promise<{ path: string; text: string }> {
  const config = await loadKubeconfig(context, flags)
  if (property === 'current-context')
    return { path: config.path, text: printYaml(kubeconfigObject({ ...config, currentContext: value ?? '' })) }
  const match = /^(clusters|contexts|users)\.(.+?)(?:\.([a-z-]+))?$/.exec(property)
  const kind = match?.[1]
  if (kind !== 'clusters' && kind !== 'contexts' && kind !== 'users')
    throw new KubectlError(`unable to parse ${property} after [] at api.Config`)
  const entries = new Map(config[kind])
  const known = [...entries.keys()]
    .filter((name) => property.startsWith(`${kind}.${name}`))
    .toSorted((a, b) => b.length - a.length)[0]
  const name = known ?? match?.[2] ?? ''
  const field = property.slice(kind.length + 1 + name.length + 1)
  const settings: Fields = { ...asSettings(entries.get(name)) }
  if (field === '') entries.delete(name)
  else {
    if (value === undefined) delete settings[field]
    else settings[field] = value
    entries.set(name, settings)
  }
  const text = printYaml(kubeconfigObject({ ...config, [kind]: entries }))
  readKubeconfig(config.path, text)
  return { path: config.path, text }
}
