/** Options as openssl takes them: one dash, whole words. */
export interface Options {
  readonly has: (name: string) => boolean
  readonly value: (name: string) => string | undefined
  readonly all: (name: string) => readonly string[]
  readonly words: readonly string[]
  /** Names in the order in which they were given. */
  readonly names: readonly string[]
}

const VALUED = new Set(
  `in out key keyout newkey subj addext days CA CAkey CAfile CAserial set_serial ext algorithm pkeyopt extfile extensions checkend
  untrusted config inform outform connect servername cert host port CApath alpn verify_hostname starttls`.split(/\s+/),
)

export function optionsOf(argv: readonly string[]): Options {
  const found: [name: string, value: string][] = []
  const words: string[] = []
  for (let at = 0; at < argv.length; at += 1) {
    const word = argv[at] ?? ''
    const name = word.replace(/^--?/, '')
    if (!word.startsWith('-')) words.push(word)
    else if (VALUED.has(name)) found.push([name, argv[++at] ?? ''])
    else found.push([name, ''])
  }
  const all = (name: string) => found.filter(([one]) => one === name).map(([, value]) => value)
  return {
    has: (name) => all(name).length > 0,
    value: (name) => all(name).at(-1),
    all,
    words,
    names: found.map(([name]) => name),
  }
}
