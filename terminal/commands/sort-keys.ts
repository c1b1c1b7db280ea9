/** Letters of sort's ordering options: b d f g h i n r V M. */
export type SortStyle = ReadonlySet<string>

/** `-k 2,3n`: from field to field, each counted from 1, with a style of its own. */
export interface SortKey {
  readonly from: { readonly field: number; readonly character: number }
  readonly to: { readonly field: number; readonly character: number } | undefined
  readonly style: SortStyle
}

/** Parses `F[.C][OPTS][,F[.C][OPTS]]`; without options of its own, a key has the command's. */
export function parseKey(text: string, inherited: SortStyle): SortKey | undefined {
  const match = /^(\d+)(?:\.(\d+))?([bdfghinrVM]*)(?:,(\d+)(?:\.(\d+))?([bdfghinrVM]*))?$/.exec(text)
  if (match === null || Number(match[1]) === 0) return undefined
  const letters = `${match[3] ?? ''}${match[6] ?? ''}`
  return {
    from: { field: Number(match[1]), character: Number(match[2] ?? 1) },
    to: match[4] === undefined ? undefined : { field: Number(match[4]), character: Number(match[5] ?? 0) },
    style: letters === '' ? inherited : new Set(letters),
  }
}

export function compareKeys(
  keys: readonly SortKey[],
  style: SortStyle,
  separator: string | undefined,
  left: string,
  right: string,
): number {
  if (keys.length === 0) return compareTexts(left, right, style)
  for (const key of keys) {
    const order = compareTexts(extract(left, key, separator), extract(right, key, separator), key.style)
    if (order !== 0) return order
  }
  return 0
}

/** Without a separator, the blanks before a field belong to it. */
function fieldsOf(line: string, separator: string | undefined): string[] {
  if (separator !== undefined && separator !== '') return line.split(separator === '\\t' ? '\t' : separator)
  return line.match(/\s*\S+|\s+$/g) ?? []
}

function extract(line: string, { from, to, style }: SortKey, separator: string | undefined): string {
  const fields = fieldsOf(line, separator)
  const joint = separator === undefined ? '' : separator === '\\t' ? '\t' : separator
  const last = to?.field ?? fields.length
  const parts = fields.slice(from.field - 1, last)
  if (to !== undefined && to.character > 0 && parts.length > 0) {
    parts[parts.length - 1] = (parts.at(-1) ?? '').slice(0, to.character)
  }
  const text = parts.join(joint).slice(from.character - 1)
  return style.has('b') ? text.trimStart() : text
}

function compareTexts(left: string, right: string, style: SortStyle): number {
  const order = compareForward(
    style.has('b') ? left.trimStart() : left,
    style.has('b') ? right.trimStart() : right,
    style,
  )
  return style.has('r') ? -order : order
}

function compareForward(left: string, right: string, style: SortStyle): number {
  if (style.has('n') || style.has('g')) return number(left) - number(right)
  if (style.has('h')) return humanNumber(left) - humanNumber(right)
  if (style.has('M')) return month(left) - month(right)
  if (style.has('V')) return left.localeCompare(right, 'en', { numeric: true })
  const fold = (text: string): string => {
    const letters = style.has('d') ? text.replace(/[^A-Za-z0-9\s]/g, '') : text
    return style.has('f') ? letters.toUpperCase() : letters
  }
  const [one, other] = [fold(left), fold(right)]
  return one < other ? -1 : one > other ? 1 : 0
}

function number(text: string): number {
  return Number(/^\s*(-?\d*\.?\d*)/.exec(text)?.[1] ?? 0) || 0
}

const UNITS = 'KMGTPE'

function humanNumber(text: string): number {
  const match = /^\s*(-?[\d.]+)\s*([KMGTPE])?/i.exec(text)
  const unit = UNITS.indexOf((match?.[2] ?? '').toUpperCase() || ' ')
  return (Number(match?.[1] ?? 0) || 0) * 1024 ** (unit + 1)
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

function month(text: string): number {
  return MONTHS.indexOf(text.trim().slice(0, 3).toUpperCase())
}
