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
    ...(old && old.spec.timeZone === spec.timeZone ? [] : timeZoneErrors(spec)),
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
  const refuse = (detail: string) => [field.invalid('spec.schedule', schedule, detail)]
  const hasZone = schedule.includes('TZ')
  const hadZone = old?.spec.schedule.includes('TZ') === true
  const problem = scheduleProblem(schedule)
  return [
    ...(problem === undefined ? [] : refuse(problem)),
    ...(hasZone && hadZone && timeZone !== undefined
      ? refuse('cannot use both timeZone field and TZ or CRON_TZ in schedule')
      : []),
    ...(hasZone && !hadZone ? refuse('cannot use TZ or CRON_TZ in schedule, use timeZone field instead') : []),
  ]
}

/** The library's words, which takes a time zone before the schedule itself. */
function scheduleProblem(schedule: string): string | undefined {
  const [, zone, rest = schedule] = /^(?:CRON_)?TZ=(\S*)\s+(.*)$/s.exec(schedule) ?? []
  if (zone && !isTimeZone(zone)) return `provided bad location ${zone}: unknown time zone ${zone}`
  try {
    parseSchedule(rest)
    return undefined
  } catch (error) {
    if (error instanceof ScheduleError) return error.message
    throw error
  }
}

/** A name as the time zone database has them, letter for letter; `Local` is none (upstream: validateTimeZone). */
function timeZoneErrors({ timeZone }: CronJobSpec): readonly FieldError[] {
  if (timeZone === undefined) return []
  const refuse = (detail: string) => [field.invalid('spec.timeZone', timeZone, detail)]
  if (timeZone === '') return refuse('timeZone must be nil or non-empty string')
  const local = timeZone.toLowerCase() === 'local'
  return [
    ...(local ? refuse('timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones') : []),
    ...(timeZone === 'Local' || isTimeZone(timeZone) ? [] : refuse(`unknown time zone ${timeZone}`)),
  ]
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
