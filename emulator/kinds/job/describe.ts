import { humanDuration } from '../../api/age.ts'
import type { DescribeContext } from '../../api/kind.ts'
import type { Job } from '../../generated/types.ts'
import { eventLines } from '../describe/events.ts'
import { annotationLines, controllerLines, labelLines, nameLines } from '../describe/lines.ts'
import { podTemplateLines } from '../describe/pod-template.ts'
import { labelSelectorText } from '../format/labels.ts'
import { rfc1123 } from '../format/time.ts'

/** `kubectl describe job` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeJob). */
export function describeJob(job: Job, context: DescribeContext): readonly string[] {
  const { metadata, spec } = job
  const optional = (title: string, value: unknown, unit = '') =>
    value === undefined ? [] : [`${title}:\t${value}${unit}`]
  return [
    ...nameLines(job),
    `Selector:\t${labelSelectorText(spec?.selector)}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    ...controllerLines(job),
    ...optional('Parallelism', spec?.parallelism),
    `Completions:\t${spec?.completions ?? '<unset>'}`,
    ...optional('Completion Mode', spec?.completionMode),
    ...optional('Suspend', spec?.suspend),
    ...optional('Backoff Limit', spec?.backoffLimit),
    ...optional('TTL Seconds After Finished', spec?.ttlSecondsAfterFinished),
    ...timeLines(job),
    ...optional('Active Deadline Seconds', spec?.activeDeadlineSeconds, 's'),
    podsLine(job),
    ...(spec?.completionMode === 'Indexed' ? [`Completed Indexes:\t${indexesText(job)}`] : []),
    ...podTemplateLines(spec?.template),
    ...eventLines('Job', job, context),
  ]
}

function timeLines({ status }: Job): readonly string[] {
  const { startTime, completionTime } = status ?? {}
  return [
    ...(startTime ? [`Start Time:\t${rfc1123(startTime)}`] : []),
    ...(completionTime ? [`Completed At:\t${rfc1123(completionTime)}`] : []),
    ...(startTime && completionTime
      ? [`Duration:\t${humanDuration(Date.parse(completionTime) - Date.parse(startTime))}`]
      : []),
  ]
}

function podsLine({ status }: Job): string {
  const ready = status?.ready === undefined ? '' : ` (${status.ready} Ready)`
  return `Pods Statuses:\t${status?.active ?? 0} Active${ready} / ${status?.succeeded ?? 0} Succeeded / ${status?.failed ?? 0} Failed`
}

const MAX_INDEXES_LENGTH = 50

/** At most fifty characters of indexes, cut at a comma. */
function indexesText({ status }: Job): string {
  const text = status?.completedIndexes ?? ''
  if (text === '') return '<none>'
  if (text.length <= MAX_INDEXES_LENGTH) return text
  const cut = text.lastIndexOf(',', MAX_INDEXES_LENGTH)
  return `${text.slice(0, Math.max(cut, 0))},...`
}
