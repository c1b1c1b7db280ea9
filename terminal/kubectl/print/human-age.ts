const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `5m12s`: kubectl's own copy of what the server prints in Age columns (upstream: apimachinery duration.HumanDuration). */
export function humanAge(ms: number): string {
  if (ms < 0) return ms < -SECOND ? '<invalid>' : '0s'
  const parts = (unit: number, name: string, smaller: number, smallerName: string) => {
    const rest = Math.floor((ms % unit) / smaller)
    return `${Math.floor(ms / unit)}${name}${rest ? `${rest}${smallerName}` : ''}`
  }
  if (ms < 2 * MINUTE) return `${Math.floor(ms / SECOND)}s`
  if (ms < 10 * MINUTE) return parts(MINUTE, 'm', SECOND, 's')
  if (ms < 3 * HOUR) return `${Math.floor(ms / MINUTE)}m`
  if (ms < 8 * HOUR) return parts(HOUR, 'h', MINUTE, 'm')
  if (ms < 2 * DAY) return `${Math.floor(ms / HOUR)}h`
  return ms < 8 * DAY ? parts(DAY, 'd', HOUR, 'h') : `${Math.floor(ms / DAY)}d`
}
