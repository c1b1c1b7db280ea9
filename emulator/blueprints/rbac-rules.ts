/** The default roles in a short form: one rule a line, `verbs | groups | resources | names`, `-` for the core group. */
import type { ClusterRole, PolicyRule } from '../generated/types.ts'

const SHORT: ReadonlyMap<string, readonly string[]> = new Map([
  ['read', ['get', 'list', 'watch']],
  ['write', ['create', 'delete', 'deletecollection', 'patch', 'update']],
  ['all', ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']],
])

const words = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '')

/** Rules from their lines; a line of `verbs | /path /path` is about paths. */
export function rules(text: string): readonly PolicyRule[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [verbs = '', groups = '', resources, names] = line.split('|').map((part) => part.trim())
      const common = { verbs: words(verbs).flatMap((verb) => SHORT.get(verb) ?? [verb]) }
      if (resources === undefined) return { ...common, nonResourceURLs: words(groups) }
      return {
        apiGroups: words(groups).map((group) => (group === '-' ? '' : group)),
        ...(names !== undefined && { resourceNames: words(names) }),
        resources: words(resources),
        ...common,
      }
    })
}

export const BOOTSTRAP = {
  labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
  annotations: { 'rbac.authorization.kubernetes.io/autoupdate': 'true' },
}

/** A ClusterRole that the API server makes sure of. */
export function defaultRole(name: string, text: string, labels: { readonly [key: string]: string } = {}): ClusterRole {
  const { annotations } = BOOTSTRAP
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRole',
    metadata: { name, labels: { ...BOOTSTRAP.labels, ...labels }, annotations },
    rules: rules(text),
  }
}
