/** Every kind the API server serves, in the order of `kubectl api-resources` within each group. */
import type { KindDefinition } from '../api/kind.ts'
import { clusterRole } from './cluster-role.ts'
import { clusterRoleBinding } from './cluster-role-binding.ts'
import { configMap } from './config-map.ts'
import { controllerRevision } from './controller-revision.ts'
import { cronJob } from './cron-job.ts'
import { daemonSet } from './daemon-set.ts'
import { deployment } from './deployment.ts'
import { endpointSlice } from './endpoint-slice.ts'
import { endpoints } from './endpoints.ts'
import { event } from './event.ts'
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts'
import { ingress } from './ingress.ts'
import { ingressClass } from './ingress-class.ts'
import { job } from './job.ts'
import { lease } from './lease.ts'
import { limitRange } from './limit-range.ts'
import { namespace } from './namespace.ts'
import { networkPolicy } from './network-policy.ts'
import { node } from './node.ts'
import { pod } from './pod.ts'
import { replicaSet } from './replica-set.ts'
import { role } from './role.ts'
import { roleBinding } from './role-binding.ts'
import { secret } from './secret.ts'
import { selfSubjectAccessReview } from './self-subject-access-review.ts'
import { selfSubjectReview } from './self-subject-review.ts'
import { selfSubjectRulesReview } from './self-subject-rules-review.ts'
import { service } from './service.ts'
import { serviceAccount } from './service-account.ts'
import { statefulSet } from './stateful-set.ts'

export {
  configMap,
  daemonSet,
  deployment,
  endpointSlice,
  endpoints,
  event,
  ingress,
  ingressClass,
  lease,
  namespace,
  networkPolicy,
  node,
  pod,
  replicaSet,
  secret,
  service,
  serviceAccount,
}

export const kinds: readonly KindDefinition[] = [
  configMap,
  endpoints,
  event,
  limitRange,
  namespace,
  node,
  pod,
  secret,
  serviceAccount,
  service,
  controllerRevision,
  daemonSet,
  deployment,
  replicaSet,
  statefulSet,
  selfSubjectReview,
  selfSubjectAccessReview,
  selfSubjectRulesReview,
  horizontalPodAutoscaler,
  cronJob,
  job,
  lease,
  endpointSlice,
  ingressClass,
  ingress,
  networkPolicy,
  clusterRoleBinding,
  clusterRole,
  roleBinding,
  role,
]
