/** Flags of the control plane's programs as pflag reads them (spf13/pflag: flag.go). */

export interface Flags {
  readonly values: ReadonlyMap<string, string>
}

/** `bools` may stand without a value; other known names need one. */
export function parseFlags(
  program: string,
  argv: readonly string[],
  known: ReadonlySet<string>,
  bools: ReadonlySet<string>,
): Flags | { readonly error: string } {
  const values = new Map<string, string>()
  const words = [...argv]
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (!word.startsWith('-') || word === '-')
      return { error: `${JSON.stringify(program)} does not take any arguments, got ${goList(argv)}` }
    if (!word.startsWith('--')) return { error: `unknown shorthand flag: '${word.charAt(1)}' in ${word}` }
    const [name = '', given] = splitOnce(word.slice(2))
    if (name === '' || name.startsWith('-')) return { error: `bad flag syntax: ${word}` }
    if (!known.has(name) && !bools.has(name)) return { error: `unknown flag: --${name}` }
    const value = given ?? (bools.has(name) ? 'true' : words.shift())
    if (value === undefined) return { error: `flag needs an argument: --${name}` }
    const problem =
      bools.has(name) && !BOOL.test(value)
        ? `strconv.ParseBool: parsing ${quoted(value)}: invalid syntax`
        : numberProblem(name, value)
    if (problem !== undefined) return { error: `invalid argument ${quoted(value)} for "--${name}" flag: ${problem}` }
    values.set(name, value)
  }
  return { values }
}

const BOOL = /^(1|0|t|f|true|false|T|F|True|False|TRUE|FALSE)$/
const quoted = (value: string): string => JSON.stringify(value)
const goList = (words: readonly string[]): string => `[${words.map(quoted).join(' ')}]`

function numberProblem(name: string, value: string): string | undefined {
  if (!/(^|-)port$/.test(name) || /^\d+$/.test(value)) return undefined
  return `strconv.ParseInt: parsing ${quoted(value)}: invalid syntax`
}

function splitOnce(text: string): [name: string, value: string | undefined] {
  const at = text.indexOf('=')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
