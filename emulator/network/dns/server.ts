import { DEFAULT_SETTINGS } from '../addresses.ts'
import { internetRecords, PUBLIC_RESOLVERS } from '../internet.ts'
import type { DnsQuestion, DnsRecord } from '../types.ts'
import type { NetworkMachine, World } from '../world.ts'
import { clusterReply } from './cluster-zone.ts'
import { DEFAULT_DNS_CONFIG, type DnsConfig, parseCorefile, type Rewrite } from './corefile.ts'
import { parseHosts } from './hosts-file.ts'
import { type DnsReply, normalizeName } from './reply.ts'

const MAX_ALIASES = 8

/** Configurations by their text: the newest alone, since CoreDNS's Pods share one. */
export class CorefileCache {
  #text: string | undefined
  #blocks: readonly DnsConfig[] = DEFAULT_DNS_CONFIG

  read(text: string | undefined): readonly DnsConfig[] {
    if (text === undefined) return DEFAULT_DNS_CONFIG
    if (text !== this.#text) {
      this.#blocks = parseCorefile(text)
      this.#text = text
    }
    return this.#blocks
  }
}

/** CoreDNS with the configuration that it runs by. */
export function clusterDns(world: World, blocks: readonly DnsConfig[], question: DnsQuestion): DnsReply {
  const config = blockFor(blocks, normalizeName(question.name))
  return config === undefined ? refused() : answerWith(world, config, question)
}

/** The server block whose zone is the longest that a name lies in. */
export function blockFor(blocks: readonly DnsConfig[], name: string): DnsConfig | undefined {
  let best: DnsConfig | undefined
  let length = -1
  for (const block of blocks) {
    for (const zone of block.serves) {
      if (zone.length <= length || !inZone(name, zone)) continue
      best = block
      length = zone.length
    }
  }
  return best
}

function inZone(name: string, zone: string): boolean {
  return zone === '' || name === zone || name.endsWith(`.${zone}`)
}

function answerWith(world: World, config: DnsConfig, question: DnsQuestion): DnsReply {
  const name = normalizeName(question.name)
  for (const rewrite of config.rewrites) {
    const other = rewritten(rewrite, name)
    if (other === undefined) continue
    const reply = answerWith(world, { ...config, rewrites: [] }, { ...question, name: other })
    const named = (record: DnsRecord) => (record.name === `${other}.` ? { ...record, name: `${name}.` } : record)
    return { ...reply, answers: reply.answers.map(named) }
  }
  const hosts = config.hosts.filter((candidate) => candidate.name === name)
  if (hosts.length > 0) {
    const answers = hosts.map(({ address }): DnsRecord => ({ name: `${name}.`, type: 'A', ttl: 3600, data: address }))
    return { rcode: 'NOERROR', answers: question.type === 'A' ? answers : [], authority: [] }
  }
  if (config.hosts.length > 0 && !config.hostsFallThrough) return { rcode: 'NXDOMAIN', answers: [], authority: [] }
  return chase(world, config, question, afterHosts(world, config, question))
}

function rewritten({ kind, from, to }: Rewrite, name: string): string | undefined {
  if (kind === 'exact') return name === from ? to : undefined
  if (kind === 'prefix') return name.startsWith(from) ? to + name.slice(from.length) : undefined
  if (kind === 'suffix') return name.endsWith(from) ? name.slice(0, name.length - from.length) + to : undefined
  return name.includes(from) ? name.replaceAll(from, to) : undefined
}

/** The kubernetes plugin; what it does not have and may fall through, and names outside its zones, are forwarded. */
function afterHosts(world: World, config: DnsConfig, question: DnsQuestion): DnsReply {
  const name = normalizeName(question.name)
  const own = clusterReply(world, config, question)
  const leaves = config.fallthrough.some((zone) => inZone(name, zone))
  if (own !== undefined && !(own.rcode === 'NXDOMAIN' && leaves)) return own
  const forward = config.forwards.find(({ from }) => inZone(name, from))
  if (forward === undefined) return own ?? refused()
  return forward.to.some(answers) ? publicDns(question) : { rcode: 'SERVFAIL', answers: [], authority: [] }
}

/** Is there a resolver: the one of the node's network (its resolv.conf), or a public one? */
function answers(server: string): boolean {
  const address = server.replace(/^\w+:\/\//, '').replace(/:\d+$/, '')
  return address.startsWith('/') || address === DEFAULT_SETTINGS.gateway || PUBLIC_RESOLVERS.has(address)
}

/** Follows aliases, as CoreDNS does for ExternalName (inside and outside the cluster). */
function chase(world: World, config: DnsConfig, question: DnsQuestion, reply: DnsReply, depth = 0): DnsReply {
  const last = reply.answers.at(-1)
  if (last?.type !== 'CNAME' || question.type === 'CNAME' || depth >= MAX_ALIASES) return reply
  const next = afterHosts(world, config, { ...question, name: normalizeName(last.data) })
  const joined: DnsReply = { rcode: 'NOERROR', answers: [...reply.answers, ...next.answers], authority: next.authority }
  return chase(world, config, question, joined, depth + 1)
}

function refused(): DnsReply {
  return { rcode: 'REFUSED', answers: [], authority: [] }
}

const ROOT: DnsRecord = {
  name: '.',
  type: 'SOA',
  ttl: 86_400,
  data: 'a.root-servers.net. nstld.verisign-grs.com. 2026040700 1800 900 604800 86400',
}

/** A resolver of the outside world: it knows a few public names and none of any cluster. */
export function publicDns(question: DnsQuestion): DnsReply {
  const records = internetRecords(normalizeName(question.name))
  if (records === undefined) return { rcode: 'NXDOMAIN', answers: [], authority: [ROOT] }
  const answers = records.filter(
    (record) => record.type === question.type || record.type === 'CNAME' || question.type === 'ANY',
  )
  return { rcode: 'NOERROR', answers, authority: answers.length === 0 ? [ROOT] : [] }
}

/** systemd-resolved on a machine: /etc/hosts first, then the resolver of the network. */
export function stubDns(machine: NetworkMachine, question: DnsQuestion): DnsReply {
  const name = normalizeName(question.name)
  const entries = parseHosts(machine.files.read('/etc/hosts') ?? '').filter((entry) => entry.names.includes(name))
  if (entries.length > 0 && (question.type === 'A' || question.type === 'AAAA')) {
    const answers = entries
      .filter((entry) => entry.address.includes(':') === (question.type === 'AAAA'))
      .map((entry): DnsRecord => ({ name: `${name}.`, type: question.type, ttl: 0, data: entry.address }))
    return { rcode: 'NOERROR', answers, authority: [] }
  }
  // A name of one label never leaves the host (ResolveUnicastSingleLabel is off by default).
  if (name !== '' && !name.includes('.')) return { rcode: 'SERVFAIL', answers: [], authority: [] }
  return publicDns(question)
}
