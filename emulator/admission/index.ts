/** The admission plug-ins of a default 1.36 API server that change what is stored (namespace checks are the API's own). */
import type { AdmissionPlugin } from '../api/admission.ts'
import type { Random } from '../sim/types.ts'
import { defaultTolerationSeconds } from './default-toleration-seconds.ts'
import { limitRanger } from './limit-ranger.ts'
import { podQuota } from './pod-quota.ts'
import { priority } from './priority.ts'
import { serviceAccount } from './service-account.ts'
import { taintNodesByCondition } from './taint-nodes-by-condition.ts'

export function admissionPlugins(random: Random, maxPods: number): readonly AdmissionPlugin[] {
  return [limitRanger, taintNodesByCondition, priority, serviceAccount(random), defaultTolerationSeconds, podQuota(maxPods)]
}
