import type { Mapping } from './values.ts'

/** Kinds that others need come first (upstream: kustomize's legacy order). */
const FIRST = [
  'Namespace',
  'ResourceQuota',
  'StorageClass',
  'CustomResourceDefinition',
  'ServiceAccount',
  'Role',
  'ClusterRole',
  'RoleBinding',
  'ClusterRoleBinding',
  'ConfigMap',
  'Secret',
  'Endpoints',
  'Service',
  'LimitRange',
  'PriorityClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'Deployment',
  'StatefulSet',
  'CronJob',
  'PodDisruptionBudget',
]

export function sortForOutput(objects: readonly Mapping[]): readonly Mapping[] {
  const rank = (object: Mapping) => {
    const at = FIRST.indexOf(String(object.kind))
    return at < 0 ? FIRST.length : at
  }
  const name = (object: Mapping) => `${object.kind} ${(object.metadata as Mapping | undefined)?.name ?? ''}`
  return objects.toSorted((a, b) => rank(a) - rank(b) || (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0))
}
