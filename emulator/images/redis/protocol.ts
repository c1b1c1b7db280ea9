import { byteLength } from '../../api/byte-length.ts'

/** A value as Redis sends it (redis.io: RESP2). */
export type Reply =
  | { readonly kind: 'status' | 'error' | 'bulk'; readonly text: string }
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'array'; readonly items: readonly Reply[] }
  | { readonly kind: 'nil' }

export const OK: Reply = { kind: 'status', text: 'OK' }
export const NIL: Reply = { kind: 'nil' }
export const bulk = (text: string): Reply => ({ kind: 'bulk', text })
export const integer = (value: number): Reply => ({ kind: 'integer', value })
export const array = (items: readonly Reply[]): Reply => ({ kind: 'array', items })
export const failure = (text: string): Reply => ({ kind: 'error', text })

/** A reply on the wire. */
export function encodeReply(reply: Reply): string {
  switch (reply.kind) {
    case 'status':
      return `+${reply.text}\r\n`
    case 'error':
      return `-${reply.text}\r\n`
    case 'integer':
      return `:${reply.value}\r\n`
    case 'bulk':
      return `$${byteLength(reply.text)}\r\n${reply.text}\r\n`
    case 'nil':
      return '$-1\r\n'
    case 'array':
      return `*${reply.items.length}\r\n${reply.items.map(encodeReply).join('')}`
  }
}

/** Commands of a client, one a line, words quoted where they need it; what people type into `nc` reads the same. */
export const encodeCommands = (commands: readonly (readonly string[])[]): string =>
  commands.map((words) => `${words.map((word) => JSON.stringify(word)).join(' ')}\r\n`).join('')

/** Words of a line as Redis splits inline commands (sds.c, sdssplitargs); undefined: unbalanced quotes. */
export function splitWords(line: string): readonly string[] | undefined {
  const words: string[] = []
  let rest = line.trim()
  while (rest !== '') {
    const match = /^(?:"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|([^\s"']+))(?=\s|$)/.exec(rest)
    if (match === null) return undefined
    const [whole, double, single, plain] = match
    words.push(double === undefined ? (single?.replace(/\\'/g, "'") ?? plain ?? '') : unescaped(double))
    rest = rest.slice(whole.length).trimStart()
  }
  return words
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
])

const unescaped = (text: string): string =>
  text.replace(/\\(?:u([0-9a-f]{4})|([\s\S]))/g, (_, code: string | undefined, letter: string) =>
    code === undefined ? (ESCAPES.get(letter) ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  )

/** All replies of a text, as a client reads them; what is broken off is left out. */
export function decodeReplies(text: string): readonly Reply[] {
  const reader = new Reader(text)
  const replies: Reply[] = []
  for (let reply = reader.next(); reply !== undefined; reply = reader.next()) replies.push(reply)
  return replies
}

class Reader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  next(): Reply | undefined {
    const end = this.#text.indexOf('\r\n', this.#at)
    if (end < 0) return undefined
    const sign = this.#text[this.#at]
    const line = this.#text.slice(this.#at + 1, end)
    this.#at = end + 2
    if (sign === '+') return { kind: 'status', text: line }
    if (sign === '-') return failure(line)
    if (sign === ':') return integer(Number(line))
    if (sign === '*') return array(this.#items(Number(line)))
    if (sign !== '$') return undefined
    return line === '-1' ? NIL : bulk(this.#bytes(Number(line)))
  }

  /** As many as there are, whatever the other side has announced. */
  #items(length: number): readonly Reply[] {
    const items: Reply[] = []
    while (items.length < length && this.#at < this.#text.length) items.push(this.next() ?? NIL)
    return items
  }

  #bytes(length: number): string {
    let taken = ''
    for (let size = 0; size < length && this.#at < this.#text.length; ) {
      const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0)
      size += byteLength(character)
      taken += character
      this.#at += character.length
    }
    this.#at += 2
    return taken
  }
}
