/** Ages as kubectl prints them, and the Age column that most kinds end with. */
import type { Column } from './kind.ts'
import type { KubeObject } from './types.ts'

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY

/** `90s`, `5m12s`, `3h`, `2d4h` (upstream: apimachinery/pkg/util/duration, HumanDuration). */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.trunc(milliseconds / 1000)
  if (seconds < -1) return '<invalid>'
  if (seconds < 0) return '0s'
  if (seconds < 2 * MINUTE) return `${seconds}s`
  if (seconds < 10 * MINUTE) return two(seconds, MINUTE, 'm', 1, 's')
  if (seconds < 3 * HOUR) return `${Math.trunc(seconds / MINUTE)}m`
  if (seconds < 8 * HOUR) return two(seconds, HOUR, 'h', MINUTE, 'm')
  if (seconds < 2 * DAY) return `${Math.trunc(seconds / HOUR)}h`
  if (seconds < 8 * DAY) return two(seconds, DAY, 'd', HOUR, 'h')
  if (seconds < 2 * YEAR) return `${Math.trunc(seconds / DAY)}d`
  if (seconds < 8 * YEAR) return two(seconds, YEAR, 'y', DAY, 'd')
  return `${Math.trunc(seconds / YEAR)}y`
}

function two(seconds: number, unit: number, name: string, smaller: number, smallerName: string): string {
  const rest = Math.trunc((seconds % unit) / smaller)
  return `${Math.trunc(seconds / unit)}${name}${rest === 0 ? '' : `${rest}${smallerName}`}`
}

/** Time since an RFC 3339 time stamp; `<unknown>` when there is none (upstream: printers, translateTimestampSince). */
export function age(timestamp: string | undefined, now: number): string {
  const then = timestamp === undefined ? Number.NaN : Date.parse(timestamp)
  return Number.isNaN(then) ? '<unknown>' : humanDuration(now - then)
}

/** `2026-11-20T22:49:05Z`: how a `metav1.Time` travels. */
export function timestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`
}

/** `2026-11-20T22:49:05.123000Z`: how a `metav1.MicroTime` travels. */
export function microTimestamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 23)}000Z`
}

/** Time since creation. */
export const ageColumn: Column<KubeObject> = {
  name: 'Age',
  cell: (object, { now }) => age(object.metadata?.creationTimestamp, now),
}
