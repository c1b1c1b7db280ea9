import type { Line } from '../corefile-blocks.ts'
import { CorefileError } from '../corefile-blocks.ts'
import { type DnsPlugin, type DnsQuery, inZone, plainName } from '../plugin.ts'
import type { DnsReply } from '../reply.ts'
import { querySize, replySize } from '../wire-size.ts'

const CLASSES = ['success', 'denial', 'error', 'all'] as const

interface LogRule {
  readonly names: readonly string[]
  readonly classes: readonly string[]
}

/** A line for every question, in CoreDNS's common format (coredns plugin/log). */
export const log: DnsPlugin = {
  name: 'log',
  setup(lines) {
    const rules = lines.map(readRule)
    return (query, server, next) => {
      const reply = next(query)
      const wanted = rules.some(
        ({ names, classes }) =>
          names.some((zone) => inZone(query.name, zone)) &&
          (classes.includes('all') || classes.includes(classOf(reply))),
      )
      if (wanted) server.log(lineFor(query, reply, 32_768 + server.random.int(28_000)))
      return reply
    }
  },
}

function readRule(line: Line): LogRule {
  const names = line.args.filter((word) => !word.includes('{')).map(plainName)
  const classes = line.block.flatMap(({ name, args, number }) => {
    if (name !== 'class') throw new CorefileError(line.file, number, `unknown property '${name}'`, 'plugin/log: ')
    return args.map((word) => {
      if (!CLASSES.some((known) => known === word))
        throw new CorefileError(line.file, number, `invalid Class: ${word}`, 'plugin/log: ')
      return word
    })
  })
  return { names: names.length > 0 ? names : [''], classes: classes.length > 0 ? classes : ['all'] }
}

function classOf({ rcode, answers }: DnsReply): string {
  if (rcode === 'NXDOMAIN' || (rcode === 'NOERROR' && answers.length === 0)) return 'denial'
  return rcode === 'NOERROR' ? 'success' : 'error'
}

function lineFor(query: DnsQuery, reply: DnsReply, port: number): string {
  const { name, type, protocol, client } = query
  const flags = reply.forwarded ? 'qr,rd,ra' : reply.rcode === 'SERVFAIL' ? 'qr,rd' : 'qr,aa,rd'
  const duration = reply.late ? '5.001204117s' : reply.forwarded ? '0.032118441s' : '0.000118203s'
  const question = `${type} IN ${name}. ${protocol.toLowerCase()} ${querySize(name)} false 512`
  return `[INFO] ${client}:${port} - ${idOf(name, port)} "${question}" ${reply.rcode} ${flags} ${replySize(name, reply)} ${duration}`
}

/** The number by which a client knows its answer again. */
function idOf(name: string, port: number): number {
  let id = port
  for (const character of name) id = (id * 31 + (character.codePointAt(0) ?? 0)) & 0xffff
  return id
}
