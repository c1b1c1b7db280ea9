import { parseIPv4 } from '../addresses.ts'
import { explainUnknownName } from '../explain/unknown-name.ts'
import { explainNoEndpoints } from '../explain.ts'
import type { HopList } from '../packet.ts'
import { readFileOf, type Source } from '../source.ts'
import type { DnsAnswer, DnsQuestion, Network, Subject } from '../types.ts'
import { placeName, type World } from '../world.ts'
import { parseHosts } from './hosts-file.ts'
import { normalizeName } from './reply.ts'
import { candidateNames, parseResolvConf, type ResolvConf } from './resolv-conf.ts'

/** glibc waits five seconds for a server, twice. */
const SILENT_SERVER_MS = 10_000

type Ask = (question: DnsQuestion, server: string) => Omit<DnsAnswer, 'trace'>
type Resolved = Omit<ReturnType<Network['lookup']>, 'hops'>

/** getaddrinfo for IPv4: a literal address, /etc/hosts, then DNS with search list and ndots. */
export function resolveName(world: World, source: Source, name: string, ask: Ask, hops: HopList): Resolved {
  if (parseIPv4(name) !== undefined) return { addresses: [name], rcode: 'NOERROR', latencyMs: 0 }
  const hosts = parseHosts(readFileOf(world, source, '/etc/hosts') ?? '')
  const wanted = name.toLowerCase()
  const local = hosts.find((entry) => entry.names.includes(wanted) && parseIPv4(entry.address) !== undefined)
  if (local !== undefined) {
    hops.add('pass', source.from, 'hosts-file', { name, address: local.address })
    return { addresses: [local.address], canonicalName: local.names[0] ?? name, rcode: 'NOERROR', latencyMs: 0 }
  }
  if (wanted === 'localhost') return { addresses: ['127.0.0.1'], rcode: 'NOERROR', latencyMs: 0 }
  return askServers(world, source, name, ask, hops)
}

function askServers(world: World, source: Source, name: string, ask: Ask, hops: HopList): Resolved {
  const conf = parseResolvConf(readFileOf(world, source, '/etc/resolv.conf') ?? '')
  if (conf.nameservers.length === 0) {
    hops.add('unresolved', source.from, 'dns-no-server', { source: placeName(source.from) })
    return { addresses: [], rcode: 'timed-out', latencyMs: 0 }
  }
  let latencyMs = 0
  let rcode: DnsAnswer['rcode'] = 'NXDOMAIN'
  let alias = false
  const candidates = candidateNames(name, conf)
  for (const [tried, candidate] of candidates.entries()) {
    const answer = firstAnswer({ name: candidate, type: 'A' }, conf, ask)
    latencyMs += answer.latencyMs
    if (answer.rcode === 'timed-out' || answer.rcode === 'refused') {
      hops.add('unresolved', { kind: 'dns', server: answer.server }, 'dns-no-answer', { server: answer.server })
      return { addresses: [], rcode: answer.rcode, latencyMs }
    }
    const addresses = answer.answers.filter((record) => record.type === 'A').map((record) => record.data)
    alias ||= answer.answers.some((record) => record.type === 'CNAME')
    if (addresses.length > 0) searched(name, candidates.slice(0, tried), conf, hops)
    if (addresses.length > 0) return found(candidate, answer, addresses, latencyMs, hops)
    if (answer.rcode === 'NOERROR' || answer.rcode === 'SERVFAIL') rcode = answer.rcode
  }
  searched(name, candidates.slice(0, -1), conf, hops)
  explainUnknown(world, source, name, { conf, rcode, alias }, hops)
  return { addresses: [], rcode, latencyMs }
}

/** A server that is silent, refuses or fails leaves the question to the next one (glibc res_send.c). */
function firstAnswer(question: DnsQuestion, conf: ResolvConf, ask: Ask): Omit<DnsAnswer, 'trace'> {
  let latencyMs = 0
  let last: Omit<DnsAnswer, 'trace'> | undefined
  for (const server of conf.nameservers) {
    last = ask(question, server)
    latencyMs += last.rcode === 'timed-out' ? SILENT_SERVER_MS : last.latencyMs
    if (last.rcode === 'NOERROR' || last.rcode === 'NXDOMAIN') break
  }
  if (last === undefined) throw new Error('resolv.conf names at least one server here')
  return { ...last, latencyMs }
}

function found(
  candidate: string,
  answer: Omit<DnsAnswer, 'trace'>,
  addresses: readonly string[],
  latencyMs: number,
  hops: HopList,
): Resolved {
  const subject: Subject = { kind: 'dns', server: answer.server }
  for (const alias of answer.answers.filter((record) => record.type === 'CNAME')) {
    const target = normalizeName(alias.data)
    hops.add('pass', subject, 'dns-alias', { server: answer.server, name: normalizeName(alias.name), target })
  }
  hops.add('pass', subject, 'dns-answered', {
    server: answer.server,
    name: candidate,
    type: 'A',
    address: addresses.join(', '),
  })
  const canonicalName = normalizeName(answer.answers.find((record) => record.type === 'A')?.name ?? candidate)
  return { addresses, canonicalName, rcode: 'NOERROR', latencyMs }
}

/** The names that the search list made of a short one, which nobody knew. */
function searched(name: string, tried: readonly string[], conf: ResolvConf, hops: HopList): void {
  if (tried.length === 0) return
  const server = conf.nameservers[0] ?? ''
  const params = { server, name, tried: tried.join(', '), ndots: conf.ndots }
  hops.add('pass', { kind: 'dns', server }, 'dns-searched', params)
}

function explainUnknown(
  world: World,
  source: Source,
  name: string,
  asked: { readonly conf: ResolvConf; readonly rcode: DnsAnswer['rcode']; readonly alias: boolean },
  hops: HopList,
): void {
  const { conf, rcode, alias } = asked
  const server = conf.nameservers[0] ?? ''
  const subject: Subject = { kind: 'dns', server }
  const forwarded = name.includes('.') || source.from.kind === 'pod'
  const { code, params } =
    rcode === 'SERVFAIL' && forwarded
      ? ({ code: 'dns-server-failure', params: { server, name } } as const)
      : rcode === 'NOERROR' && !alias
        ? ({ code: 'dns-no-data', params: { server, name } } as const)
        : explainUnknownName(world, { from: source.from, name, conf })
  hops.add('unresolved', subject, code, params)
  const service = code === 'dns-headless-empty' && world.objects.service(`${params.namespace}`, `${params.service}`)
  if (!service) return
  const port = service.spec?.ports?.[0] ?? { port: 0 }
  const why = explainNoEndpoints({ service, port, via: 'cluster-ip' }, world)
  const { namespace = '', name: serviceName = '' } = service.metadata ?? {}
  hops.add('unresolved', { kind: 'service', namespace, name: serviceName }, why.code, why.params)
}
