/** Who has the default ClusterRoles (upstream: rbac/bootstrappolicy/policy.go; kubeadm's and CoreDNS's own). */
import type { ClusterRoleBinding, RbacV1Subject } from '../generated/types.ts'
import { controllerNames } from './controller-roles.ts'
import { BOOTSTRAP } from './rbac-rules.ts'

const GROUP = 'rbac.authorization.k8s.io'

const group = (name: string): RbacV1Subject => ({ apiGroup: GROUP, kind: 'Group', name })
const user = (name: string): RbacV1Subject => ({ apiGroup: GROUP, kind: 'User', name })
const account = (name: string): RbacV1Subject => ({ kind: 'ServiceAccount', name, namespace: 'kube-system' })

const binding = (name: string, role: string, subjects: readonly RbacV1Subject[]): ClusterRoleBinding => ({
  apiVersion: `${GROUP}/v1`,
  kind: 'ClusterRoleBinding',
  metadata: { name },
  roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: role },
  ...(subjects.length > 0 && { subjects }),
})

/** A binding that the API server makes sure of; it has its role's name. */
const own = (role: string, ...subjects: readonly RbacV1Subject[]): ClusterRoleBinding => {
  const made = binding(role, role, subjects)
  return { ...made, metadata: { ...made.metadata, ...BOOTSTRAP } }
}

const CSR = 'system:certificates.k8s.io:certificatesigningrequests:'
const BOOTSTRAPPERS = [group('system:bootstrappers:kubeadm:default-node-token')]

export const clusterRoleBindings: readonly ClusterRoleBinding[] = [
  own('cluster-admin', group('system:masters')),
  own('system:basic-user', group('system:authenticated')),
  own('system:discovery', group('system:authenticated')),
  own('system:public-info-viewer', group('system:authenticated'), group('system:unauthenticated')),
  own('system:monitoring', group('system:monitoring')),
  own('system:service-account-issuer-discovery', group('system:serviceaccounts')),
  own('system:node'),
  own('system:node-proxier', user('system:kube-proxy')),
  own('system:kube-controller-manager', user('system:kube-controller-manager')),
  own('system:kube-dns', account('kube-dns')),
  own('system:kube-scheduler', user('system:kube-scheduler')),
  own('system:volume-scheduler', user('system:kube-scheduler')),
  ...controllerNames.map((name) => own(`system:controller:${name}`, account(name))),
  binding('kubeadm:cluster-admins', 'cluster-admin', [group('kubeadm:cluster-admins')]),
  binding('kubeadm:get-nodes', 'kubeadm:get-nodes', BOOTSTRAPPERS),
  binding('kubeadm:kubelet-bootstrap', 'system:node-bootstrapper', BOOTSTRAPPERS),
  binding('kubeadm:node-autoapprove-bootstrap', `${CSR}nodeclient`, BOOTSTRAPPERS),
  binding('kubeadm:node-autoapprove-certificate-rotation', `${CSR}selfnodeclient`, [group('system:nodes')]),
  binding('kubeadm:node-proxier', 'system:node-proxier', [account('kube-proxy')]),
  binding('system:coredns', 'system:coredns', [account('coredns')]),
]
