/** Go's strconv and time parsers, with their error texts. */

const INTEGER = /^[+-]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/

/** strconv.ParseInt(text, 0, bits). Throws an Error whose message is Go's. */
export function parseInteger(text: string, bits: 32 | 64 = 64, base: 0 | 10 = 0): number {
  const decimal = /^[+-]?[0-9]+$/.test(text)
  if (base === 10 ? !decimal : !INTEGER.test(text))
    throw new Error(`strconv.ParseInt: parsing ${quote(text)}: invalid syntax`)
  const value = base === 10 ? BigInt(text.replace(/^\+/, '')) : magnitude(text)
  const limit = 2n ** BigInt(bits - 1)
  if (value >= limit || value < -limit) throw new Error(`strconv.ParseInt: parsing ${quote(text)}: value out of range`)
  return Number(value)
}

function magnitude(text: string): bigint {
  const digits = text.replace(/^[+-]/, '')
  const prefixed = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits
  const value = BigInt(prefixed)
  return text.startsWith('-') ? -value : value
}

/** strconv.ParseBool. */
export function parseBoolean(text: string): boolean {
  if (['1', 't', 'T', 'TRUE', 'true', 'True'].includes(text)) return true
  if (['0', 'f', 'F', 'FALSE', 'false', 'False'].includes(text)) return false
  throw new Error(`strconv.ParseBool: parsing ${quote(text)}: invalid syntax`)
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
])

/** time.ParseDuration, in milliseconds. */
export function parseDuration(text: string): number {
  const invalid = () => new Error(`time: invalid duration ${quote(text)}`)
  const sign = text.startsWith('-') ? -1 : 1
  let rest = text.replace(/^[+-]/, '')
  if (rest === '0') return 0
  if (rest === '') throw invalid()
  let total = 0
  while (rest !== '') {
    const number = /^(?:[0-9]+\.?[0-9]*|\.[0-9]+)/.exec(rest)
    if (!number) throw invalid()
    rest = rest.slice(number[0].length)
    const unit = /^[^0-9.]*/.exec(rest)?.[0] ?? ''
    if (unit === '') throw new Error(`time: missing unit in duration ${quote(text)}`)
    const factor = UNITS.get(unit)
    if (factor === undefined) throw new Error(`time: unknown unit ${quote(unit)} in duration ${quote(text)}`)
    total += Number(number[0]) * factor
    rest = rest.slice(unit.length)
  }
  return sign * total
}

/** Go's %q for ordinary text. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u00a0\ufeff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Go's text of a duration: `1h2m3.5s`. */
export function goDuration(ms: number): string {
  const [hours, minutes] = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000)]
  return `${hours > 0 ? `${hours}h` : ''}${minutes > 0 ? `${minutes % 60}m` : ''}${(ms % 60_000) / 1000}s`
}
