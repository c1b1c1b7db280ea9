/** What a Job's policies say of Pods that failed and of indexes that succeeded (upstream: pkg/controller/job: pod_failure_policy.go, success_policy.go, indexed_job_utils.go). */
import type { ContainerStatus, Job, Pod, PodFailurePolicyRule } from '../generated/types.ts'
import { backoffAfter, finishedAt, indexOf, parseIndexes } from './job-plan.ts'
import { annotationsOf, nameOf, namespaceOf } from './metadata.ts'

export const failureCountKey = 'batch.kubernetes.io/job-index-failure-count'
export const ignoredCountKey = 'batch.kubernetes.io/job-index-ignored-failure-count'

export interface FailureVerdict {
  /** Counts towards the back-off limits. */
  readonly counts: boolean
  /** The action of the rule that matched. */
  readonly action?: string
  /** Why the whole Job fails. */
  readonly message?: string
}

/** The first rule that matches decides; without one a failure counts. */
export function failureVerdict(job: Job, pod: Pod): FailureVerdict {
  for (const [index, rule] of (job.spec?.podFailurePolicy?.rules ?? []).entries()) {
    const why = matchOf(rule, pod)
    if (why === undefined) continue
    const { action } = rule
    if (action !== 'FailJob') return { counts: action !== 'Ignore', action }
    return { counts: true, action, message: `${why} matching FailJob rule at index ${index}` }
  }
  return { counts: true }
}

function matchOf({ onExitCodes, onPodConditions }: PodFailurePolicyRule, pod: Pod): string | undefined {
  const place = `${namespaceOf(pod)}/${nameOf(pod)}`
  if (onExitCodes) {
    const { containerName, operator, values } = onExitCodes
    const matches = ({ name, state }: ContainerStatus) => {
      const code = state?.terminated?.exitCode ?? 0
      if (code === 0 || (containerName !== undefined && containerName !== name)) return false
      return values.includes(code) === (operator === 'In')
    }
    const { containerStatuses = [], initContainerStatuses = [] } = pod.status ?? {}
    const found = [...containerStatuses, ...initContainerStatuses].find(matches)
    return (
      found && `Container ${found.name} for pod ${place} failed with exit code ${found.state?.terminated?.exitCode}`
    )
  }
  const patterns = onPodConditions ?? []
  const found = pod.status?.conditions?.find((condition) =>
    patterns.some(({ type, status }) => type === condition.type && (status ?? 'True') === condition.status),
  )
  return found && `Pod ${place} has condition ${found.type}`
}

/** Why the Job as a whole fails, if a failed Pod of it says so. */
export function failJobMessage(job: Job, pods: readonly Pod[]): string | undefined {
  if (!job.spec?.podFailurePolicy) return undefined
  for (const pod of pods) {
    const { message } = pod.status?.phase === 'Failed' ? failureVerdict(job, pod) : {}
    if (message !== undefined) return message
  }
  return undefined
}

const countOf = (pod: Pod, key: string): number => Number(annotationsOf(pod)[key] ?? 0) || 0

/** The indexes that may not be tried again: what the status holds, and those of Pods that used their last attempt. */
export function failedIndexes(job: Job, pods: readonly Pod[]): Set<number> {
  const limit = job.spec?.backoffLimitPerIndex
  const completions = job.spec?.completions ?? 0
  const failed = new Set(parseIndexes(job.status?.failedIndexes, completions))
  if (limit === undefined) return failed
  for (const pod of pods) {
    const index = indexOf(pod)
    if (index === undefined || index >= completions || pod.status?.phase !== 'Failed') continue
    const { counts, action } = failureVerdict(job, pod)
    if (action === 'FailIndex' || (counts && countOf(pod, failureCountKey) >= limit)) failed.add(index)
  }
  return failed
}

/** How often an index has failed so far, as its next Pod's annotations keep it. */
export function failureCounts(job: Job, index: number, pods: readonly Pod[]): { readonly [key: string]: string } {
  const last = lastFailed(index, pods)
  if (!last) return { [failureCountKey]: '0' }
  const { counts } = failureVerdict(job, last)
  const failures = countOf(last, failureCountKey) + (counts ? 1 : 0)
  const ignored = countOf(last, ignoredCountKey) + (counts ? 0 : 1)
  return { [failureCountKey]: String(failures), ...(ignored > 0 && { [ignoredCountKey]: String(ignored) }) }
}

/** Until when each index that has failed waits for its next attempt: 10 s, doubled by each further failure. */
export function indexBackoffs(pods: readonly Pod[]): ReadonlyMap<number, number> {
  const indexes = new Set(pods.flatMap((pod) => indexOf(pod) ?? []))
  return new Map(
    [...indexes].flatMap((index) => {
      const last = lastFailed(index, pods)
      return last ? [[index, backoffAfter(attempts(last) + 1, finishedAt(last))] as const] : []
    }),
  )
}

const attempts = (pod: Pod): number => countOf(pod, failureCountKey) + countOf(pod, ignoredCountKey)

function lastFailed(index: number, pods: readonly Pod[]): Pod | undefined {
  const failed = pods.filter((pod) => indexOf(pod) === index && pod.status?.phase === 'Failed')
  return failed.toSorted((a, b) => attempts(b) - attempts(a))[0]
}

/** `Matched rules at index 0` once enough indexes have succeeded; undefined before. */
export function successMessage(job: Job, succeeded: ReadonlySet<number>): string | undefined {
  const index = (job.spec?.successPolicy?.rules ?? []).findIndex(({ succeededIndexes, succeededCount }) => {
    if (succeeded.size === 0) return false
    if (succeededIndexes === undefined) return succeededCount !== undefined && succeeded.size >= succeededCount
    const required = parseIndexes(succeededIndexes, job.spec?.completions ?? 0)
    const met = [...required].filter((one) => succeeded.has(one)).length
    return required.size > 0 && met >= (succeededCount ?? required.size)
  })
  return index < 0 ? undefined : `Matched rules at index ${index}`
}
