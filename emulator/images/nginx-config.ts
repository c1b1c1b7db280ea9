import type { FileTree } from '../node/files.ts'
import { parentPath } from '../node/paths.ts'
import { matchesPattern } from '../node/shell/patterns.ts'

/** A directive with its arguments and, if it has braces, its block. */
export interface Directive {
  readonly name: string
  readonly args: readonly string[]
  readonly block: readonly Directive[] | undefined
  readonly file: string
  readonly line: number
}

/** A configuration that nginx would refuse; the message ends as nginx's does. */
export class NginxConfigError extends Error {}

const MAX_DEPTH = 10

/** Where a configuration is read from: a container's files, or the texts of an earlier moment. */
export type ConfigFiles = Pick<FileTree, 'read' | 'list'>

/** The texts that a configuration was read from, by path. */
export interface ConfigTexts {
  readonly [path: string]: string
}

/** The same files, noting in `texts` what is read of them. */
export function noting(files: ConfigFiles, texts: { [path: string]: string }): ConfigFiles {
  return {
    list: (directory) => files.list(directory),
    read(path) {
      const text = files.read(path)
      if (text !== undefined) texts[path] = text
      return text
    },
  }
}

/** Texts as files: what nginx had read, whatever the files say by now. */
export function filesOf(texts: ConfigTexts): ConfigFiles {
  return {
    read: (path) => (Object.hasOwn(texts, path) ? texts[path] : undefined),
    list: (directory) =>
      Object.keys(texts).flatMap((path) => (parentPath(path) === directory ? [path.slice(directory.length + 1)] : [])),
  }
}

/** Reads nginx.conf with what it includes. */
export function readNginxConfig(files: ConfigFiles, path: string, depth = 0): readonly Directive[] {
  const text = files.read(path)
  if (text === undefined) throw new NginxConfigError(`open() "${path}" failed (2: No such file or directory)`)
  if (depth > MAX_DEPTH) throw new NginxConfigError(`too many levels of includes in ${path}:1`)
  const tokens = tokenize(text, path)
  const directives = parseBlock(tokens, path, false)
  return expandIncludes(directives, files, depth)
}

interface Token {
  readonly text: string
  readonly quoted: boolean
  readonly line: number
}

function tokenize(text: string, file: string): Token[] {
  const tokens: Token[] = []
  let line = 1
  const pattern =
    /(\n)|[ \t\r]+|(#[^\n]*)|"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|([{};])|((?:\\.|\$\{\w+\}|[^\s{};"'#])[^\s{};]*)|([\s\S])/g
  for (const match of text.matchAll(pattern)) {
    const [whole, newline, , double, single, mark, word, odd] = match
    if (newline !== undefined) line += 1
    const quoted = double ?? single
    if (quoted !== undefined) {
      tokens.push({ text: quoted.replace(/\\(["'\\])/g, '$1').replace(/\\n/g, '\n'), quoted: true, line })
      line += whole.split('\n').length - 1
    } else if (mark !== undefined || word !== undefined) tokens.push({ text: whole, quoted: false, line })
    else if (odd !== undefined) throw new NginxConfigError(`unexpected "${odd}" in ${file}:${line}`)
  }
  return tokens
}

function parseBlock(tokens: Token[], file: string, nested: boolean): readonly Directive[] {
  const directives: Directive[] = []
  for (;;) {
    const first = tokens.shift()
    if (first === undefined) {
      if (nested) throw new NginxConfigError(`unexpected end of file, expecting "}" in ${file}:1`)
      return directives
    }
    if (!first.quoted && first.text === '}') {
      if (nested) return directives
      throw new NginxConfigError(`unexpected "}" in ${file}:${first.line}`)
    }
    directives.push(parseDirective(first, tokens, file))
  }
}

function parseDirective(first: Token, tokens: Token[], file: string): Directive {
  const args: string[] = []
  for (;;) {
    const token = tokens.shift()
    if (token === undefined) {
      throw new NginxConfigError(`unexpected end of file, expecting ";" or "}" in ${file}:${first.line}`)
    }
    const base = { name: first.text, args, file, line: first.line }
    if (!token.quoted && token.text === ';') return { ...base, block: undefined }
    if (!token.quoted && token.text === '{') return { ...base, block: parseBlock(tokens, file, true) }
    if (!token.quoted && token.text === '}') throw new NginxConfigError(`unexpected "}" in ${file}:${token.line}`)
    args.push(token.text)
  }
}

function expandIncludes(directives: readonly Directive[], files: ConfigFiles, depth: number): readonly Directive[] {
  return directives.flatMap((directive) => {
    if (directive.name === 'include') return included(directive.args[0] ?? '', files, depth)
    if (directive.block === undefined) return [directive]
    return [{ ...directive, block: expandIncludes(directive.block, files, depth) }]
  })
}

function included(pattern: string, files: ConfigFiles, depth: number): readonly Directive[] {
  const path = pattern.startsWith('/') ? pattern : `/etc/nginx/${pattern}`
  if (path === '/etc/nginx/mime.types' && files.read(path) === undefined) return []
  const cut = path.lastIndexOf('/')
  const directory = path.slice(0, cut)
  if (!/[*?[]/.test(path)) return readNginxConfig(files, path, depth + 1)
  return files
    .list(directory)
    .filter((name) => matchesPattern(path.slice(cut + 1), name))
    .flatMap((name) => readNginxConfig(files, `${directory}/${name}`, depth + 1))
}

/** What the server needs of one `server` block. */
export interface VirtualServer {
  readonly ports: readonly { readonly port: number; readonly loopback: boolean; readonly tls: boolean }[]
  readonly names: readonly string[]
  readonly directives: readonly Directive[]
  readonly locations: readonly Directive[]
}

/** The `server` blocks of the http block. */
export function virtualServers(config: readonly Directive[]): readonly VirtualServer[] {
  const http = config.find((directive) => directive.name === 'http')?.block ?? []
  return http
    .filter((directive) => directive.name === 'server')
    .map(({ block = [] }) => {
      const listens = block.filter((directive) => directive.name === 'listen')
      const ports = listens.flatMap(listenPort)
      return {
        ports: listens.length === 0 ? [{ port: 80, loopback: false, tls: false }] : ports,
        names: block.filter((directive) => directive.name === 'server_name').flatMap((directive) => directive.args),
        directives: block,
        locations: block.filter((directive) => directive.name === 'location'),
      }
    })
}

function listenPort(directive: Directive): VirtualServer['ports'] {
  const [address = '', ...options] = directive.args
  if (address.startsWith('[') || address.startsWith('unix:')) return []
  const match = /^(?:(.*):)?(\d+)$/.exec(address)
  const port = match === null ? 80 : Number(match[2])
  if (match === null && /^[^\d*]/.test(address) && address !== 'localhost') {
    throw new NginxConfigError(
      `host not found in "${address}" of the "listen" directive in ${directive.file}:${directive.line}`,
    )
  }
  const host = match?.[1] ?? ''
  return [{ port, loopback: host === '127.0.0.1' || host === 'localhost', tls: options.includes('ssl') }]
}
