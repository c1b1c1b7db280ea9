import { type FieldError, field } from '../../api/field.ts'
import type { CronJob, CronJobSpec } from '../../generated/types.ts'
import { jobSpecErrors } from '../job/validate.ts'
import { nonNegativeErrors } from '../validation/numbers.ts'
import { isTimeZone, parseSchedule, ScheduleError } from './schedule.ts'

const POLICIES = ['Allow', 'Forbid', 'Replace']
/** Eleven characters are left for the time in the name of each Job. */
const MAX_NAME = 52

/** Everything that can be wrong with a CronJob (upstream: pkg/apis/batch/validation ValidateCronJobCreate, ValidateCronJobUpdate). */
export function validateCronJob({ metadata, spec }: CronJob, old: CronJob | undefined): readonly FieldError[] {
  const name = metadata?.name ?? ''
  const policy = spec.concurrencyPolicy ?? ''
  return [
    ...(spec.schedule ? scheduleErrors(spec, old) : [field.required('spec.schedule')]),
    ...nonNegativeErrors('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds),
    ...timeZoneErrors(spec),
    ...(POLICIES.includes(policy) ? [] : [field.notSupported('spec.concurrencyPolicy', policy, POLICIES)]),
    ...templateErrors(spec),
    ...nonNegativeErrors('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit),
    ...nonNegativeErrors('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
    ...(!old && name.length > MAX_NAME
      ? [field.invalid('metadata.name', name, `must be no more than ${MAX_NAME} characters`)]
      : []),
  ]
}

function scheduleErrors({ schedule, timeZone }: CronJobSpec, old: CronJob | undefined): readonly FieldError[] {
  const path = 'spec.schedule'
  if (schedule.includes('TZ')) {
    if (old?.spec.schedule === schedule && timeZone === undefined) return []
    return [
      field.invalid(
        path,
        schedule,
        timeZone === undefined
          ? 'cannot use TZ or CRON_TZ in schedule, use timeZone field instead'
          : 'cannot use both timeZone field and TZ or CRON_TZ in schedule',
      ),
    ]
  }
  try {
    parseSchedule(schedule)
    return []
  } catch (error) {
    if (error instanceof ScheduleError) return [field.invalid(path, schedule, error.message)]
    throw error
  }
}

function timeZoneErrors({ timeZone }: CronJobSpec): readonly FieldError[] {
  const path = 'spec.timeZone'
  if (timeZone === undefined) return []
  if (timeZone === '') return [field.invalid(path, timeZone, 'timeZone must be nil or non-empty string')]
  if (timeZone.toLowerCase() === 'local')
    return [
      field.invalid(
        path,
        timeZone,
        'timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones',
      ),
    ]
  return isTimeZone(timeZone) ? [] : [field.invalid(path, timeZone, `unknown time zone ${timeZone}`)]
}

function templateErrors({ jobTemplate }: CronJobSpec): readonly FieldError[] {
  const path = 'spec.jobTemplate.spec'
  const { spec } = jobTemplate
  if (!spec) return [field.required(path)]
  return [
    ...jobSpecErrors(path, spec),
    ...(spec.selector ? [field.invalid(`${path}.selector`, spec.selector, '`selector` will be auto-generated')] : []),
    ...(spec.manualSelector ? [field.notSupported(`${path}.manualSelector`, true, ['nil', 'false'])] : []),
  ]
}
