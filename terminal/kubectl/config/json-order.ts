import type { JsonValue } from '../../../emulator/index.ts'
import { asSettings, type Settings } from '../api/kubeconfig.ts'

/** Fields as Go's types declare them; others follow (upstream: clientcmd/api/v1/types.go). */
const CLUSTER = ['server', 'tls-server-name', 'insecure-skip-tls-verify', 'certificate-authority']
const CONTEXT = ['cluster', 'user', 'namespace']
const USER = ['client-certificate', 'client-certificate-data', 'client-key', 'client-key-data', 'token', 'tokenFile']

/** A kubeconfig whose JSON has its fields in Go's order. */
export function inDeclaredOrder(config: Settings): Settings {
  return {
    kind: config.kind ?? 'Config',
    apiVersion: config.apiVersion ?? 'v1',
    clusters: entries(config.clusters, 'cluster', CLUSTER),
    users: entries(config.users, 'user', USER),
    contexts: entries(config.contexts, 'context', CONTEXT),
    'current-context': config['current-context'] ?? '',
  }
}

function entries(list: JsonValue | undefined, field: string, order: readonly string[]): JsonValue {
  if (!Array.isArray(list)) return null
  return list.map((entry: JsonValue) => {
    const { name = '', [field]: settings } = asSettings(entry)
    return { name, [field]: ordered(asSettings(settings), order) }
  })
}

function ordered(settings: Settings, order: readonly string[]): Settings {
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)
  const sorted = Object.entries(settings).toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  return Object.fromEntries(sorted)
}
