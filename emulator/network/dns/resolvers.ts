import { internetRecords } from '../internet.ts'
import type { DnsQuestion, DnsRecord } from '../types.ts'
import type { NetworkMachine } from '../world.ts'
import { parseHosts } from './hosts-file.ts'
import { type DnsReply, normalizeName } from './reply.ts'

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
