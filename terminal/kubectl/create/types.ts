/** The types that `kubectl create` makes: known to the command itself, so that a dry run needs no server. */
import type { ResourceType } from '../api/discovery.ts'

const TYPES = [
  ['', 'v1', 'configmaps', 'ConfigMap', true],
  ['', 'v1', 'namespaces', 'Namespace', false],
  ['', 'v1', 'resourcequotas', 'ResourceQuota', true],
  ['', 'v1', 'secrets', 'Secret', true],
  ['', 'v1', 'serviceaccounts', 'ServiceAccount', true],
  ['', 'v1', 'services', 'Service', true],
  ['apps', 'v1', 'deployments', 'Deployment', true],
  ['batch', 'v1', 'cronjobs', 'CronJob', true],
  ['batch', 'v1', 'jobs', 'Job', true],
  ['networking.k8s.io', 'v1', 'ingresses', 'Ingress', true],
  ['policy', 'v1', 'poddisruptionbudgets', 'PodDisruptionBudget', true],
  ['rbac.authorization.k8s.io', 'v1', 'clusterrolebindings', 'ClusterRoleBinding', false],
  ['rbac.authorization.k8s.io', 'v1', 'clusterroles', 'ClusterRole', false],
  ['rbac.authorization.k8s.io', 'v1', 'rolebindings', 'RoleBinding', true],
  ['rbac.authorization.k8s.io', 'v1', 'roles', 'Role', true],
  ['scheduling.k8s.io', 'v1', 'priorityclasses', 'PriorityClass', false],
] as const

/** The type of `deployments.apps`, `services`, …; asking for one that `create` does not make is our bug. */
export function createdType(resource: string): ResourceType {
  const found = TYPES.find(([group, , plural]) => (group ? `${plural}.${group}` : plural) === resource)
  if (!found) throw new Error(`kubectl create makes no ${resource}`)
  const [group, version, plural, kind, namespaced] = found
  return {
    group,
    version,
    plural,
    singular: kind.toLowerCase(),
    kind,
    namespaced,
    shortNames: [],
    categories: [],
    verbs: [],
  }
}
