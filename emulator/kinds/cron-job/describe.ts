import type { DescribeContext } from '../../api/kind.ts'
import type { CronJob } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, boolText, labelLines, nameLines } from '../describe/lines.ts'
import { podTemplateLines } from '../describe/pod-template.ts'
import { labelSelectorText } from '../format/labels.ts'
import { rfc1123 } from '../format/time.ts'

const UNSET = '<unset>'

/** `kubectl describe cronjob` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeCronJob, describeJobTemplate). */
export function describeCronJob(cronJob: CronJob, context: DescribeContext): readonly string[] {
  const { metadata, spec, status } = cronJob
  const template = spec.jobTemplate.spec
  const last = status?.lastScheduleTime
  return [
    ...nameLines(cronJob),
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    `Schedule:\t${spec.schedule}`,
    ...(spec.timeZone === undefined ? [] : [`Time Zone:\t${spec.timeZone}`]),
    `Concurrency Policy:\t${spec.concurrencyPolicy ?? ''}`,
    `Suspend:\t${spec.suspend === undefined ? UNSET : boolText(spec.suspend)}`,
    `Successful Job History Limit:\t${spec.successfulJobsHistoryLimit ?? UNSET}`,
    `Failed Job History Limit:\t${spec.failedJobsHistoryLimit ?? UNSET}`,
    `Starting Deadline Seconds:\t${spec.startingDeadlineSeconds === undefined ? UNSET : `${spec.startingDeadlineSeconds}s`}`,
    `Selector:\t${template?.selector ? labelSelectorText(template.selector) : UNSET}`,
    `Parallelism:\t${template?.parallelism ?? UNSET}`,
    `Completions:\t${template?.completions ?? UNSET}`,
    ...(template?.activeDeadlineSeconds === undefined
      ? []
      : [`Active Deadline Seconds:\t${template.activeDeadlineSeconds}s`]),
    ...podTemplateLines(template?.template),
    `Last Schedule Time:\t${last ? rfc1123(last) : UNSET}`,
    `Active Jobs:\t${(status?.active ?? []).map(({ name }) => name ?? '').join(', ') || '<none>'}`,
    ...eventLines('CronJob', cronJob, context),
  ]
}
