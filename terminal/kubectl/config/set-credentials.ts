import type { JsonValue } from '../../../emulator/index.ts'
import { asSettings, loadKubeconfig, type Settings, saveKubeconfig } from '../api/kubeconfig.ts'
import { defineSubcommand, type Invocation, type Subcommand } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { embedded } from './embed.ts'
import { localPath } from './local-path.ts'
import { withHelp } from './with-help.ts'

/** Upstream: kubectl/pkg/cmd/config/set_credentials.go. */
export const setCredentials: Subcommand = defineSubcommand({
  name: 'set-credentials',
  summary: 'Set a user entry in kubeconfig',
  long: 'Set a user entry in kubeconfig.\n\n Fields of an entry that exists already are kept where nothing new is given. A token and a user name with its password exclude each other.',
  examples: [
    '# A certificate with its key',
    'kubectl config set-credentials kim --client-certificate=kim.crt --client-key=kim.key --embed-certs=true',
    '',
    '# A token',
    'kubectl config set-credentials builder --token=eyJh...',
    '',
    '# A program that gets tokens',
    'kubectl config set-credentials sso --exec-command=get-token --exec-api-version=client.authentication.k8s.io/v1',
  ],
  usage:
    'NAME [--client-certificate=path/to/certfile] [--client-key=path/to/keyfile] [--token=bearer_token] [--username=basic_user] [--password=basic_password] [--auth-provider=provider_name] [--auth-provider-arg=key=value] [--exec-command=exec_command] [--exec-api-version=exec_api_version] [--exec-arg=arg] [--exec-env=key=value]',
  flags: {
    'auth-provider': { kind: 'string', default: '', summary: 'Provider of authentication.' },
    'auth-provider-arg': {
      kind: 'stringSlice',
      default: [],
      summary: "Its settings, as 'key=value'; 'key-' removes one.",
    },
    'client-certificate': { kind: 'string', default: '', summary: 'File with the certificate.' },
    'client-key': { kind: 'string', default: '', summary: "File with the certificate's key." },
    'embed-certs': { kind: 'bool', default: false, summary: 'Put certificate and key into the kubeconfig itself.' },
    'exec-api-version': { kind: 'string', default: '', summary: 'API version that the program speaks.' },
    'exec-arg': { kind: 'stringSlice', default: [], summary: 'Arguments of the program.' },
    'exec-command': { kind: 'string', default: '', summary: 'Program that gets credentials.' },
    'exec-env': { kind: 'stringArray', default: [], summary: "Its environment, as 'key=value'; 'key-' removes one." },
    'exec-interactive-mode': {
      kind: 'string',
      default: '',
      summary: 'Whether it may ask: Never, IfAvailable, Always.',
    },
    'exec-provide-cluster-info': { kind: 'bool', default: false, summary: 'Tell it about the cluster.' },
    password: { kind: 'string', default: '', summary: 'Password.' },
    token: { kind: 'string', default: '', summary: 'Bearer token.' },
    username: { kind: 'string', default: '', summary: 'User name.' },
  },
  run: async (invocation) => {
    const { context, flags, args } = invocation
    const [name] = args
    if (args.length !== 1 || name === undefined)
      throw withHelp(invocation, setCredentials, `unexpected args: [${args.join(' ')}]`)
    check(invocation)
    const config = await loadKubeconfig(context, flags)
    const settings = await changed(invocation, asSettings(config.users.get(name)), config.path)
    await saveKubeconfig(context, { ...config, users: new Map([...config.users, [name, settings]]) })
    context.out(`User ${JSON.stringify(name)} set.\n`)
    return 0
  },
})

function check({ flags }: Invocation): void {
  const basic = flags.optional('username') || flags.optional('password')
  const methods = [...(flags.optional('token') ? ['--token'] : []), ...(basic ? ['--username/--password'] : [])]
  if (methods.length > 1)
    throw new KubectlError(
      `you cannot specify more than one authentication method at the same time: ${methods.join(', ')}`,
    )
  if (flags.bool('embed-certs') && !flags.optional('client-certificate') && !flags.optional('client-key'))
    throw new KubectlError('you must specify a --client-certificate or --client-key to embed')
}

async function changed(invocation: Invocation, old: Settings, kubeconfig: string): Promise<Settings> {
  const { context, flags } = invocation
  const settings: { [field: string]: JsonValue } = { ...old }
  for (const flag of ['client-certificate', 'client-key']) {
    if (!flags.changed(flag)) continue
    delete settings[flag]
    delete settings[`${flag}-data`]
    if (flags.bool('embed-certs')) Object.assign(settings, await embedded(invocation, flag))
    else settings[flag] = localPath(context.cwd, kubeconfig, flags.string(flag))
  }
  if (flags.changed('token')) for (const field of ['username', 'password']) delete settings[field]
  if (flags.changed('username') || flags.changed('password')) delete settings.token
  for (const flag of ['token', 'username', 'password']) if (flags.changed(flag)) settings[flag] = flags.string(flag)
  const provider = authProvider(invocation, asSettings(settings['auth-provider']))
  if (provider) settings['auth-provider'] = provider
  const exec = execProgram(invocation, asSettings(settings.exec))
  if (exec) settings.exec = exec
  return settings
}

function authProvider({ flags }: Invocation, old: Settings): JsonValue | undefined {
  if (!flags.changed('auth-provider') && Object.keys(old).length === 0) return undefined
  const config: { [key: string]: JsonValue } = { ...asSettings(old.config) }
  for (const pair of flags.list('auth-provider-arg')) assign(config, pair)
  return { config, name: flags.optional('auth-provider') ?? old.name ?? '' }
}

/** `key=value` sets, `key-` removes. */
function assign(values: { [key: string]: JsonValue }, pair: string): void {
  const equals = pair.indexOf('=')
  if (equals > 0) values[pair.slice(0, equals)] = pair.slice(equals + 1)
  else if (pair.endsWith('-')) delete values[pair.slice(0, -1)]
}

function execProgram({ flags }: Invocation, old: Settings): JsonValue | undefined {
  const names = ['command', 'api-version', 'arg', 'env', 'interactive-mode', 'provide-cluster-info']
  if (!names.some((name) => flags.changed(`exec-${name}`))) return undefined
  const before = Array.isArray(old.env) ? old.env : []
  const env: { [key: string]: JsonValue } = {}
  for (const entry of before.map((item: JsonValue) => asSettings(item))) env[String(entry.name)] = entry.value ?? ''
  for (const pair of flags.list('exec-env')) assign(env, pair)
  const list = Object.entries(env).map(([name, value]) => ({ name, value }))
  const mode = flags.optional('exec-interactive-mode')
  return {
    ...old,
    apiVersion: flags.optional('exec-api-version') ?? old.apiVersion ?? '',
    args: flags.changed('exec-arg') ? flags.list('exec-arg') : (old.args ?? null),
    command: flags.optional('exec-command') ?? old.command ?? '',
    env: list.length > 0 || before.length > 0 ? list : null,
    ...(mode && { interactiveMode: mode }),
    provideClusterInfo: flags.changed('exec-provide-cluster-info')
      ? flags.bool('exec-provide-cluster-info')
      : (old.provideClusterInfo ?? false),
  }
}
