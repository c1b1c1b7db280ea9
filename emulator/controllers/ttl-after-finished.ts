import type { Job } from '../generated/types.ts'
import { job as jobKind } from '../kinds/job.ts'
import { defineController } from './controller.ts'
import { condition } from './job-plan.ts'
import { isDeleting, nameOf, namespaceOf, uidOf } from './metadata.ts'

/** Deletes finished Jobs after ttlSecondsAfterFinished (upstream: pkg/controller/ttlafterfinished). */
export const ttlAfterFinishedController = defineController({
  name: 'ttl-after-finished-controller',
  for: jobKind,
  delayMs: [5, 20],
  reconcile(key, { objects, now }) {
    const job = objects.get(jobKind, key.namespace, key.name)
    const at = job && !isDeleting(job) ? expiry(job) : undefined
    if (!job || at === undefined) return undefined
    if (at > now) return { requeueAfterMs: at - now, background: true }
    objects.delete(jobKind, namespaceOf(job), nameOf(job), { uid: uidOf(job), propagationPolicy: 'Foreground' })
    return undefined
  },
})

function expiry(job: Job): number | undefined {
  const end = condition(job, 'Complete') ?? condition(job, 'Failed')
  const seconds = job.spec?.ttlSecondsAfterFinished
  return end && seconds !== undefined ? Date.parse(end.lastTransitionTime ?? '') + seconds * 1000 : undefined
}
