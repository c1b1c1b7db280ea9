import { byteLength } from '../api/byte-length.ts'
import { DOCUMENT_HOSTS, hostedDocument, isDocumentPath, redirectOf } from './documents/index.ts'
import type { End } from './packet.ts'
import type { DnsRecord, HttpRequest, HttpResponse, Protocol } from './types.ts'

/** The world outside: a handful of names that lessons and learners reach for. Addresses are documentation-like but fixed. */
interface Site {
  readonly name: string
  readonly address: string
  readonly title: string
  /** Plain HTTP only redirects to https, as most of the web does. */
  readonly redirects: boolean
}

const SITES: readonly Site[] = [
  { name: 'example.com', address: '93.184.215.14', title: 'Example Domain', redirects: false },
  { name: 'example.org', address: '93.184.215.14', title: 'Example Domain', redirects: false },
  { name: 'google.com', address: '142.250.207.110', title: 'Google', redirects: true },
  { name: 'k8s.io', address: '34.107.204.206', title: 'k8s.io', redirects: true },
  {
    name: 'raw.githubusercontent.com',
    address: '185.199.108.133',
    title: 'raw.githubusercontent.com',
    redirects: true,
  },
  {
    name: 'release-assets.githubusercontent.com',
    address: '185.199.109.133',
    title: 'GitHub releases',
    redirects: true,
  },
  { name: 'kubernetes.io', address: '15.197.167.90', title: 'Kubernetes', redirects: true },
  { name: 'nginx.org', address: '52.58.199.22', title: 'nginx', redirects: false },
  { name: 'github.com', address: '140.82.113.4', title: 'GitHub', redirects: true },
  { name: 'docker.io', address: '3.94.224.37', title: 'Docker', redirects: true },
  { name: 'registry.k8s.io', address: '34.96.108.209', title: 'registry.k8s.io', redirects: true },
  { name: 'dns.google', address: '8.8.8.8', title: 'Google Public DNS', redirects: true },
  { name: 'one.one.one.one', address: '1.1.1.1', title: '1.1.1.1', redirects: true },
  { name: 'naver.com', address: '223.130.192.248', title: 'NAVER', redirects: true },
]

/** Addresses that answer DNS queries of anybody. */
export const PUBLIC_RESOLVERS: ReadonlySet<string> = new Set(['8.8.8.8', '8.8.4.4', '1.1.1.1', '9.9.9.9'])

const TTL_SECONDS = 300

/** A record set of the outside world: undefined for a name that does not exist. `www.` is an alias of each site. */
export function internetRecords(name: string): readonly DnsRecord[] | undefined {
  const site = SITES.find((candidate) => candidate.name === name)
  if (site !== undefined) return [record(name, 'A', site.address)]
  const alias = SITES.find((candidate) => `www.${candidate.name}` === name)
  if (alias === undefined) return undefined
  return [record(name, 'CNAME', `${alias.name}.`), record(alias.name, 'A', alias.address)]
}

function record(name: string, type: DnsRecord['type'], data: string): DnsRecord {
  return { name: `${name}.`, type, ttl: TTL_SECONDS, data }
}

export interface InternetHost {
  /** Undefined: the packet is dropped by the host's firewall. */
  connect(port: number, protocol: Protocol, http: HttpRequest | undefined): End | undefined
}

const LATENCY_MS = 32

/** What answers at an address outside; undefined for addresses that nobody has. */
export function internetHost(address: string): InternetHost | undefined {
  const sites = SITES.filter((candidate) => candidate.address === address)
  const resolver = PUBLIC_RESOLVERS.has(address)
  if (sites.length === 0 && !resolver) return undefined
  return {
    connect(port, protocol, http) {
      if (port === 53 && resolver) return { outcome: 'answered', latencyMs: LATENCY_MS, dns: 'public' }
      const [site] = sites
      if (protocol !== 'TCP' || (port !== 80 && port !== 443) || site === undefined) return undefined
      if (http === undefined) return { outcome: 'answered', latencyMs: LATENCY_MS }
      return { outcome: 'answered', latencyMs: LATENCY_MS, response: page(site, http, port) }
    },
  }
}

function page(site: Site, http: HttpRequest, port: number): HttpResponse {
  const html = [['Content-Type', 'text/html; charset=UTF-8']] as const
  if (port === 80 && site.redirects) {
    return moved(`https://${http.host}${http.path}`, 301, 'Moved Permanently')
  }
  const address = `${http.host.replace(/:\d+$/, '')}${http.path}`
  const elsewhere = redirectOf(address)
  if (elsewhere !== undefined) return moved(elsewhere, 302, 'Found')
  const text = hostedDocument(site.name, http.path)
  if (text !== undefined) return plain(200, 'OK', text, http)
  if (DOCUMENT_HOSTS.includes(site.name) || isDocumentPath(http.path))
    return plain(404, 'Not Found', site.name === 'github.com' ? 'Not Found' : '404: Not Found', http)
  const body = `<!doctype html><html><head><title>${site.title}</title></head><body><h1>${site.title}</h1></body></html>\n`
  return {
    status: 200,
    reason: 'OK',
    headers: [...html, ['Content-Length', String(body.length)]],
    body: http.method === 'HEAD' ? '' : body,
  }
}

function moved(location: string, status: number, reason: string): HttpResponse {
  const headers = [
    ['Content-Type', 'text/html; charset=UTF-8'],
    ['Location', location],
    ['Content-Length', '0'],
  ] as const
  return { status, reason, headers, body: '' }
}

function plain(status: number, reason: string, body: string, { method }: HttpRequest): HttpResponse {
  const headers = [
    ['Content-Type', 'text/plain; charset=utf-8'],
    ['Content-Length', String(byteLength(body))],
  ] as const
  return { status, reason, headers, body: method === 'HEAD' ? '' : body }
}
