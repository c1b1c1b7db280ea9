/** The formats of strings that a schema may ask for (upstream: kube-openapi/pkg/validation/strfmt). */

const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i
const DATE_TIME = /^\d{4}-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/
const DURATION =
  /^[+-]?(\d+(\.\d*)?|\.\d+)\s*(ns|us|µs|μs|ms|s|m|h|d|w|nanos?|micros?|millis?|secs?|mins?|hours?|days?|weeks?)/i
const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const IPV4 = new RegExp(`^${OCTET}(\\.${OCTET}){3}$`)
const HOSTNAME = /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/

const isDate = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

function isIPv6(text: string): boolean {
  if (!/^[0-9a-fA-F:.]{2,45}$/.test(text) || !text.includes(':') || text.split('::').length > 2) return false
  const groups = text.split(':').filter((group) => group !== '')
  const whole = groups.length + (text.includes('.') ? 1 : 0)
  const valid = groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group) || IPV4.test(group))
  return valid && (text.includes('::') ? whole < 8 : whole === 8)
}

function isCidr(text: string): boolean {
  const [address = '', bits = '', more] = text.split('/')
  if (more !== undefined || !/^\d{1,3}$/.test(bits)) return false
  return IPV4.test(address) ? Number(bits) <= 32 : isIPv6(address) && Number(bits) <= 128
}

const CHECKS = new Map<string, (text: string) => boolean>([
  ['date-time', (text) => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text))],
  ['datetime', (text) => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text))],
  ['date', isDate],
  ['duration', (text) => DURATION.test(text)],
  ['ipv4', (text) => IPV4.test(text)],
  ['ipv6', isIPv6],
  ['cidr', isCidr],
  ['mac', (text) => /^([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$/i.test(text)],
  ['uuid', (text) => UUID.test(text)],
  ['uuid3', (text) => UUID.test(text) && /^[0-9a-f]{8}-?[0-9a-f]{4}-?3/i.test(text)],
  ['uuid4', (text) => UUID.test(text) && /^[0-9a-f]{8}-?[0-9a-f]{4}-?4[0-9a-f]{3}-?[89ab]/i.test(text)],
  ['uuid5', (text) => UUID.test(text) && /^[0-9a-f]{8}-?[0-9a-f]{4}-?5[0-9a-f]{3}-?[89ab]/i.test(text)],
  ['email', (text) => text.length <= 320 && /^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(text)],
  ['hostname', (text) => text.length <= 255 && HOSTNAME.test(text)],
  ['uri', (text) => /^([a-zA-Z][a-zA-Z0-9+.-]*:[^\s]*|\/[^\s]*)$/.test(text)],
  ['byte', (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)],
  ['hexcolor', (text) => /^#?([0-9a-f]{3}|[0-9a-f]{6})$/i.test(text)],
  ['bsonobjectid', (text) => /^[0-9a-f]{24}$/i.test(text)],
])

/** Whether `text` has the format; formats that nobody checks are met by every text. */
export function hasFormat(format: string, text: string): boolean {
  return CHECKS.get(format)?.(text) ?? true
}
