/** How describe prints points in time. */

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const two = (value: number): string => String(value).padStart(2, '0')

/** `Fri, 20 Nov 2026 22:46:56 +0000` (Go's RFC1123Z). An absent time is Go's zero time, as upstream prints it. */
export function rfc1123(timestamp: string | undefined): string {
  if (!timestamp) return 'Mon, 01 Jan 0001 00:00:00 +0000'
  const at = new Date(timestamp)
  const date = `${DAYS[at.getUTCDay()]}, ${two(at.getUTCDate())} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`
  return `${date} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`
}

/** `2026-11-20 22:46:56 +0000 UTC`: Go's `%v` of a time. */
export function goTime(timestamp: string | undefined): string {
  if (!timestamp) return '0001-01-01 00:00:00 +0000 UTC'
  return `${new Date(timestamp).toISOString().slice(0, 19).replace('T', ' ')} +0000 UTC`
}
