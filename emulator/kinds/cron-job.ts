import { age, ageColumn } from '../api/age.ts'
import { type Column, defineKind } from '../api/kind.ts'
import type { CronJob, CronJobSpec } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeCronJob } from './cron-job/describe.ts'
import { validateCronJob } from './cron-job/validate.ts'
import { boolText } from './describe/lines.ts'
import { labelSelectorText } from './format/labels.ts'
import { defaultPodTemplate } from './pod/defaults.ts'
import { nameWarnings, templateWarnings } from './pod/warnings.ts'

export const cronJob = defineKind<CronJob>({
  group: 'batch',
  version: 'v1',
  kind: 'CronJob',
  plural: 'cronjobs',
  singular: 'cronjob',
  shortNames: ['cj'],
  categories: ['all'],
  scope: 'Namespaced',
  subresources: ['status'],
  schema: 'CronJob',
  default: defaultCronJob,
  strategy: { prepareForCreate: (object) => ({ ...object, status: {} }) },
  validate: validateCronJob,
  warnings: ({ metadata, spec }) => [
    ...nameWarnings('Pod names and hostnames', metadata?.name),
    ...templateWarnings(spec.jobTemplate.spec?.template, 'spec.jobTemplate.spec.template.spec'),
  ],
  columns: [
    nameColumn,
    { name: 'Schedule', cell: ({ spec }) => spec.schedule },
    { name: 'Timezone', cell: ({ spec }) => spec.timeZone ?? '<none>' },
    { name: 'Suspend', cell: ({ spec }) => (spec.suspend === undefined ? '<unset>' : boolText(spec.suspend)) },
    { name: 'Active', type: 'integer', cell: ({ status }) => status?.active?.length ?? 0 },
    {
      name: 'Last Schedule',
      cell: ({ status }, { now }) => (status?.lastScheduleTime ? age(status.lastScheduleTime, now) : '<none>'),
    },
    ageColumn,
    containersColumn('Containers', 'name'),
    containersColumn('Images', 'image'),
    {
      name: 'Selector',
      wide: true,
      cell: ({ spec }) => labelSelectorText(spec.jobTemplate.spec?.selector) || '<none>',
    },
  ],
  describe: describeCronJob,
})

function containersColumn(name: string, part: 'name' | 'image'): Column<CronJob> {
  return {
    name,
    wide: true,
    cell: ({ spec }) =>
      (spec.jobTemplate.spec?.template.spec?.containers ?? []).map((container) => container[part] ?? '').join(','),
  }
}

/** What a missing spec stands for; validation then names what it lacks. */
const EMPTY_SPEC: CronJobSpec = { schedule: '', jobTemplate: {} }

/** Upstream: pkg/apis/batch/v1/defaults.go SetDefaults_CronJob; of the Job only its Pods' template is filled in. */
function defaultCronJob(object: CronJob): CronJob {
  const spec = { ...EMPTY_SPEC, ...object.spec }
  const job = spec.jobTemplate.spec ?? { template: {} }
  return {
    ...object,
    spec: {
      ...spec,
      concurrencyPolicy: spec.concurrencyPolicy || 'Allow',
      failedJobsHistoryLimit: spec.failedJobsHistoryLimit ?? 1,
      jobTemplate: { ...spec.jobTemplate, spec: { ...job, template: defaultPodTemplate(job.template ?? {}) } },
      successfulJobsHistoryLimit: spec.successfulJobsHistoryLimit ?? 3,
      suspend: spec.suspend ?? false,
    },
  }
}
