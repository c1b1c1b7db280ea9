import type { DnsRecord } from '../../types.ts'
import { CorefileError } from '../corefile-blocks.ts'
import { type DnsPlugin, type DnsQuery, fallthroughZones, inZone, zoneFor, zonesOf } from '../plugin.ts'
import { type DnsReply, failure, normalizeName } from '../reply.ts'
import { parseZone } from '../zone-file.ts'

const MAX_ALIASES = 8

/** Reads a text anew only when it has changed. */
function lastRead<Result>(parse: (text: string, origin: string) => Result): (text: string, origin: string) => Result {
  let last: { readonly text: string; readonly origin: string; readonly result: Result } | undefined
  return (text, origin) => {
    if (last?.text !== text || last.origin !== origin) last = { text, origin, result: parse(text, origin) }
    return last.result
  }
}

/** Answers from a zone file (coredns plugin/file). */
export const file: DnsPlugin = {
  name: 'file',
  setup(lines, blockZones) {
    const zones = lines.map((line) => {
      const [path, ...words] = line.args
      if (path === undefined)
        throw new CorefileError(
          line.file,
          line.number,
          "Wrong argument count or unexpected line ending after 'file'",
          'plugin/file: ',
        )
      const fall = line.block.find(({ name }) => name === 'fallthrough')
      return {
        path,
        read: lastRead(parseZone),
        zones: zonesOf(words, blockZones),
        leaves: fall === undefined ? [] : fallthroughZones(fall.args),
      }
    })
    return (query, server, next) => {
      const zone = zones.find((one) => zoneFor(query.name, one.zones) !== undefined)
      const origin = zone && zoneFor(query.name, zone.zones)
      if (zone === undefined || origin === undefined) return next(query)
      const text = server.files.read(zone.path)
      const records = text === undefined ? undefined : zone.read(text, origin)
      if (records === undefined || 'problem' in records) return failure('SERVFAIL')
      const reply = answer(records, query, origin)
      const leaves = reply.rcode === 'NXDOMAIN' && zone.leaves.some((leaf) => inZone(query.name, leaf))
      return leaves ? next(query) : reply
    }
  },
}

function answer(records: readonly DnsRecord[], { name, type }: DnsQuery, origin: string): DnsReply {
  const authority = records.filter((one) => one.type === 'SOA' && normalizeName(one.name) === origin)
  const answers: DnsRecord[] = []
  let asked = name
  for (let turn = 0; turn < MAX_ALIASES; turn += 1) {
    const known = recordsAt(records, asked)
    if (known === undefined)
      return answers.length > 0
        ? { rcode: 'NOERROR', answers, authority: [] }
        : { rcode: 'NXDOMAIN', answers, authority }
    const fitting = known.filter((one) => one.type === type || one.type === 'CNAME')
    answers.push(...fitting)
    const alias = fitting.find((one) => one.type === 'CNAME')
    if (alias === undefined || type === 'CNAME') break
    asked = normalizeName(alias.data)
    if (!inZone(asked, origin)) break
  }
  return { rcode: 'NOERROR', answers, authority: answers.length === 0 ? authority : [] }
}

/** Records of a name, or those of the star that covers it; undefined if there is no such name. */
function recordsAt(records: readonly DnsRecord[], name: string): readonly DnsRecord[] | undefined {
  const own = records.filter((one) => normalizeName(one.name) === name)
  if (own.length > 0) return own
  if (records.some((one) => normalizeName(one.name).endsWith(`.${name}`))) return []
  const star = records.filter((one) => normalizeName(one.name) === `*.${name.slice(name.indexOf('.') + 1)}`)
  return star.length > 0 ? star.map((one) => ({ ...one, name: `${name}.` })) : undefined
}
