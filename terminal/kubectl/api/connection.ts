/** From a kubeconfig and the global flags to a server, a user and a namespace. */
import type { UserInfo } from '../../../emulator/index.ts'
import type { FlagValues } from '../cli/flags.ts'
import { KubectlError } from '../errors.ts'
import { asSettings, type Kubeconfig } from './kubeconfig.ts'

export interface Connection {
  readonly server: string
  readonly user: UserInfo
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
  const userName = flags.optional('user') ?? text(context.user)
  if (flags.optional('cluster') && !config.clusters.has(clusterName))
    throw new KubectlError(`cluster "${clusterName}" does not exist`)
  if (flags.optional('user') && !config.users.has(userName))
    throw new KubectlError(`auth info "${userName}" does not exist`)
  const cluster = asSettings(config.clusters.get(clusterName))
  const namespace = flags.optional('namespace')
  return {
    server: flags.optional('server') ?? (text(cluster.server) || NO_CONFIG_SERVER),
    user: impersonated(flags) ?? certificateUser(userName),
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

function impersonated(flags: FlagValues): UserInfo | undefined {
  const name = flags.optional('as')
  if (!name) {
    if (flags.list('as-group').length > 0)
      throw new KubectlError('requesting uid, groups or user-extra for %!s(<nil>) without impersonating a user')
    return undefined
  }
  const account = /^system:serviceaccount:([^:]+):/.exec(name)
  const groups = account ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`] : []
  return { name, groups: [...flags.list('as-group'), ...groups, 'system:authenticated'] }
}
