import type { Container, Job, JobStatus, Pod } from '../generated/types.ts'
import { job as jobKind } from '../kinds/job.ts'
import { pod as podKind } from '../kinds/pod.ts'
import type { ReconcileContext } from './controller.ts'
import { indexesText, indexKey, indexOf, isIndexed, parseIndexes } from './job-plan.ts'
import { failedIndexes, failureVerdict } from './job-policies.ts'
import { controllerReference, isDeleting, nameOf, namespaceOf } from './metadata.ts'
import { isPodFinished, podFromTemplate } from './pods.ts'

/** Holds a Pod until its Job has counted it. */
export const trackingFinalizer = 'batch.kubernetes.io/job-tracking'

export function releasePod(pod: Pod, { objects }: ReconcileContext): void {
  const finalizers = (pod.metadata?.finalizers ?? []).filter((name) => name !== trackingFinalizer)
  if (finalizers.length === (pod.metadata?.finalizers ?? []).length) return
  objects.update(podKind, { ...pod, metadata: { ...pod.metadata, finalizers } })
}

/** Takes a Pod away that is not needed: it counts neither as succeeded nor as failed (upstream: deleteJobPods). */
export function removeJobPod(job: Job, pod: Pod, context: ReconcileContext): void {
  releasePod(pod, context)
  context.objects.delete(podKind, namespaceOf(pod), nameOf(pod))
  context.recorder.event(job, 'Normal', 'SuccessfulDelete', `Deleted pod: ${nameOf(pod)}`)
}

/** Counts the Pods that have ended since the last look and lets them go (upstream: trackJobStatusAndRemoveFinalizers). */
export function countFinished(job: Job, pods: readonly Pod[], context: ReconcileContext): JobStatus {
  const status = job.status ?? {}
  const completions = job.spec?.completions ?? 0
  const done = new Set(isIndexed(job) ? parseIndexes(status.completedIndexes, completions) : [])
  let succeeded = status.succeeded ?? 0
  let failed = status.failed ?? 0
  for (const pod of pods) {
    if (!pod.metadata?.finalizers?.includes(trackingFinalizer) || !isOver(job, pod)) continue
    const index = indexOf(pod)
    if (pod.status?.phase !== 'Succeeded') failed += failureVerdict(job, pod).counts ? 1 : 0
    else if (!isIndexed(job)) succeeded++
    else if (index !== undefined && index < completions) done.add(index)
    releasePod(pod, context)
  }
  if (isIndexed(job)) succeeded = done.size
  const given = failedIndexes(job, pods)
  for (const index of done) given.delete(index)
  const { succeeded: _s, failed: _f, completedIndexes: _c, failedIndexes: _i, ...rest } = status
  return {
    ...rest,
    ...(done.size > 0 && { completedIndexes: indexesText(done) }),
    ...(succeeded > 0 && { succeeded }),
    ...(failed > 0 && { failed }),
    ...(job.spec?.backoffLimitPerIndex !== undefined && { failedIndexes: indexesText(given) }),
  }
}

/** A Pod that is told to go counts as failed at once, unless the Job waits for its end. */
function isOver(job: Job, pod: Pod): boolean {
  if (isPodFinished(pod)) return true
  return isDeleting(pod) && job.spec?.podReplacementPolicy !== 'Failed'
}

/** `counts`: annotations that keep how often its index has failed. */
export function createJobPod(
  job: Job,
  index: number | undefined,
  counts: { readonly [key: string]: string },
  context: ReconcileContext,
): void {
  const template = podFromTemplate(job.spec?.template)
  const numbered: { readonly [key: string]: string } = index === undefined ? {} : { [indexKey]: String(index) }
  const base = index === undefined ? nameOf(job) : `${nameOf(job)}-${index}`
  const pod = context.objects.create(podKind, {
    ...template,
    metadata: {
      ...template.metadata,
      generateName: `${base}-`,
      namespace: namespaceOf(job),
      annotations: { ...template.metadata?.annotations, ...numbered, ...counts },
      labels: { ...template.metadata?.labels, ...numbered },
      finalizers: [...(template.metadata?.finalizers ?? []), trackingFinalizer],
      ownerReferences: [controllerReference(job, jobKind)],
    },
    spec: {
      ...template.spec,
      containers: (template.spec?.containers ?? []).map((container) => withIndex(container, index)),
      ...(template.spec?.initContainers && {
        initContainers: template.spec.initContainers.map((container) => withIndex(container, index)),
      }),
      ...(index !== undefined && { hostname: base.slice(0, 63) }),
    },
  })
  context.recorder.event(job, 'Normal', 'SuccessfulCreate', `Created pod: ${nameOf(pod)}`)
}

/** The Pods of an Indexed Job know their index from the environment. */
function withIndex(container: Container, index: number | undefined): Container {
  const name = 'JOB_COMPLETION_INDEX'
  if (index === undefined || container.env?.some((variable) => variable.name === name)) return container
  const valueFrom = { fieldRef: { fieldPath: `metadata.labels['${indexKey}']` } }
  return { ...container, env: [...(container.env ?? []), { name, valueFrom }] }
}
