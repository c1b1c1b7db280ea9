/** URLs and named formats (upstream: apiserver/pkg/cel/library/urls.go, format.go). */
import { type Environment, Optional } from '@marcbachmann/cel-js'
import {
  dns1035LabelErrors,
  dns1123LabelErrors,
  dns1123SubdomainErrors,
  labelValueErrors,
  qualifiedNameErrors,
} from '../names.ts'
import { hasFormat } from '../structural/formats.ts'

class CelURL {
  readonly scheme: string
  readonly host: string
  readonly path: string
  readonly query: string
  constructor([, scheme = '', host = '', path = '', query = '']: RegExpExecArray) {
    this.scheme = scheme.toLowerCase()
    this.host = host
    this.path = path
    this.query = query
  }
}

/** Absolute, or a path. */
const FORM =
  /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):(?:\/\/(?:[^/?#@\s]*@)?([^/?#\s]*))?)?((?:\/[^?#\s]*)?)(?:\?([^#\s]*))?(?:#\S*)?$/

function parseURL(text: string): CelURL | undefined {
  const parts = FORM.exec(text)
  return parts && text !== '' && (parts[1] !== undefined || text.startsWith('/')) ? new CelURL(parts) : undefined
}

function url(text: string): CelURL {
  const parsed = parseURL(text)
  if (!parsed)
    throw new Error(`URL parse error during conversion from string: parse "${text}": invalid URI for request`)
  return parsed
}

const hostname = ({ host }: CelURL): string => /^\[(.*)\]/.exec(host)?.[1] ?? host.replace(/:\d*$/, '')
const port = ({ host }: CelURL): string => /:(\d+)$/.exec(host.replace(/^\[.*\]/, ''))?.[1] ?? ''

function queries({ query }: CelURL): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const pair of query === '' ? [] : query.split('&')) {
    const [name = '', value = ''] = pair.split('=').map((part) => decodePart(part.replaceAll('+', ' ')))
    found.set(name, [...(found.get(name) ?? []), value])
  }
  return found
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

class CelFormat {
  readonly check: (text: string) => readonly string[]
  constructor(check: (text: string) => readonly string[]) {
    this.check = check
  }
}

const known = (format: string) => (text: string) => (hasFormat(format, text) ? [] : [`invalid ${format}`])

const dashed =
  (check: (text: string) => readonly string[]) =>
  (text: string): readonly string[] =>
    check(text.replace(/-$/, 'a'))

const FORMATS: readonly (readonly [name: string, check: (text: string) => readonly string[]])[] = [
  ['dns1123Label', dns1123LabelErrors],
  ['dns1123Subdomain', dns1123SubdomainErrors],
  ['dns1035Label', dns1035LabelErrors],
  ['qualifiedName', qualifiedNameErrors],
  ['dns1123LabelPrefix', dashed(dns1123LabelErrors)],
  ['dns1123SubdomainPrefix', dashed(dns1123SubdomainErrors)],
  ['dns1035LabelPrefix', dashed(dns1035LabelErrors)],
  ['labelValue', labelValueErrors],
  ['uri', (text) => (parseURL(text) ? [] : ['invalid URI'])],
  ['uuid', known('uuid')],
  ['byte', known('byte')],
  ['date', known('date')],
  ['datetime', known('datetime')],
]

export function registerTexts(environment: Environment): void {
  const [address, format] = ['kubernetes.URL', 'kubernetes.NamedFormat']
  environment
    .registerType(address, CelURL)
    .registerType(format, CelFormat)
    .registerFunction(`url(string): ${address}`, url)
    .registerFunction('isURL(string): bool', (text: string) => parseURL(text) !== undefined)
    .registerFunction(`${address}.getScheme(): string`, (a: CelURL) => a.scheme)
    .registerFunction(`${address}.getHost(): string`, (a: CelURL) => a.host)
    .registerFunction(`${address}.getHostname(): string`, hostname)
    .registerFunction(`${address}.getPort(): string`, port)
    .registerFunction(`${address}.getEscapedPath(): string`, (a: CelURL) => a.path)
    .registerFunction(`${address}.getQuery(): map`, queries)
    .registerFunction('format_named(string): optional', (name: string) => {
      const found = FORMATS.find(([each]) => each === name)
      return found ? Optional.of(new CelFormat(found[1])) : Optional.none()
    })
    .registerFunction(`${format}.validate(string): optional`, (a: CelFormat, text: string) => {
      const wrong = a.check(text)
      return wrong.length === 0 ? Optional.none() : Optional.of(wrong)
    })
  for (const [name, check] of FORMATS)
    environment.registerFunction(`format_${name}(): ${format}`, () => new CelFormat(check))
}
