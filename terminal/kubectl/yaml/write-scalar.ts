/** Chooses and writes a scalar's style (libyaml: emitter.c, yaml_emitter_analyze_scalar and select_scalar_style). */

interface Analysis {
  readonly plain: boolean
  readonly singleQuoted: boolean
  readonly block: boolean
  readonly multiline: boolean
}

/** `indent` is where the lines of a literal begin; keys never take several lines. */
export function writeScalar(
  text: string,
  wanted: 'plain' | 'literal' | 'double',
  isKey: boolean,
  indent: number,
): string {
  const allowed = analyse(text)
  if (wanted === 'literal') return allowed.block && !isKey ? literal(text, indent) : doubleQuoted(text)
  if (wanted === 'double') return doubleQuoted(text)
  if (allowed.plain && !(text === '' && isKey) && !(isKey && allowed.multiline)) return text
  return allowed.singleQuoted ? `'${text.replaceAll("'", "''")}'` : doubleQuoted(text)
}

function analyse(text: string): Analysis {
  if (text === '') return { plain: true, singleQuoted: true, block: false, multiline: false }
  const chars = Array.from(text)
  let indicators = text.startsWith('---') || text.startsWith('...')
  let special = false
  let spaceBreak = false
  let breakSpace = false
  let previous = ''
  for (const [i, c] of chars.entries()) {
    const next = chars[i + 1]
    const blankFollows = next === undefined || next === ' ' || next === '\t' || isBreak(next)
    if (isIndicator(c, i, previous, blankFollows)) indicators = true
    if (!isPrintable(c)) special = true
    if (c === ' ' && isBreak(previous)) breakSpace = true
    if (isBreak(c) && previous === ' ') spaceBreak = true
    previous = c
  }
  const first = chars[0] ?? ''
  const last = chars[chars.length - 1] ?? ''
  const multiline = chars.some(isBreak)
  const edges = first === ' ' || isBreak(first) || last === ' ' || isBreak(last)
  const broken = spaceBreak || special
  return {
    plain: !(edges || breakSpace || broken || multiline || indicators),
    singleQuoted: !(breakSpace || broken),
    block: !(last === ' ' || broken),
    multiline,
  }
}

function isIndicator(c: string, index: number, previous: string, blankFollows: boolean): boolean {
  if (index === 0) {
    if ('#,[]{}&*!|>\'"%@`'.includes(c)) return true
    return (c === '?' || c === ':' || c === '-') && blankFollows
  }
  if (c === ':') return blankFollows
  return c === '#' && (previous === ' ' || previous === '\t' || isBreak(previous))
}

const isBreak = (c: string) => c === '\n' || c === '\r' || c === '\u0085' || c === '\u2028' || c === '\u2029'

function isPrintable(c: string): boolean {
  const code = c.codePointAt(0) ?? 0
  if (code === 0x0a || (code >= 0x20 && code <= 0x7e)) return true
  return code >= 0xa0 && code <= 0xfffd && code !== 0xfeff && !(code >= 0xd800 && code <= 0xdfff)
}

function literal(text: string, indent: number): string {
  const hint = /^[ \n]/.test(text) ? '2' : ''
  const chomp = !text.endsWith('\n') ? '-' : text === '\n' || text.endsWith('\n\n') ? '+' : ''
  const pad = ' '.repeat(indent)
  const body = text.endsWith('\n') ? text.slice(0, -1) : text
  const lines = body.split('\n').map((line) => (line === '' ? '' : pad + line))
  return `|${hint}${chomp}\n${lines.join('\n')}`
}

const SHORT: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '\0': '0',
    '\x07': 'a',
    '\b': 'b',
    '\t': 't',
    '\n': 'n',
    '\v': 'v',
    '\f': 'f',
    '\r': 'r',
    '\x1b': 'e',
  }).concat(Object.entries({ '"': '"', '\\': '\\', '\u0085': 'N', '\u00a0': '_', '\u2028': 'L', '\u2029': 'P' })),
)

function doubleQuoted(text: string): string {
  return `"${Array.from(text, escaped).join('')}"`
}

function escaped(c: string): string {
  const short = SHORT.get(c)
  if (short !== undefined && c !== '\u00a0') return `\\${short}`
  if (isPrintable(c)) return c
  const code = c.codePointAt(0) ?? 0
  const hex = code.toString(16).toUpperCase()
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}
