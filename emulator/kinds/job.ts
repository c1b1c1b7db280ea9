import { age, ageColumn, humanDuration } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { Job, JobSpec, PodFailurePolicy, PodTemplateSpec } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeJob } from './job/describe.ts'
import { generatedLabels } from './job/generated-labels.ts'
import { validateJob } from './job/validate.ts'
import { defaultPodTemplate } from './pod/defaults.ts'
import { nameWarnings, templateWarnings } from './pod/warnings.ts'
import { templateColumns } from './workload/columns.ts'

export const job = defineKind<Job>({
  group: 'batch',
  version: 'v1',
  kind: 'Job',
  plural: 'jobs',
  singular: 'job',
  categories: ['all'],
  scope: 'Namespaced',
  subresources: ['status'],
  schema: 'Job',
  default: defaultJob,
  strategy: { prepareForCreate: (object) => ({ ...withGeneratedSelector(object), status: {} }) },
  validate: validateJob,
  warnings: ({ metadata, spec }) => [
    ...nameWarnings('Pod names and hostnames', metadata?.name),
    ...templateWarnings(spec?.template),
  ],
  columns: [
    nameColumn,
    { name: 'Status', cell: statusText },
    { name: 'Completions', cell: completionsText },
    { name: 'Duration', cell: (object, { now }) => durationText(object, now) },
    ageColumn,
    ...templateColumns,
  ],
  selectableFields: { 'status.successful': ({ status }) => String(status?.succeeded ?? 0) },
  describe: describeJob,
})

/** What a missing spec stands for; validation then names what it lacks. */
const EMPTY_SPEC = {} as JobSpec

/** Upstream: pkg/apis/batch/v1/defaults.go SetDefaults_Job. */
function defaultJob(object: Job): Job {
  const spec = object.spec ?? EMPTY_SPEC
  const once = spec.completions === undefined && spec.parallelism === undefined
  return {
    ...object,
    spec: {
      ...spec,
      backoffLimit: spec.backoffLimit ?? (spec.backoffLimitPerIndex === undefined ? 6 : 2_147_483_647),
      completionMode: spec.completionMode ?? 'NonIndexed',
      ...(once && { completions: 1 }),
      manualSelector: spec.manualSelector ?? false,
      parallelism: spec.parallelism ?? 1,
      ...(spec.podFailurePolicy && { podFailurePolicy: defaultPolicy(spec.podFailurePolicy) }),
      podReplacementPolicy: spec.podReplacementPolicy ?? (spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed'),
      suspend: spec.suspend ?? false,
      template: defaultPodTemplate(spec.template ?? {}),
    },
  }
}

/** A pattern without a status means a condition that holds. */
function defaultPolicy({ rules = [] }: PodFailurePolicy): PodFailurePolicy {
  return {
    rules: rules.map((rule) =>
      rule.onPodConditions
        ? {
            ...rule,
            onPodConditions: rule.onPodConditions.map((pattern) => ({ ...pattern, status: pattern.status || 'True' })),
          }
        : rule,
    ),
  }
}

/**
 * Labels by which a Job finds its Pods, unless its author manages them (upstream: pkg/registry/batch/job/strategy.go
 * generateSelector). What its author wrote there stays, for validation to judge. A Job without labels shows those of its
 * template.
 */
function withGeneratedSelector(object: Job): Job {
  const { metadata, spec } = object
  if (!spec) return object
  const [uid, name] = [metadata?.uid ?? '', metadata?.name ?? '']
  const labels = withMissing(spec.template.metadata?.labels, generatedLabels(uid, name))
  const template: PodTemplateSpec = { ...spec.template, metadata: { ...spec.template.metadata, labels } }
  const generated: JobSpec = {
    ...spec,
    selector: {
      ...spec.selector,
      matchLabels: withMissing(spec.selector?.matchLabels, { 'batch.kubernetes.io/controller-uid': uid }),
    },
    template,
  }
  const chosen = spec.manualSelector ? spec : generated
  const shown = metadata?.labels ?? chosen.template.metadata?.labels
  return { ...object, metadata: { ...metadata, ...(shown && { labels: shown }) }, spec: chosen }
}

type Labels = Readonly<Record<string, string>>

function withMissing(own: Labels = {}, more: Labels): Labels {
  const missing = Object.entries(more).filter(([key]) => !Object.hasOwn(own, key))
  return { ...own, ...Object.fromEntries(missing) }
}

/** Upstream: printers.go printJob. */
function statusText({ metadata, status }: Job): string {
  const has = (type: string) => status?.conditions?.some((c) => c.type === type && c.status === 'True')
  if (has('Complete')) return 'Complete'
  if (has('Failed')) return 'Failed'
  if (metadata?.deletionTimestamp) return 'Terminating'
  return ['Suspended', 'FailureTarget', 'SuccessCriteriaMet'].find(has) ?? 'Running'
}

function completionsText({ spec, status }: Job): string {
  const done = status?.succeeded ?? 0
  if (spec?.completions !== undefined) return `${done}/${spec.completions}`
  const parallelism = spec?.parallelism ?? 0
  return parallelism > 1 ? `${done}/1 of ${parallelism}` : `${done}/1`
}

function durationText({ status }: Job, now: number): string {
  if (!status?.startTime) return ''
  if (!status.completionTime) return age(status.startTime, now)
  return humanDuration(Date.parse(status.completionTime) - Date.parse(status.startTime))
}
