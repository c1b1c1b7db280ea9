/** A directive with its arguments and, in braces, the lines of its own. */
export interface Line {
  readonly file: string
  readonly number: number
  readonly name: string
  readonly args: readonly string[]
  readonly block: readonly Line[]
}

/** A server block: the zones it stands for and its plugins. */
export interface Block {
  readonly keys: readonly string[]
  readonly lines: readonly Line[]
}

/** Why CoreDNS does not start, in its words. */
export class CorefileError extends Error {
  constructor(file: string, line: number, what: string, prefix = '') {
    super(line === 0 ? `${prefix}${what}` : `${prefix}${file}:${line} - Error during parsing: ${what}`)
  }
}

/** Blocks in blocks; no plugin has more than two levels. */
const DEEPEST = 16

interface Word {
  readonly text: string
  readonly line: number
}

/** The blocks of a Corefile, as the caddyfile parser takes it apart (coredns/caddy caddyfile/parse.go). */
export function blocksOf(text: string, file: string): readonly Block[] {
  const reader = new Reader(wordsOf(text), file)
  const blocks: Block[] = []
  while (reader.peek() !== undefined) blocks.push(reader.block())
  return blocks
}

/** Its words with their lines; comments are left out, quotes hold a word together. */
export function wordsOf(text: string): readonly Word[] {
  return text.split('\n').flatMap((line, index) =>
    [...line.replace(/(^|\s)#.*/, '').matchAll(/"([^"]*)"|\S+/g)].map((match) => ({
      text: match[1] ?? match[0],
      line: index + 1,
    })),
  )
}

class Reader {
  readonly #words: readonly Word[]
  readonly #file: string
  #at = 0

  constructor(words: readonly Word[], file: string) {
    this.#words = words
    this.#file = file
  }

  peek(): Word | undefined {
    return this.#words[this.#at]
  }

  block(): Block {
    const keys: string[] = []
    for (let word = this.peek(); word !== undefined && word.text !== '{'; word = this.peek()) {
      if (word.text === '}') throw this.#syntax(word, 'a zone')
      keys.push(word.text.replace(/,$/, ''))
      this.#at += 1
    }
    if (this.peek() === undefined) throw this.#end()
    this.#at += 1
    return { keys, lines: this.#lines(1) }
  }

  /** Lines up to the brace that closes them. */
  #lines(depth: number): readonly Line[] {
    if (depth > DEEPEST) throw new CorefileError(this.#file, this.peek()?.line ?? 1, 'too many nested blocks')
    const lines: Line[] = []
    for (let word = this.peek(); word !== undefined; word = this.peek()) {
      this.#at += 1
      if (word.text === '}') return lines
      lines.push(this.#line(word, depth))
    }
    throw this.#end()
  }

  #line({ text: name, line: number }: Word, depth: number): Line {
    const args: string[] = []
    for (let word = this.peek(); word?.line === number && word.text !== '}'; word = this.peek()) {
      this.#at += 1
      if (word.text === '{') return { file: this.#file, number, name, args, block: this.#lines(depth + 1) }
      args.push(word.text)
    }
    return { file: this.#file, number, name, args, block: [] }
  }

  #syntax({ text, line }: Word, wanted: string): Error {
    return Object.assign(new CorefileError(this.#file, 0, ''), {
      message: `${this.#file}:${line} - Syntax error: Unexpected token '${text}', expecting '${wanted}'`,
    })
  }

  #end(): CorefileError {
    return new CorefileError(this.#file, this.#words.at(-1)?.line ?? 1, 'Unexpected EOF')
  }
}
