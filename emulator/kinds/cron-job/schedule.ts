/** Schedules as robfig/cron v3 reads them (ParseStandard), with its words for what is wrong. */

interface Bounds {
  readonly min: number
  readonly max: number
  readonly names: readonly string[]
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
const FIELDS: readonly Bounds[] = [
  { min: 0, max: 59, names: [] },
  { min: 0, max: 23, names: [] },
  { min: 1, max: 31, names: [] },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: DAYS },
]
const DESCRIPTORS = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
])

/** What one field allows; `any` is a `*` or `?`, which frees the other of day of month and day of week. */
interface FieldSet {
  /** In order. */
  readonly values: readonly number[]
  readonly any: boolean
}

export type Schedule = { readonly everyMs: number } | { readonly fields: readonly FieldSet[] }

/** A schedule that cannot be read; the message is the library's. */
export class ScheduleError extends Error {}

/** Throws ScheduleError. */
export function parseSchedule(text: string): Schedule {
  if (text === '') throw new ScheduleError('empty spec string')
  if (text.startsWith('@')) return descriptor(text)
  const words = text.split(/\s+/).filter((word) => word !== '')
  if (words.length !== FIELDS.length)
    throw new ScheduleError(`expected exactly ${FIELDS.length} fields, found ${words.length}: [${words.join(' ')}]`)
  return { fields: FIELDS.map((bounds, index) => parseField(words[index] ?? '', bounds)) }
}

function descriptor(text: string): Schedule {
  const fields = DESCRIPTORS.get(text)
  if (fields) return parseSchedule(fields)
  const every = /^@every (.*)$/.exec(text)?.[1]
  if (every === undefined) throw new ScheduleError(`unrecognized descriptor: ${text}`)
  const everyMs = durationMs(every)
  if (everyMs === undefined)
    throw new ScheduleError(`failed to parse duration ${text}: time: invalid duration ${JSON.stringify(every)}`)
  return { everyMs: Math.max(1000, Math.floor(everyMs / 1000) * 1000) }
}

const UNITS = new Map([
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
])

/** Go's duration text, down to milliseconds. */
function durationMs(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(h|ms|m|s))+$/.test(text)) return undefined
  return [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)].reduce(
    (sum, [, value, unit]) => sum + Number(value) * (UNITS.get(unit ?? '') ?? 0),
    0,
  )
}

function parseField(text: string, bounds: Bounds): FieldSet {
  const ranges = text.split(',').filter((part) => part !== '')
  const parsed = ranges.map((range) => parseRange(range, bounds))
  const values = [...new Set(parsed.flatMap((range) => range.values))].sort((a, b) => a - b)
  return { values, any: parsed.some(({ any }) => any) }
}

function parseRange(text: string, bounds: Bounds): FieldSet {
  const [range = '', stepText, ...moreSteps] = text.split('/')
  const [low = '', high, ...moreHyphens] = range.split('-')
  const star = low === '*' || low === '?'
  const start = star ? bounds.min : value(low, bounds)
  let end = star ? bounds.max : start
  if (!star && moreHyphens.length > 0) throw new ScheduleError(`too many hyphens: ${text}`)
  if (!star && high !== undefined) end = value(high, bounds)
  if (moreSteps.length > 0) throw new ScheduleError(`too many slashes: ${text}`)
  const step = stepText === undefined ? 1 : number(stepText)
  if (stepText !== undefined && !star && high === undefined) end = bounds.max
  check(start, end, step, text, bounds)
  const values: number[] = []
  for (let at = start; at <= end; at += step) values.push(at)
  return { values, any: star && step === 1 }
}

function check(start: number, end: number, step: number, text: string, { min, max }: Bounds): void {
  if (start < min) throw new ScheduleError(`beginning of range (${start}) below minimum (${min}): ${text}`)
  if (end > max) throw new ScheduleError(`end of range (${end}) above maximum (${max}): ${text}`)
  if (start > end) throw new ScheduleError(`beginning of range (${start}) beyond end of range (${end}): ${text}`)
  if (step === 0) throw new ScheduleError(`step of range should be a positive number: ${text}`)
}

function value(text: string, { names, min }: Bounds): number {
  const name = names.indexOf(text.toLowerCase())
  return name < 0 ? number(text) : name + min
}

function number(text: string): number {
  if (!/^[+-]?\d+$/.test(text))
    throw new ScheduleError(
      `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
    )
  if (Number(text) < 0) throw new ScheduleError(`negative number (${Number(text)}) not allowed: ${text}`)
  return Number(text)
}

const minuteMs = 60_000
const dayMs = 86_400_000
const searchDays = 5 * 366

/** The first time after `after` (ms since the epoch) at which the schedule falls due; undefined if there is none in five years. */
export function nextRun(schedule: Schedule, after: number, timeZone = 'UTC'): number | undefined {
  if ('everyMs' in schedule) return Math.floor(after / 1000) * 1000 + schedule.everyMs
  const [minutes, hours, daysOfMonth, months, daysOfWeek] = schedule.fields
  if (!minutes || !hours || !daysOfMonth || !months || !daysOfWeek) return undefined
  const from = Math.floor(after / minuteMs) * minuteMs + minuteMs
  const localFrom = from + offsetMs(from, timeZone)
  const firstDay = Math.floor(localFrom / dayMs) * dayMs
  for (let count = 0; count < searchDays; count++) {
    const day = firstDay + count * dayMs
    const date = new Date(day)
    const dayOfMonth = daysOfMonth.values.includes(date.getUTCDate())
    const dayOfWeek = daysOfWeek.values.includes(date.getUTCDay())
    const fits = daysOfMonth.any || daysOfWeek.any ? dayOfMonth && dayOfWeek : dayOfMonth || dayOfWeek
    if (!months.values.includes(date.getUTCMonth() + 1) || !fits) continue
    const at = firstOfDay(day, hours, minutes, { after, localFrom, timeZone })
    if (at !== undefined) return at
  }
  return undefined
}

function firstOfDay(
  day: number,
  hours: FieldSet,
  minutes: FieldSet,
  { after, localFrom, timeZone }: { readonly after: number; readonly localFrom: number; readonly timeZone: string },
): number | undefined {
  for (const hour of hours.values) {
    if (day + (hour + 1) * 60 * minuteMs <= localFrom) continue
    for (const minute of minutes.values) {
      const local = day + (hour * 60 + minute) * minuteMs
      if (local < localFrom) continue
      const at = local - offsetMs(local - offsetMs(local, timeZone), timeZone)
      // An hour that the clocks skip in spring does not happen.
      if (at > after && at + offsetMs(at, timeZone) === local) return at
    }
  }
  return undefined
}

/** How far the zone's clocks are ahead of UTC at an instant. */
function offsetMs(at: number, timeZone: string): number {
  if (timeZone === 'UTC' || timeZone === 'Etc/UTC') return 0
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = new Map(format.formatToParts(new Date(at)).map(({ type, value }) => [type, Number(value)]))
  const part = (name: string) => parts.get(name as Intl.DateTimeFormatPartTypes) ?? 0
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return local - Math.floor(at / 1000) * 1000
}

/** Is there such a time zone? */
export function isTimeZone(name: string): boolean {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en-US', { timeZone: name }).resolvedOptions()
    // The engine takes any case; what it only respelled is not the zone's name.
    return !/^[+-]/.test(name) && (timeZone === name || timeZone.toLowerCase() !== name.toLowerCase())
  } catch {
    return false
  }
}
