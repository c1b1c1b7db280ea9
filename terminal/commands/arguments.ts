/** Flags of a small command: single letters, long names, and the words left over. */
export interface Arguments {
  readonly flags: ReadonlySet<string>
  readonly values: ReadonlyMap<string, string>
  readonly words: readonly string[]
  /** First flag that the command does not know. */
  readonly unknown: string | undefined
}

export interface ArgumentRules {
  /** Flags without a value: `i`, `login`. */
  readonly flags?: readonly string[]
  /** Flags with one: `p`, `option`. */
  readonly values?: readonly string[]
  /** The first word ends the flags: `ssh host -x` passes `-x` on. */
  readonly stopAtWord?: boolean
}

/** Parses argv without its first element, as getopt does. */
export function parseArguments(argv: readonly string[], rules: ArgumentRules): Arguments {
  const flags = new Set<string>()
  const values = new Map<string, string>()
  const words: string[] = []
  let unknown: string | undefined
  const queue = [...argv]
  const takeLong = (text: string): void => {
    const [name = '', value] = splitOnce(text)
    if (rules.values?.includes(name) === true) values.set(name, value ?? queue.shift() ?? '')
    else if (rules.flags?.includes(name) === true) flags.add(name)
    else unknown ??= `--${name}`
  }
  const takeShort = (letters: string): void => {
    for (let at = 0; at < letters.length; at += 1) {
      const letter = letters.charAt(at)
      if (rules.values?.includes(letter) === true) {
        values.set(letter, letters.slice(at + 1) || (queue.shift() ?? ''))
        return
      }
      if (rules.flags?.includes(letter) === true) flags.add(letter)
      else unknown ??= `-${letter}`
    }
  }
  while (queue.length > 0) {
    const text = queue.shift() ?? ''
    if (text === '--') break
    if (text.startsWith('--')) takeLong(text.slice(2))
    else if (text.startsWith('-') && text.length > 1) takeShort(text.slice(1))
    else {
      words.push(text)
      if (rules.stopAtWord === true) break
    }
  }
  return { flags, values, words: [...words, ...queue], unknown }
}

function splitOnce(text: string): [name: string, value: string | undefined] {
  const at = text.indexOf('=')
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
