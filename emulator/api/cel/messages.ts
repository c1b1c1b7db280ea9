/** What the library finds wrong, as cel-go says it: its words, and the place that it points at. */

interface Place {
  readonly start: number
  readonly end: number
}

/** What is read of the library's errors. */
interface Told {
  readonly code: string
  readonly summary: string
  readonly range: Place
}

const EXPECTED =
  "'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER"

/** Names of functions as the library knows them, and as they were written. */
const WRITTEN: readonly (readonly [RegExp, string])[] = [
  [/\bmatchesRe2\b/g, 'matches'],
  [/\b(sets|format|ip|strings|jsonpatch)_(?=\w)/g, '$1.'],
]

const readable = (text: string): string => WRITTEN.reduce((all, [from, to]) => all.replace(from, to), text)

function told(error: unknown): Told {
  const summary: unknown = error instanceof Error && Reflect.get(error, 'summary')
  const code: unknown = error instanceof Error && Reflect.get(error, 'code')
  const range: unknown = error instanceof Error && Reflect.get(error, 'range')
  const of = (key: string): number =>
    typeof range === 'object' && range !== null ? Number(Reflect.get(range, key)) || 0 : 0
  return {
    code: typeof code === 'string' ? code : '',
    summary: typeof summary === 'string' ? summary : error instanceof Error ? error.message : String(error),
    range: { start: of('start'), end: of('end') },
  }
}

/** What went wrong while an expression ran. */
export function runMessage(error: unknown): string {
  const { code, summary } = told(error)
  if (code === 'no_such_key' && summary.startsWith('No such key: ')) return `no such key: ${summary.slice(13)}`
  if (code === 'index_out_of_bounds') return `index out of bounds: ${/index (-?\d+)/.exec(summary)?.[1] ?? ''}`
  if (code === 'division_by_zero') return 'division by zero'
  if (code === 'unknown_variable') return `no such attribute(s): ${summary.slice('Unknown variable: '.length)}`
  if (code === 'no_such_overload' || code === 'no_matching_overload') return 'no such overload'
  return readable(summary)
}

/** What is wrong with an expression, in cel-go's form with the line and a mark below it. */
export function compileMessage(source: string, error: unknown): string {
  const { text, at } = compileProblem(source, told(error))
  const before = source.slice(0, at).split('\n')
  const column = (before[before.length - 1] ?? '').length
  const line = source.split('\n')[before.length - 1] ?? ''
  return `ERROR: <input>:${before.length}:${column + 1}: ${text}\n | ${line}\n | ${'.'.repeat(column)}^`
}

function compileProblem(
  source: string,
  { code, summary, range }: Told,
): { readonly text: string; readonly at: number } {
  const at = range.start
  const rest = (prefix: string): string => summary.slice(prefix.length)
  switch (code) {
    case 'unknown_variable':
      return { text: `undeclared reference to '${rest('Unknown variable: ')}' (in container '')`, at }
    case 'no_such_key':
      return { text: `undefined field '${rest('No such key: ')}'`, at: dotBefore(source, at) }
    case 'cannot_index_type':
      return {
        text: `type ${typeText(summary).replace(/^.*?'/, "'")} does not support field selection`,
        at: dotBefore(source, at),
      }
    case 'no_such_overload':
      return operatorProblem(source, summary, range)
    case 'no_matching_overload':
      return callProblem(source, summary, range)
    case 'unexpected_token':
      return { text: tokenText(rest('Unexpected token: ')), at }
    case 'unexpected_character':
      return { text: `Syntax error: token recognition error at: ${rest('Unexpected character: ')}`, at }
    default:
      return { text: readable(typeText(summary)), at }
  }
}

const tokenText = (token: string): string =>
  token === 'EOF'
    ? `Syntax error: mismatched input '<EOF>' expecting {${EXPECTED}}`
    : `Syntax error: extraneous input '${token.replace(/^'|'$/g, '')}' expecting <EOF>`

/** A field is named after its dot. */
function dotBefore(source: string, at: number): number {
  const dot = source.lastIndexOf('.', at)
  return dot < 0 ? at : dot
}

/** `list<string>` is `list(string)` to cel-go. */
const typeText = (text: string): string => {
  let inner = text
  for (let last = ''; last !== inner; ) {
    last = inner
    inner = inner.replace(/\b(list|map|optional)<([^<>]*)>/g, '$1($2)')
  }
  return inner.replaceAll('google.protobuf.Timestamp', 'timestamp').replaceAll('google.protobuf.Duration', 'duration')
}

function operatorProblem(source: string, summary: string, { start, end }: Place) {
  const what = typeText(summary.replace('no such overload: ', ''))
  const binary = /^(.*?) (==|!=|<=|>=|&&|\|\||[<>+\-*/%]|in) (.*)$/.exec(what)
  if (!binary) {
    const [, sign = '!', type = ''] = /^([!-])(.*)$/.exec(what) ?? []
    return { text: `found no matching overload for '${sign}_' applied to '(${type})'`, at: start }
  }
  const [, left = '', operator = '', right = ''] = binary
  const name = operator === 'in' ? '@in' : `_${operator}_`
  const at = operatorAt(source, operator, start, end)
  return { text: `found no matching overload for '${name}' applied to '(${left}, ${right})'`, at }
}

/** The operator outside of all parentheses and texts; the last one, as operators bind to the left. */
function operatorAt(source: string, operator: string, start: number, end: number): number {
  let depth = 0
  let found = start
  let quote = ''
  for (let at = start; at < end; at++) {
    const character = source[at] ?? ''
    if (quote !== '') {
      if (character === '\\') at++
      else if (character === quote) quote = ''
    } else if (character === '"' || character === "'") quote = character
    else if ('([{'.includes(character)) depth++
    else if (')]}'.includes(character)) depth--
    else if (depth === 0 && source.startsWith(operator, at)) found = at
  }
  return found
}

function callProblem(source: string, summary: string, { start, end }: Place) {
  const [, receiver, name = '', types = ''] = /for '(?:(.*)\.)?(\w+)\((.*)\)'$/.exec(typeText(summary)) ?? []
  const shown = readable(name)
  const word = shown.slice(shown.lastIndexOf('.') + 1)
  const call = source.slice(start, end).lastIndexOf(`${word}(`)
  const at = call < 0 ? start : start + call + word.length
  if (!KNOWN.has(name)) return { text: `undeclared reference to '${shown}' (in container '')`, at }
  const applied = receiver === undefined ? `(${types})` : `${receiver}.(${types})`
  return { text: `found no matching overload for '${shown}' applied to '${applied}'`, at }
}

/** Functions that there are, for other arguments. */
const KNOWN = new Set(
  `size startsWith endsWith contains matches matchesRe2 find findAll lowerAscii upperAscii trim indexOf lastIndexOf substring
   split join charAt replace reverse format int uint double string bool bytes timestamp duration type dyn isSorted sum min max
   strings_quote jsonpatch_escapeKey sets_contains sets_equivalent sets_intersects quantity isQuantity sign isInteger asInteger asApproximateFloat add sub
   isGreaterThan isLessThan compareTo semver isSemver major minor patch ip isIP ip_isCanonical family isUnspecified isLoopback
   isLinkLocalMulticast isLinkLocalUnicast isGlobalUnicast cidr isCIDR containsIP containsCIDR masked prefixLength url isURL
   getScheme getHost getHostname getPort getEscapedPath getQuery format_named validate path group serviceAccount check resource
   subresource namespace name allowed reason all exists exists_one map filter getFullYear getMonth getDate getDayOfMonth
   getDayOfWeek getDayOfYear getHours getMinutes getSeconds getMilliseconds orValue hasValue value`.split(/\s+/),
)
