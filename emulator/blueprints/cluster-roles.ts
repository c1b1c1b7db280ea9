/** The ClusterRoles that people use, and what everybody needs for discovery (upstream: rbac/bootstrappolicy/policy.go). */
import type { ClusterRole, PolicyRule } from '../generated/types.ts'

const READ = ['get', 'list', 'watch']
const WRITE = ['create', 'delete', 'deletecollection', 'patch', 'update']
const labels = { 'kubernetes.io/bootstrapping': 'rbac-defaults' }
const annotations = { 'rbac.authorization.kubernetes.io/autoupdate': 'true' }

const role = (name: string, rules: readonly PolicyRule[]): ClusterRole => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name, labels, annotations },
  rules,
})
const rule = (group: string, resources: readonly string[], verbs: readonly string[]): PolicyRule => ({
  verbs,
  apiGroups: [group],
  resources,
})
const paths = (nonResourceURLs: readonly string[]): PolicyRule => ({ verbs: ['get'], nonResourceURLs })

const WORKLOADS = [
  'deployments',
  'deployments/scale',
  'replicasets',
  'replicasets/scale',
  'statefulsets',
  'statefulsets/scale',
]

/** What an editor may change and a viewer may see. */
const SHARED: readonly (readonly [group: string, resources: readonly string[]])[] = [
  [
    '',
    [
      'configmaps',
      'endpoints',
      'persistentvolumeclaims',
      'pods',
      'replicationcontrollers',
      'replicationcontrollers/scale',
      'serviceaccounts',
      'services',
    ],
  ],
  ['apps', ['daemonsets', ...WORKLOADS]],
  ['autoscaling', ['horizontalpodautoscalers']],
  ['batch', ['cronjobs', 'jobs']],
  ['networking.k8s.io', ['ingresses', 'networkpolicies']],
  ['policy', ['poddisruptionbudgets']],
]

const VIEW: readonly PolicyRule[] = [
  ...SHARED.map(([group, resources]) => rule(group, resources, READ)),
  rule('', ['bindings', 'events', 'limitranges', 'namespaces', 'namespaces/status', 'pods/log', 'pods/status'], READ),
  rule('', ['persistentvolumeclaims/status', 'replicationcontrollers/status', 'resourcequotas'], READ),
  rule('', ['resourcequotas/status', 'services/status'], READ),
  rule('apps', ['controllerrevisions', 'daemonsets/status', 'deployments/status', 'replicasets/status'], READ),
  rule('apps', ['statefulsets/status'], READ),
  rule('autoscaling', ['horizontalpodautoscalers/status'], READ),
  rule('batch', ['cronjobs/status', 'jobs/status'], READ),
  rule('discovery.k8s.io', ['endpointslices'], READ),
  rule('networking.k8s.io', ['ingresses/status'], READ),
  rule('policy', ['poddisruptionbudgets/status'], READ),
]

const EDIT: readonly PolicyRule[] = [
  rule('', ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy', 'secrets', 'services/proxy'], READ),
  rule('', ['serviceaccounts'], ['impersonate']),
  ...SHARED.filter(([group]) => group === '').map(([group, resources]) =>
    rule(
      group,
      resources.filter((name) => name !== 'endpoints'),
      WRITE,
    ),
  ),
  rule('', ['pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy', 'secrets', 'services/proxy'], WRITE),
  rule('', ['events'], WRITE),
  rule('', ['pods/eviction', 'serviceaccounts/token'], ['create']),
  rule('apps', ['deployments/rollback'], WRITE),
  ...SHARED.filter(([group]) => group !== '').map(([group, resources]) => rule(group, resources, WRITE)),
  rule('coordination.k8s.io', ['leases'], [...WRITE, ...READ]),
  ...VIEW,
]

const ADMIN: readonly PolicyRule[] = [
  ...EDIT,
  rule('authorization.k8s.io', ['localsubjectaccessreviews'], ['create']),
  rule('rbac.authorization.k8s.io', ['rolebindings', 'roles'], [...WRITE, ...READ]),
]

const HEALTH = ['/healthz', '/livez', '/readyz', '/version', '/version/']

export const clusterRoles: readonly ClusterRole[] = [
  role('cluster-admin', [rule('*', ['*'], ['*']), { verbs: ['*'], nonResourceURLs: ['*'] }]),
  role('admin', ADMIN),
  role('edit', EDIT),
  role('view', VIEW),
  role('system:basic-user', [
    rule('authorization.k8s.io', ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'], ['create']),
    rule('authentication.k8s.io', ['selfsubjectreviews'], ['create']),
  ]),
  role('system:discovery', [
    paths([
      '/api',
      '/api/*',
      '/apis',
      '/apis/*',
      ...HEALTH.slice(0, 1),
      '/livez',
      '/openapi',
      '/openapi/*',
      '/readyz',
      '/version',
      '/version/',
    ]),
  ]),
  role('system:public-info-viewer', [paths(HEALTH)]),
]
