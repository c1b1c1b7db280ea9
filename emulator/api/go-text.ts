/** Values as Go's fmt prints them in Kubernetes' messages. */

const ESCAPES = new Map([
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
  ['\\', '\\\\'],
  ['"', '\\"'],
])

/** `%q`: a double-quoted Go string (strconv.Quote). */
export function goQuote(text: string): string {
  let quoted = '"'
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    const escaped = ESCAPES.get(character)
    if (escaped !== undefined) quoted += escaped
    else if (code < 0x20 || code === 0x7f) quoted += `\\x${code.toString(16).padStart(2, '0')}`
    else quoted += character
  }
  return `${quoted}"`
}

/** A rejected value inside a field error: strings quoted, structures as JSON, absent as `null`, unsigned in hex. */
export function goValue(value: unknown): string {
  if (value === undefined || value === null) return 'null'
  if (typeof value === 'string') return goQuote(value)
  if (typeof value === 'bigint') return `0x${value.toString(16)}`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** `%v` of a JSON value: `map[spec:map[ports:[map[port:80]]]]`, keys sorted. */
export function goMap(value: unknown): string {
  if (value === null || value === undefined) return '<nil>'
  if (Array.isArray(value)) return `[${value.map(goMap).join(' ')}]`
  if (typeof value !== 'object') return String(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `map[${entries.map(([key, inner]) => `${key}:${goMap(inner)}`).join(' ')}]`
}

/** What stands between Go's quotes: `\\n`, `\\t`, `\\u00e9` and the like become their characters. */
export function unescapeGo(text: string): string {
  const simple: { readonly [letter: string]: string } = {
    n: '\n',
    t: '\t',
    r: '\r',
    a: '\x07',
    b: '\b',
    f: '\f',
    v: '\v',
  }
  return text.replace(/\\(u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|.)/g, (_, code: string) =>
    code.length > 1 ? String.fromCodePoint(Number.parseInt(code.slice(1), 16)) : (simple[code] ?? code),
  )
}
