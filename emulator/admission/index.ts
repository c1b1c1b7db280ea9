/** The admission plug-ins of a default 1.36 API server, in its order (namespace checks are the API's own). */
import type { AdmissionPlugin } from '../api/admission.ts'
import type { ObjectClient } from '../api/client.ts'
import type { Random } from '../sim/types.ts'
import type { Caller } from './call-webhook.ts'
import { certificateApproval } from './certificate-approval.ts'
import { defaultIngressClass } from './default-ingress-class.ts'
import { defaultStorageClass } from './default-storage-class.ts'
import { defaultTolerationSeconds } from './default-toleration-seconds.ts'
import { limitRanger } from './limit-ranger.ts'
import { mutatingAdmissionPolicies } from './mutating-admission-policies.ts'
import { mutatingWebhooks } from './mutating-webhooks.ts'
import { nodeRestriction } from './node-restriction.ts'
import { persistentVolumeClaimResize } from './persistent-volume-claim-resize.ts'
import { podQuota } from './pod-quota.ts'
import { priority } from './priority.ts'
import { resourceQuota } from './resource-quota.ts'
import { runtimeClassPlugin } from './runtime-class.ts'
import { serviceAccount } from './service-account.ts'
import { storageObjectInUseProtection } from './storage-object-in-use-protection.ts'
import { taintNodesByCondition } from './taint-nodes-by-condition.ts'
import { validatingAdmissionPolicies } from './validating-admission-policies.ts'
import { validatingWebhooks } from './validating-webhooks.ts'

/** `own` acts as the API server itself; webhooks are asked over the network, from its host. */
export function admissionPlugins(
  random: Random,
  maxPods: number,
  own: () => ObjectClient,
  webhooks: Caller,
): readonly AdmissionPlugin[] {
  return [
    limitRanger,
    serviceAccount(random),
    nodeRestriction,
    taintNodesByCondition,
    priority,
    defaultTolerationSeconds,
    defaultStorageClass,
    storageObjectInUseProtection,
    persistentVolumeClaimResize,
    runtimeClassPlugin,
    certificateApproval,
    defaultIngressClass,
    mutatingAdmissionPolicies,
    mutatingWebhooks(webhooks),
    validatingAdmissionPolicies,
    validatingWebhooks(webhooks),
    podQuota(maxPods),
    resourceQuota(own),
  ]
}
