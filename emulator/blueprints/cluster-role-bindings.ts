/** Who has the default ClusterRoles (upstream: rbac/bootstrappolicy/policy.go; kubeadm's own for its admin). */
import type { ClusterRoleBinding } from '../generated/types.ts'

const labels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' }
const annotations = { 'rbac.authorization.kubernetes.io/autoupdate': 'true' }

const binding = (name: string, roleName: string, groups: readonly string[], bootstrap = true): ClusterRoleBinding => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name, ...(bootstrap && { labels, annotations }) },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: roleName },
  subjects: groups.map((group) => ({ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: group })),
})

const same = (name: string, groups: readonly string[]) => binding(name, name, groups)

export const clusterRoleBindings: readonly ClusterRoleBinding[] = [
  same('cluster-admin', ['system:masters']),
  binding('kubeadm:cluster-admins', 'cluster-admin', ['kubeadm:cluster-admins'], false),
  same('system:basic-user', ['system:authenticated']),
  same('system:discovery', ['system:authenticated']),
  same('system:public-info-viewer', ['system:authenticated', 'system:unauthenticated']),
]
