import type { ResourceType } from '../api/discovery.ts'
import { apiVersionOf } from '../api/discovery.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'

/** Groups with a dot that come from elsewhere than k8s.io/api. */
const ELSEWHERE = new Set([
  'apiextensions.k8s.io',
  'apiregistration.k8s.io',
  'gateway.networking.k8s.io',
  'metrics.k8s.io',
])

/** Whether kubectl has a Go type of its own for these objects (upstream: kubectl/pkg/scheme/install.go). */
export function isRegistered({ context }: Invocation, { group, kind }: Pick<ResourceType, 'group' | 'kind'>): boolean {
  const foreign = group.includes('.') && !group.endsWith('.k8s.io')
  if (foreign || ELSEWHERE.has(group)) return false
  return context.cluster.kinds.some((known) => known.kind === kind && known.group === group)
}

/** What commands say that read objects into types of their own, and have none for this one. */
export function unregistered(type: ResourceType): KubectlError {
  return new KubectlError(
    `no kind ${JSON.stringify(type.kind)} is registered for version ${JSON.stringify(apiVersionOf(type))} in scheme "pkg/scheme/scheme.go:28"`,
  )
}
