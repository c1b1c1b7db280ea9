import { internetRecords } from '../internet.ts'
import type { DnsQuestion, DnsRecord } from '../types.ts'
import type { NetworkMachine, World } from '../world.ts'
import { clusterReply } from './cluster-zone.ts'
import { DEFAULT_DNS_CONFIG, type DnsConfig, parseCorefile } from './corefile.ts'
import { parseHosts } from './hosts-file.ts'
import { type DnsReply, normalizeName } from './reply.ts'

const MAX_ALIASES = 8

/** CoreDNS with the configuration that its ConfigMap holds now. */
export function clusterDns(world: World, question: DnsQuestion): DnsReply {
  const corefile = world.objects.configMap('kube-system', 'coredns')?.data?.Corefile
  const config = corefile === undefined ? DEFAULT_DNS_CONFIG : parseCorefile(corefile)
  return answerWith(world, config, question)
}

function answerWith(world: World, config: DnsConfig, question: DnsQuestion): DnsReply {
  const name = normalizeName(question.name)
  const rewrite = config.rewrites.find((candidate) => candidate.from === name)
  if (rewrite !== undefined) {
    const reply = answerWith(world, { ...config, rewrites: [] }, { ...question, name: rewrite.to })
    return {
      ...reply,
      answers: reply.answers.map((record) =>
        record.name === `${rewrite.to}.` ? { ...record, name: `${name}.` } : record,
      ),
    }
  }
  const hosts = config.hosts.filter((candidate) => candidate.name === name)
  if (hosts.length > 0 && question.type === 'A') {
    return {
      rcode: 'NOERROR',
      answers: hosts.map(({ address }) => ({ name: `${name}.`, type: 'A', ttl: 3600, data: address })),
      authority: [],
    }
  }
  const reply = clusterReply(world, config, question) ?? (config.forwards ? publicDns(question) : refused())
  return chase(world, config, question, reply)
}

/** Follows aliases, as CoreDNS does for ExternalName (inside and outside the cluster). */
function chase(world: World, config: DnsConfig, question: DnsQuestion, reply: DnsReply, depth = 0): DnsReply {
  const last = reply.answers.at(-1)
  if (last?.type !== 'CNAME' || question.type === 'CNAME' || depth >= MAX_ALIASES) return reply
  const target = { ...question, name: normalizeName(last.data) }
  const next = clusterReply(world, config, target) ?? (config.forwards ? publicDns(target) : refused())
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
