/** A parsed curl command line. */
export interface CurlOptions {
  readonly urls: readonly string[]
  readonly flags: ReadonlySet<string>
  readonly headers: readonly string[]
  readonly data: readonly { readonly text: string; readonly kind: 'data' | 'raw' | 'binary' | 'urlencode' | 'json' }[]
  readonly values: ReadonlyMap<string, string>
  /** -o and -O in the order of the URLs. */
  readonly outputs: readonly { readonly file: string | undefined }[]
  readonly resolves: readonly string[]
  /** --connect-to: HOST:PORT:HOST:PORT. */
  readonly connects: readonly string[]
  /** -F: parts of a form. */
  readonly forms: readonly string[]
}

/** What the command line is refused with. */
export interface CurlUsageError {
  readonly error: string
}

const FLAGS: { readonly [letter: string]: string } = {
  s: 'silent',
  S: 'show-error',
  v: 'verbose',
  i: 'include',
  I: 'head',
  k: 'insecure',
  L: 'location',
  f: 'fail',
  O: 'remote-name',
  G: 'get',
  g: 'globoff',
  N: 'no-buffer',
  '#': 'progress-bar',
  '4': 'ipv4',
  '6': 'ipv6',
  V: 'version',
  j: 'junk-session-cookies',
  h: 'help',
  J: 'remote-header-name',
  R: 'remote-time',
  '0': 'http1.0',
}

const VALUES: { readonly [letter: string]: string } = {
  X: 'request',
  H: 'header',
  d: 'data',
  o: 'output',
  w: 'write-out',
  u: 'user',
  A: 'user-agent',
  m: 'max-time',
  e: 'referer',
  b: 'cookie',
  c: 'cookie-jar',
  x: 'proxy',
  T: 'upload-file',
  F: 'form',
  E: 'cert',
  r: 'range',
}

const LONG_FLAGS = new Set([
  ...Object.values(FLAGS),
  'compressed',
  'http1.1',
  'http2',
  'fail-with-body',
  'retry-connrefused',
  'retry-all-errors',
  'no-progress-meter',
  'no-keepalive',
  'create-dirs',
  'location-trusted',
  'tcp-nodelay',
  'path-as-is',
])
const LONG_VALUES = new Set([
  ...Object.values(VALUES),
  'data-raw',
  'data-binary',
  'data-urlencode',
  'data-ascii',
  'json',
  'connect-timeout',
  'retry',
  'retry-delay',
  'retry-max-time',
  'resolve',
  'url',
  'cacert',
  'key',
  'max-redirs',
  'interface',
  'connect-to',
  'noproxy',
])
const NUMBERS = new Set(['max-time', 'connect-timeout', 'retry', 'retry-delay', 'max-redirs', 'retry-max-time'])

/** Parses as curl 7.88's tool_getparam does, with its messages. */
export function parseCurl(words: readonly string[]): CurlOptions | CurlUsageError {
  const parser = new CurlParser(words)
  const error = parser.parse()
  return error === undefined
    ? parser
    : { error: `curl: ${error}\ncurl: try 'curl --help' or 'curl --manual' for more information\n` }
}

class CurlParser implements CurlOptions {
  readonly urls: string[] = []
  readonly flags = new Set<string>()
  readonly headers: string[] = []
  readonly data: { text: string; kind: 'data' | 'raw' | 'binary' | 'urlencode' | 'json' }[] = []
  readonly values = new Map<string, string>()
  readonly outputs: { file: string | undefined }[] = []
  readonly resolves: string[] = []
  readonly connects: string[] = []
  readonly forms: string[] = []
  readonly #words: readonly string[]
  #at = 0

  constructor(words: readonly string[]) {
    this.#words = words
  }

  parse(): string | undefined {
    let onlyUrls = false
    for (; this.#at < this.#words.length; this.#at += 1) {
      const word = this.#words[this.#at] ?? ''
      if (onlyUrls || !word.startsWith('-') || word === '-') this.urls.push(word)
      else if (word === '--') onlyUrls = true
      else {
        const error = word.startsWith('--') ? this.#long(word) : this.#short(word)
        if (error !== undefined) return error
      }
    }
    return undefined
  }

  #long(word: string): string | undefined {
    const name = word.slice(2)
    const plain = name.replace(/^no-/, '')
    if (LONG_VALUES.has(name)) return this.#value(name, word, undefined)
    if (LONG_FLAGS.has(name)) return this.#flag(name)
    if (LONG_FLAGS.has(plain)) {
      this.flags.delete(plain)
      return undefined
    }
    return `option ${word}: is unknown`
  }

  #short(word: string): string | undefined {
    for (let index = 1; index < word.length; index += 1) {
      const letter = word[index] ?? ''
      const valued = VALUES[letter]
      if (valued !== undefined) return this.#value(valued, `-${letter}`, word.slice(index + 1) || undefined)
      const flag = FLAGS[letter]
      if (flag === undefined) return `option ${word}: is unknown`
      this.#flag(flag)
    }
    return undefined
  }

  #flag(name: string): undefined {
    if (name === 'remote-name') this.outputs.push({ file: undefined })
    this.flags.add(name)
    return undefined
  }

  #value(name: string, option: string, attached: string | undefined): string | undefined {
    if (attached === undefined) this.#at += 1
    const value = attached ?? this.#words[this.#at]
    if (value === undefined) return `option ${option}: requires parameter`
    if (NUMBERS.has(name) && !/^\d+(\.\d*)?$|^\.\d+$/.test(value)) {
      return `option ${option}: expected a proper numerical parameter`
    }
    this.#store(name, value)
    return undefined
  }

  #store(name: string, value: string): void {
    switch (name) {
      case 'url':
        this.urls.push(value)
        return
      case 'header':
        this.headers.push(value)
        return
      case 'resolve':
        this.resolves.push(value)
        return
      case 'connect-to':
        this.connects.push(value)
        return
      case 'form':
        this.forms.push(value)
        return
      case 'output':
        this.outputs.push({ file: value })
        return
      case 'data':
      case 'data-ascii':
        this.data.push({ text: value, kind: 'data' })
        return
      case 'data-raw':
        this.data.push({ text: value, kind: 'raw' })
        return
      case 'data-binary':
        this.data.push({ text: value, kind: 'binary' })
        return
      case 'data-urlencode':
        this.data.push({ text: value, kind: 'urlencode' })
        return
      case 'json':
        this.data.push({ text: value, kind: 'json' })
        return
      default:
        this.values.set(name, value)
    }
  }
}
