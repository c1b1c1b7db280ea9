/** The admission plug-ins of a default 1.36 API server, in its order (namespace checks are the API's own). */
import type { AdmissionPlugin } from '../api/admission.ts'
import type { ObjectClient } from '../api/client.ts'
import type { Network, Place } from '../network/types.ts'
import type { Random } from '../sim/types.ts'
import { certificateApproval } from './certificate-approval.ts'
import { defaultIngressClass } from './default-ingress-class.ts'
import { defaultStorageClass } from './default-storage-class.ts'
import { defaultTolerationSeconds } from './default-toleration-seconds.ts'
import { limitRanger } from './limit-ranger.ts'
import { persistentVolumeClaimResize } from './persistent-volume-claim-resize.ts'
import { podQuota } from './pod-quota.ts'
import { priority } from './priority.ts'
import { resourceQuota } from './resource-quota.ts'
import { runtimeClassPlugin } from './runtime-class.ts'
import { serviceAccount } from './service-account.ts'
import { storageObjectInUseProtection } from './storage-object-in-use-protection.ts'
import { taintNodesByCondition } from './taint-nodes-by-condition.ts'
import { validatingWebhooks } from './validating-webhooks.ts'

/** `own` acts as the API server itself; webhooks are asked over the network, from its host. */
export function admissionPlugins(
  random: Random,
  maxPods: number,
  own: () => ObjectClient,
  webhooks: { readonly network: () => Network; readonly host: Place },
): readonly AdmissionPlugin[] {
  return [
    limitRanger,
    serviceAccount(random),
    taintNodesByCondition,
    priority,
    defaultTolerationSeconds,
    defaultStorageClass,
    storageObjectInUseProtection,
    persistentVolumeClaimResize,
    runtimeClassPlugin,
    certificateApproval,
    defaultIngressClass,
    validatingWebhooks(webhooks.network, webhooks.host),
    podQuota(maxPods),
    resourceQuota(own),
  ]
}
