import type { DnsRecord } from '../../types.ts'
import type { Line } from '../corefile-blocks.ts'
import { parseHosts } from '../hosts-file.ts'
import { type DnsPlugin, type DnsQuery, fallthroughZones, inZone, zoneFor, zonesOf } from '../plugin.ts'
import { failure, isAddressOf, record, reverseAddress } from '../reply.ts'

const OPTIONS = new Set(['fallthrough', 'ttl', 'no_reverse', 'reload'])

interface Entry {
  readonly address: string
  readonly names: readonly string[]
}

/**
 * Records of a hosts file and of lines in the Corefile. Names that it does not have end in SERVFAIL, unless `fallthrough`
 * leaves them to others (coredns plugin/hosts).
 */
export const hosts: DnsPlugin = {
  name: 'hosts',
  setup([line], blockZones) {
    if (line === undefined) return undefined
    const path = line.args[0]?.startsWith('/') ? line.args[0] : undefined
    const zones = zonesOf(path === undefined ? line.args : line.args.slice(1), blockZones)
    const inline = parseHosts(
      line.block
        .filter(({ name }) => !OPTIONS.has(name))
        .map(textOf)
        .join('\n'),
    )
    const fall = line.block.find(({ name }) => name === 'fallthrough')
    const leaves = fall === undefined ? [] : fallthroughZones(fall.args)
    const ttl = Number(line.block.find(({ name }) => name === 'ttl')?.args[0] ?? 3600)
    const reverses = !line.block.some(({ name }) => name === 'no_reverse')
    return (query, server, next) => {
      if (zoneFor(query.name, zones) === undefined && query.type !== 'PTR') return next(query)
      const entries = [...inline, ...parseHosts(server.files.read(path ?? '/etc/hosts') ?? '')]
      const found = recordsFor(query, entries, ttl, reverses)
      if (found.length > 0) return { rcode: 'NOERROR', answers: found, authority: [] }
      if (query.type === 'PTR') return next(query)
      if (entries.some(({ names }) => names.includes(query.name)))
        return { rcode: 'NOERROR', answers: [], authority: [] }
      return leaves.some((zone) => inZone(query.name, zone)) ? next(query) : failure('SERVFAIL')
    }
  },
}

const textOf = ({ name, args }: Line): string => [name, ...args].join(' ')

function recordsFor(
  { name, type }: DnsQuery,
  entries: readonly Entry[],
  ttl: number,
  reverses: boolean,
): readonly DnsRecord[] {
  const address = reverseAddress(name)
  if (type === 'PTR' && address !== undefined && reverses)
    return entries
      .filter((entry) => entry.address === address)
      .flatMap(({ names }) => names.map((target) => record(name, 'PTR', `${target}.`, ttl)))
  return entries
    .filter((entry) => entry.names.includes(name) && isAddressOf(type, entry.address))
    .map((entry) => record(name, type, entry.address, ttl))
}
