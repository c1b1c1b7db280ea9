/** From a kubeconfig and the global flags to a server, a user and a namespace. */
import type { UserInfo } from '../../../emulator/index.ts'
import type { FlagValues } from '../cli/flags.ts'
import { KubectlError } from '../errors.ts'
import { asSettings, type Kubeconfig } from './kubeconfig.ts'

export interface Connection {
  readonly server: string
  readonly user: UserInfo
  /** Headers of the request. */
  readonly impersonation: { readonly [header: string]: string }
  readonly namespace: string
  readonly namespaceEnforced: boolean
}

const NO_CONFIG_SERVER = 'http://localhost:8080'

/** Throws KubectlError for contexts, clusters and users that the kubeconfig lacks. */
export function connectionOf(config: Kubeconfig, flags: FlagValues): Connection {
  const contextName = flags.optional('context') ?? config.currentContext
  if (flags.optional('context') && !config.contexts.has(contextName))
    throw new KubectlError(`context "${contextName}" does not exist`)
  const context = asSettings(config.contexts.get(contextName))
  const clusterName = flags.optional('cluster') ?? text(context.cluster)
  // The bindings that `create` makes have a --user of their own: a list.
  const userAsked = flags.list('user').length > 0 ? undefined : flags.optional('user')
  const userName = userAsked ?? text(context.user)
  if (flags.optional('cluster') && !config.clusters.has(clusterName))
    throw new KubectlError(`cluster "${clusterName}" does not exist`)
  if (userAsked !== undefined && !config.users.has(userName))
    throw new KubectlError(`auth info "${userName}" does not exist`)
  const cluster = asSettings(config.clusters.get(clusterName))
  const namespace = flags.optional('namespace')
  return {
    server: flags.optional('server') ?? (text(cluster.server) || NO_CONFIG_SERVER),
    user: certificateUser(userName),
    impersonation: impersonation(flags),
    namespace: namespace ?? (text(context.namespace) || 'default'),
    namespaceEnforced: namespace !== undefined,
  }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

/** Kubeconfig users carry no real certificate here; their names stand for the certificate's subject. */
function certificateUser(name: string): UserInfo {
  const groups = name === 'kubernetes-admin' || name === '' ? ['kubeadm:cluster-admins'] : []
  return { name: name || 'kubernetes-admin', groups: [...groups, 'system:authenticated'] }
}

/** `--as` and `--as-group` as the headers that the API server checks. */
function impersonation(flags: FlagValues): Connection['impersonation'] {
  const name = flags.optional('as')
  const groups = flags.list('as-group')
  if (!name) {
    if (groups.length > 0)
      throw new KubectlError('requesting uid, groups or user-extra for %!s(<nil>) without impersonating a user')
    return {}
  }
  return { 'impersonate-user': name, ...(groups.length > 0 && { 'impersonate-group': groups.join(',') }) }
}
