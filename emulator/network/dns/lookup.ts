import { parseIPv4 } from '../addresses.ts'
import type { HopList } from '../packet.ts'
import { readFileOf, type Source } from '../source.ts'
import type { DnsAnswer, DnsQuestion, Network, Place, Subject } from '../types.ts'
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
  for (const candidate of candidateNames(name, conf)) {
    const answer = firstAnswer({ name: candidate, type: 'A' }, conf, ask)
    latencyMs += answer.latencyMs
    if (answer.rcode === 'timed-out' || answer.rcode === 'refused') {
      hops.add('unresolved', { kind: 'dns', server: answer.server }, 'dns-no-answer', { server: answer.server })
      return { addresses: [], rcode: answer.rcode, latencyMs }
    }
    const addresses = answer.answers.filter((record) => record.type === 'A').map((record) => record.data)
    if (addresses.length > 0) return found(candidate, answer, addresses, latencyMs, hops)
    if (answer.rcode === 'NOERROR' || answer.rcode === 'SERVFAIL') rcode = answer.rcode
  }
  explainUnknown(world, source, name, conf, rcode, hops)
  return { addresses: [], rcode, latencyMs }
}

function firstAnswer(question: DnsQuestion, conf: ResolvConf, ask: Ask): Omit<DnsAnswer, 'trace'> {
  let latencyMs = 0
  let last: Omit<DnsAnswer, 'trace'> | undefined
  for (const server of conf.nameservers) {
    last = ask(question, server)
    latencyMs += last.rcode === 'timed-out' ? SILENT_SERVER_MS : last.latencyMs
    if (last.rcode !== 'timed-out' && last.rcode !== 'refused') break
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
  hops.add('pass', subject, 'dns-answered', { server: answer.server, name: candidate, address: addresses.join(', ') })
  const canonicalName = normalizeName(answer.answers.find((record) => record.type === 'A')?.name ?? candidate)
  return { addresses, canonicalName, rcode: 'NOERROR', latencyMs }
}

/** The near misses of names: another namespace, a machine that does not use the cluster's DNS, an empty headless Service. */
function explainUnknown(
  world: World,
  source: Source,
  name: string,
  conf: ResolvConf,
  rcode: DnsAnswer['rcode'],
  hops: HopList,
): void {
  const server = conf.nameservers[0] ?? ''
  const subject: Subject = { kind: 'dns', server }
  const params = { server, name, source: placeName(source.from) }
  const [first = '', second] = name.toLowerCase().split('.')
  const inCluster = conf.search.some((domain) => domain.startsWith('svc.')) || conf.search.includes('cluster.local')
  const services = world.objects.services().filter((candidate) => candidate.metadata?.name === first)
  const service =
    services.find((candidate) => candidate.metadata?.namespace === (second ?? namespaceOf(source.from))) ?? services[0]
  const { namespace = '' } = service?.metadata ?? {}
  if (rcode === 'NOERROR') hops.add('unresolved', subject, 'dns-no-data', params)
  else if (service === undefined) hops.add('unresolved', subject, 'dns-not-found', params)
  else if (!inCluster) hops.add('unresolved', subject, 'dns-cluster-name-outside', params)
  else if (service.spec?.clusterIP === 'None' && namespace === (second ?? namespaceOf(source.from))) {
    hops.add('unresolved', subject, 'dns-headless-empty', { ...params, service: first })
  } else if (second === undefined && namespace !== namespaceOf(source.from)) {
    hops.add('unresolved', subject, 'dns-service-elsewhere', { ...params, service: first, namespace })
  } else hops.add('unresolved', subject, 'dns-not-found', params)
}

function namespaceOf(place: Place): string | undefined {
  return place.kind === 'pod' ? place.namespace : undefined
}
