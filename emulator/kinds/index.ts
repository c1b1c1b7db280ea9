/** Every kind the API server serves, in the order of `kubectl api-resources` within each group. */
import type { KindDefinition } from '../api/kind.ts'
import { apiService } from './api-service.ts'
import { binding } from './binding.ts'
import { certificateSigningRequest } from './certificate-signing-request.ts'
import { clusterRole } from './cluster-role.ts'
import { clusterRoleBinding } from './cluster-role-binding.ts'
import { componentStatus } from './component-status.ts'
import { configMap } from './config-map.ts'
import { controllerRevision } from './controller-revision.ts'
import { cronJob } from './cron-job.ts'
import { csiDriver } from './csi-driver.ts'
import { csiNode } from './csi-node.ts'
import { csiStorageCapacity } from './csi-storage-capacity.ts'
import { customResourceDefinition } from './custom-resource-definition.ts'
import { daemonSet } from './daemon-set.ts'
import { deployment } from './deployment.ts'
import { deviceClass } from './device-class.ts'
import { endpointSlice } from './endpoint-slice.ts'
import { endpoints } from './endpoints.ts'
import { event } from './event.ts'
import { eventV1 } from './event-v1.ts'
import { flowSchema } from './flow-schema.ts'
import { horizontalPodAutoscaler } from './horizontal-pod-autoscaler.ts'
import { horizontalPodAutoscalerV1 } from './horizontal-pod-autoscaler-v1.ts'
import { ingress } from './ingress.ts'
import { ingressClass } from './ingress-class.ts'
import { ipAddress } from './ip-address.ts'
import { job } from './job.ts'
import { lease } from './lease.ts'
import { limitRange } from './limit-range.ts'
import { localSubjectAccessReview } from './local-subject-access-review.ts'
import { mutatingAdmissionPolicy } from './mutating-admission-policy.ts'
import { mutatingAdmissionPolicyBinding } from './mutating-admission-policy-binding.ts'
import { mutatingWebhookConfiguration } from './mutating-webhook-configuration.ts'
import { namespace } from './namespace.ts'
import { networkPolicy } from './network-policy.ts'
import { node } from './node.ts'
import { persistentVolume } from './persistent-volume.ts'
import { persistentVolumeClaim } from './persistent-volume-claim.ts'
import { pod } from './pod.ts'
import { podDisruptionBudget } from './pod-disruption-budget.ts'
import { podTemplate } from './pod-template.ts'
import { priorityClass } from './priority-class.ts'
import { priorityLevelConfiguration } from './priority-level-configuration.ts'
import { replicaSet } from './replica-set.ts'
import { replicationController } from './replication-controller.ts'
import { resourceClaim } from './resource-claim.ts'
import { resourceClaimTemplate } from './resource-claim-template.ts'
import { resourceQuota } from './resource-quota.ts'
import { resourceSlice } from './resource-slice.ts'
import { role } from './role.ts'
import { roleBinding } from './role-binding.ts'
import { runtimeClass } from './runtime-class.ts'
import { secret } from './secret.ts'
import { selfSubjectAccessReview } from './self-subject-access-review.ts'
import { selfSubjectReview } from './self-subject-review.ts'
import { selfSubjectRulesReview } from './self-subject-rules-review.ts'
import { service } from './service.ts'
import { serviceAccount } from './service-account.ts'
import { serviceCIDR } from './service-cidr.ts'
import { statefulSet } from './stateful-set.ts'
import { storageClass } from './storage-class.ts'
import { subjectAccessReview } from './subject-access-review.ts'
import { tokenReview } from './token-review.ts'
import { validatingAdmissionPolicy } from './validating-admission-policy.ts'
import { validatingAdmissionPolicyBinding } from './validating-admission-policy-binding.ts'
import { validatingWebhookConfiguration } from './validating-webhook-configuration.ts'
import { volumeAttachment } from './volume-attachment.ts'
import { volumeAttributesClass } from './volume-attributes-class.ts'

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
  binding,
  componentStatus,
  configMap,
  endpoints,
  event,
  limitRange,
  namespace,
  node,
  persistentVolumeClaim,
  persistentVolume,
  pod,
  podTemplate,
  replicationController,
  resourceQuota,
  secret,
  serviceAccount,
  service,
  controllerRevision,
  daemonSet,
  deployment,
  replicaSet,
  statefulSet,
  selfSubjectReview,
  tokenReview,
  localSubjectAccessReview,
  selfSubjectAccessReview,
  selfSubjectRulesReview,
  subjectAccessReview,
  horizontalPodAutoscaler,
  cronJob,
  job,
  certificateSigningRequest,
  ingressClass,
  ingress,
  ipAddress,
  networkPolicy,
  serviceCIDR,
  podDisruptionBudget,
  clusterRoleBinding,
  clusterRole,
  roleBinding,
  role,
  csiDriver,
  csiNode,
  csiStorageCapacity,
  storageClass,
  volumeAttachment,
  volumeAttributesClass,
  mutatingAdmissionPolicy,
  mutatingAdmissionPolicyBinding,
  mutatingWebhookConfiguration,
  validatingAdmissionPolicy,
  validatingAdmissionPolicyBinding,
  validatingWebhookConfiguration,
  customResourceDefinition,
  apiService,
  priorityClass,
  lease,
  runtimeClass,
  endpointSlice,
  flowSchema,
  priorityLevelConfiguration,
  deviceClass,
  resourceClaim,
  resourceClaimTemplate,
  resourceSlice,
]

/** Further versions of kinds above: served, but nobody's business below the API. The first version of a group is preferred. */
export const furtherVersions: readonly KindDefinition[] = [eventV1, horizontalPodAutoscalerV1]
