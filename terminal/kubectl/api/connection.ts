/** From a kubeconfig and the global flags to a server, a user and a namespace. */
import type { ApiRequest, JsonValue } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import type { FlagValues } from '../cli/flags.ts'
import { goDuration, parseDuration } from '../cli/numbers.ts'
import { KubectlError } from '../errors.ts'
import { credentialsOf } from './credentials.ts'
import { asSettings, type Kubeconfig, type Settings } from './kubeconfig.ts'
import { missingContext } from './missing-context.ts'

export interface Connection {
  readonly server: string
  /** What every request proves itself with. */
  readonly identity: Pick<ApiRequest, 'user' | 'clientCertificate'>
  /** Bearer token and impersonation. */
  readonly headers: { readonly [header: string]: string }
  readonly namespace: string
  readonly namespaceEnforced: boolean
  /** `--request-timeout` in ms; zero never gives up. */
  readonly timeoutMs: number
  /** The same as Go prints it; empty for none. */
  readonly timeoutText: string
  /** `-v` */
  readonly verbosity: number
  /** What the server serves was asked for not long ago. */
  readonly discovered: boolean
}

const NO_CONFIG_SERVER = 'http://localhost:8080'

/** For the command at `path`. Throws KubectlError for contexts, clusters and users that the kubeconfig lacks. */
export async function connectionOf(
  context: Pick<CommandContext, 'files'>,
  config: Kubeconfig,
  flags: FlagValues,
  path: readonly string[],
): Promise<Connection> {
  const contextName = flags.optional('context') ?? config.currentContext
  if (contextName !== '' && !config.contexts.has(contextName))
    throw missingContext(contextName, flags.optional('context') ? path : [])
  const chosen = asSettings(config.contexts.get(contextName))
  const clusterName = flags.optional('cluster') ?? text(chosen.cluster)
  // The bindings that `create` makes have a --user of their own: a list.
  const userAsked = flags.list('user').length > 0 ? undefined : flags.optional('user')
  const userName = userAsked ?? text(chosen.user)
  if (flags.optional('cluster') && !config.clusters.has(clusterName))
    throw new KubectlError(`no server found for cluster "${clusterName}"`)
  if (userAsked !== undefined && !config.users.has(userName))
    throw new KubectlError(`auth info "${userName}" does not exist`)
  const cluster = asSettings(config.clusters.get(clusterName))
  const namespace = flags.optional('namespace')
  const user = asSettings(config.users.get(userName))
  const { identity, bearer } = await credentialsOf(context, config.path, userName, user, flags)
  return {
    server: flags.optional('server') ?? (text(cluster.server) || NO_CONFIG_SERVER),
    identity,
    headers: { ...bearer, ...impersonation(flags, user) },
    namespace: namespace ?? (text(chosen.namespace) || 'default'),
    namespaceEnforced: namespace !== undefined,
    ...requestTimeout(flags.string('request-timeout')),
    verbosity: flags.number('v'),
    discovered: false,
  }
}

/** Seconds, or a duration (upstream: client-go/tools/clientcmd/config.go, ParseTimeout). Throws KubectlError. */
function requestTimeout(text: string): Pick<Connection, 'timeoutMs' | 'timeoutText'> {
  try {
    const timeoutMs = /^\+?\d+$/.test(text) ? Number(text) * 1000 : parseDuration(text)
    return { timeoutMs, timeoutText: timeoutMs > 0 ? goDuration(timeoutMs) : '' }
  } catch {
    throw new KubectlError(
      'Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)',
    )
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
const texts = (value: JsonValue | undefined) => (Array.isArray(value) ? value.map(text) : [])

/** `--as` and its like, or what the kubeconfig's user says of them, as the headers that the API server checks. */
function impersonation(flags: FlagValues, user: Settings): Connection['headers'] {
  const name = flags.optional('as') ?? text(user.as)
  const groups = flags.list('as-group').length > 0 ? flags.list('as-group') : texts(user['as-groups'])
  const uid = flags.optional('as-uid') ?? text(user['as-uid'])
  if (!name) {
    if (groups.length > 0 || uid)
      throw new KubectlError('requesting uid, groups or user-extra for %!s(<nil>) without impersonating a user')
    return {}
  }
  return {
    'impersonate-user': name,
    ...(uid && { 'impersonate-uid': uid }),
    ...(groups.length > 0 && { 'impersonate-group': groups.join(',') }),
  }
}
