/** Roles and bindings in the system's namespaces (upstream: rbac/bootstrappolicy/namespace_policy.go; kubeadm's own). */
import type { RbacV1Subject, Role, RoleBinding } from '../generated/types.ts'
import { BOOTSTRAP, rules } from './rbac-rules.ts'

const GROUP = 'rbac.authorization.k8s.io'
const SYSTEM = 'kube-system'
const PUBLIC = 'kube-public'

const group = (name: string): RbacV1Subject => ({ apiGroup: GROUP, kind: 'Group', name })
const user = (name: string): RbacV1Subject => ({ apiGroup: GROUP, kind: 'User', name })
const account = (name: string): RbacV1Subject => ({ kind: 'ServiceAccount', name, namespace: SYSTEM })
const NODES = [group('system:nodes'), group('system:bootstrappers:kubeadm:default-node-token')]

type Entry = readonly [namespace: string, role: string, rules: string, ...subjects: readonly RbacV1Subject[]]

const leader = (component: string): Entry => [
  SYSTEM,
  `system::leader-locking-${component}`,
  `watch|-|configmaps\nget update|-|configmaps|${component}`,
  user(`system:${component}`),
  account(component),
]

/** Those that the API server makes sure of. */
const defaults: readonly Entry[] = [
  leader('kube-controller-manager'),
  leader('kube-scheduler'),
  [SYSTEM, 'system:controller:bootstrap-signer', 'read|-|secrets', account('bootstrap-signer')],
  [SYSTEM, 'system:controller:cloud-provider', 'create get list update watch|-|configmaps', account('cloud-provider')],
  [
    SYSTEM,
    'system:controller:token-cleaner',
    'delete get list watch|-|secrets\ncreate patch update|- events.k8s.io|events',
    account('token-cleaner'),
  ],
  [
    PUBLIC,
    'system:controller:bootstrap-signer',
    'read|-|configmaps\nupdate|-|configmaps|cluster-info\ncreate patch update|- events.k8s.io|events',
    account('bootstrap-signer'),
  ],
]

const kubeadm: readonly Entry[] = [
  [SYSTEM, 'kube-proxy', 'get|-|configmaps|kube-proxy', NODES[1] ?? group('system:nodes')],
  [SYSTEM, 'kubeadm:kubelet-config', 'get|-|configmaps|kubelet-config', ...NODES],
  [SYSTEM, 'kubeadm:nodes-kubeadm-config', 'get|-|configmaps|kubeadm-config', ...NODES],
  [PUBLIC, 'kubeadm:bootstrap-signer-clusterinfo', 'get|-|configmaps|cluster-info', user('system:anonymous')],
]

const READER = 'extension-apiserver-authentication-reader'
const READERS = ['system:kube-controller-manager', 'system:kube-scheduler']

const role = ([namespace, name, text]: Entry, metadata: object): Role => ({
  apiVersion: `${GROUP}/v1`,
  kind: 'Role',
  metadata: { name, namespace, ...metadata },
  rules: rules(text),
})

const bindingOf = (name: string, [namespace, roleName, , ...subjects]: Entry, metadata: object): RoleBinding => ({
  apiVersion: `${GROUP}/v1`,
  kind: 'RoleBinding',
  metadata: { name, namespace, ...metadata },
  roleRef: { apiGroup: GROUP, kind: 'Role', name: roleName },
  subjects,
})

const reader: Entry = [SYSTEM, READER, `read|-|configmaps|extension-apiserver-authentication`, ...READERS.map(user)]

export const systemRoles: readonly Role[] = [
  ...[reader, ...defaults].map((entry) => role(entry, BOOTSTRAP)),
  ...kubeadm.map((entry) => role(entry, {})),
]

export const systemRoleBindings: readonly RoleBinding[] = [
  bindingOf(`system::${READER}`, reader, BOOTSTRAP),
  ...defaults.map((entry) => bindingOf(entry[1], entry, BOOTSTRAP)),
  ...kubeadm.map((entry) => bindingOf(entry[1], entry, {})),
]
