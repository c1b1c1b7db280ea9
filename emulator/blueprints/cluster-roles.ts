/** ClusterRoles of people and components (upstream: rbac/bootstrappolicy/policy.go; kubeadm's and CoreDNS's own). */
import type { ClusterRole } from '../generated/types.ts'
import { controllerRoles } from './controller-roles.ts'
import { defaultRole, rules } from './rbac-rules.ts'

const AGGREGATE = 'rbac.authorization.k8s.io/aggregate-to-'

/** A role that gathers the rules of others by label; the controller fills it. */
const gathering = (name: string, labels: { readonly [key: string]: string } = {}): ClusterRole => {
  const { rules: _none, ...role } = defaultRole(name, '', labels)
  return { ...role, aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [`${AGGREGATE}${name}`]: 'true' } }] } }
}

const gathered = (target: string, text: string): ClusterRole =>
  defaultRole(`system:aggregate-to-${target}`, text, { [`${AGGREGATE}${target}`]: 'true' })

const EVENTS = 'create patch update|- events.k8s.io|events'
const REVIEWS = 'create|authentication.k8s.io|tokenreviews\ncreate|authorization.k8s.io|subjectaccessreviews'

const people: readonly ClusterRole[] = [
  defaultRole('cluster-admin', '*|*|*\n*|*'),
  gathering('admin'),
  gathering('edit', { [`${AGGREGATE}admin`]: 'true' }),
  gathering('view', { [`${AGGREGATE}edit`]: 'true' }),
  gathered(
    'admin',
    'create|authorization.k8s.io|localsubjectaccessreviews\nall|rbac.authorization.k8s.io|rolebindings roles',
  ),
  gathered(
    'edit',
    `
read|-|pods/attach pods/exec pods/portforward pods/proxy secrets services/proxy
impersonate|-|serviceaccounts
write|-|pods pods/attach pods/exec pods/portforward pods/proxy
create|-|pods/eviction
write|-|configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy
create|-|serviceaccounts/token
write|apps|daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale
write|autoscaling|horizontalpodautoscalers
write|batch|cronjobs jobs
write|extensions|daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies replicasets replicasets/scale replicationcontrollers/scale
write|policy|poddisruptionbudgets
write|networking.k8s.io|ingresses networkpolicies
all|coordination.k8s.io|leases
write|resource.k8s.io|resourceclaims resourceclaimtemplates`,
  ),
  gathered(
    'view',
    `
read|-|configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status
read|-|bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status
read|-|namespaces
read|discovery.k8s.io|endpointslices
read|apps|controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status
read|autoscaling|horizontalpodautoscalers horizontalpodautoscalers/status
read|batch|cronjobs cronjobs/status jobs jobs/status
read|extensions|daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status networkpolicies replicasets replicasets/scale replicasets/status replicationcontrollers/scale
read|policy|poddisruptionbudgets poddisruptionbudgets/status
read|networking.k8s.io|ingresses ingresses/status networkpolicies
read|resource.k8s.io|resourceclaims resourceclaims/status resourceclaimtemplates`,
  ),
  defaultRole(
    'system:basic-user',
    'create|authorization.k8s.io|selfsubjectaccessreviews selfsubjectrulesreviews\ncreate|authentication.k8s.io|selfsubjectreviews',
  ),
  defaultRole(
    'system:discovery',
    'get|/api /api/* /apis /apis/* /healthz /livez /openapi /openapi/* /readyz /version /version/',
  ),
  defaultRole('system:public-info-viewer', 'get|/healthz /livez /readyz /version /version/'),
  defaultRole('system:monitoring', 'get|/healthz /healthz/* /livez /livez/* /metrics /metrics/slis /readyz /readyz/*'),
  defaultRole('system:service-account-issuer-discovery', 'get|/.well-known/openid-configuration /openid/v1/jwks'),
]

const CSR = 'system:certificates.k8s.io:'
const approver = (name: string): ClusterRole =>
  defaultRole(`${CSR}${name}-approver`, `approve|certificates.k8s.io|signers|kubernetes.io/${name}`)

const certificates: readonly ClusterRole[] = [
  ...['nodeclient', 'selfnodeclient'].map((name) =>
    defaultRole(
      `${CSR}certificatesigningrequests:${name}`,
      `create|certificates.k8s.io|certificatesigningrequests/${name}`,
    ),
  ),
  ...['kube-apiserver-client', 'kube-apiserver-client-kubelet', 'kubelet-serving', 'legacy-unknown'].map(approver),
]

const components: readonly ClusterRole[] = [
  defaultRole('system:auth-delegator', REVIEWS),
  defaultRole('system:heapster', 'read|-|events namespaces nodes pods\nread|extensions|deployments'),
  defaultRole('system:kube-aggregator', 'read|-|endpoints services'),
  defaultRole(
    'system:kube-controller-manager',
    `
${EVENTS}
create|coordination.k8s.io|leases
get update|coordination.k8s.io|leases|kube-controller-manager
create|-|secrets serviceaccounts
delete|-|secrets
get|-|configmaps namespaces secrets serviceaccounts
update|-|secrets serviceaccounts
${REVIEWS}
list watch|*|*
create|-|serviceaccounts/token`,
  ),
  defaultRole('system:kube-dns', 'list watch|-|endpoints services'),
  defaultRole(
    'system:kube-scheduler',
    `
${EVENTS}
create|coordination.k8s.io|leases
get list update watch|coordination.k8s.io|leases|kube-scheduler
read|-|nodes
delete get list watch|-|pods
create|-|bindings pods/binding
patch update|-|pods/status
read|-|replicationcontrollers services
read|apps extensions|replicasets
read|apps|statefulsets
read|policy|poddisruptionbudgets
read|-|persistentvolumeclaims persistentvolumes
${REVIEWS}
read|storage.k8s.io|csinodes
read|-|namespaces
read|storage.k8s.io|csidrivers
read|storage.k8s.io|csistoragecapacities
read|storage.k8s.io|volumeattachments
read|resource.k8s.io|deviceclasses
get list patch update watch|resource.k8s.io|resourceclaims
patch update|resource.k8s.io|resourceclaims/status
read|resource.k8s.io|resourceslices`,
  ),
  defaultRole(
    'system:kubelet-api-admin',
    'read|-|nodes\nproxy|-|nodes\n*|-|nodes/configz nodes/healthz nodes/log nodes/metrics nodes/pods nodes/proxy nodes/stats',
  ),
  defaultRole(
    'system:node',
    `
create|authentication.k8s.io|tokenreviews
create|authorization.k8s.io|localsubjectaccessreviews subjectaccessreviews
read|-|services
create get list watch|-|nodes
patch update|-|nodes/status
patch update|-|nodes
create patch update|-|events
read|-|pods
create delete|-|pods
patch update|-|pods/status
create|-|pods/eviction
read|-|configmaps secrets
get|-|persistentvolumeclaims persistentvolumes
get|-|endpoints
create get list watch|certificates.k8s.io|certificatesigningrequests
create delete get patch update|coordination.k8s.io|leases
get|storage.k8s.io|volumeattachments
create|-|serviceaccounts/token
get patch update|-|persistentvolumeclaims/status
read|storage.k8s.io|csidrivers
create delete get patch update|storage.k8s.io|csinodes
read|node.k8s.io|runtimeclasses
get|resource.k8s.io|resourceclaims
create delete deletecollection get list patch update watch|resource.k8s.io|resourceslices`,
  ),
  defaultRole('system:node-bootstrapper', 'create get list watch|certificates.k8s.io|certificatesigningrequests'),
  defaultRole('system:node-problem-detector', `get|-|nodes\npatch|-|nodes/status\n${EVENTS}`),
  defaultRole(
    'system:node-proxier',
    `
list watch|-|endpoints services
read|-|nodes
${EVENTS}
list watch|discovery.k8s.io|endpointslices
list watch|networking.k8s.io|servicecidrs`,
  ),
  defaultRole(
    'system:persistent-volume-provisioner',
    `
create delete get list watch|-|persistentvolumes
get list update watch|-|persistentvolumeclaims
read|storage.k8s.io|storageclasses
watch|-|events
${EVENTS}`,
  ),
  defaultRole(
    'system:volume-scheduler',
    `
get list patch update watch|-|persistentvolumes
read|storage.k8s.io|storageclasses
get list patch update watch|-|persistentvolumeclaims`,
  ),
]

const plain = (name: string, text: string): ClusterRole => ({
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRole',
  metadata: { name },
  rules: rules(text),
})

export const clusterRoles: readonly ClusterRole[] = [
  ...people,
  ...certificates,
  ...components,
  ...controllerRoles,
  plain('kubeadm:get-nodes', 'get|-|nodes'),
  plain(
    'system:coredns',
    'list watch|-|endpoints services pods namespaces\nlist watch|discovery.k8s.io|endpointslices',
  ),
]
