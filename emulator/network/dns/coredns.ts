import type { DnsQuestion } from '../types.ts'
import type { ServerBlock } from './corefile.ts'
import { type DnsQuery, type DnsServer, inZone } from './plugin.ts'
import { type DnsReply, failure, normalizeName } from './reply.ts'

/** What a CoreDNS process brings to every question. */
export type CoreDns = Omit<DnsServer, 'ask'>

const MAX_DEPTH = 8

/** CoreDNS's answer by the server block whose zone is the longest that the name lies in. */
export function coreDnsReply(
  process: CoreDns,
  blocks: readonly ServerBlock[],
  asked: DnsQuestion,
  from: Pick<DnsQuery, 'client' | 'protocol'>,
  depth = 0,
): DnsReply {
  const query: DnsQuery = { ...from, type: asked.type, name: normalizeName(asked.name) }
  const block = blockFor(blocks, query.name)
  if (block === undefined) return failure('REFUSED')
  const server: DnsServer = {
    ...process,
    ask: (question) =>
      depth >= MAX_DEPTH ? failure('SERVFAIL') : coreDnsReply(process, blocks, question, from, depth + 1),
  }
  const step =
    (at: number) =>
    (current: DnsQuery): DnsReply => {
      const handler = block.handlers[at]
      return handler
        ? handler(current, server, step(at + 1))
        : failure('SERVFAIL', `plugin/${lastOf(block)}: no next plugin found`)
    }
  return step(0)(query)
}

/** The server block whose zone is the longest that a name lies in. */
export function blockFor(blocks: readonly ServerBlock[], name: string): ServerBlock | undefined {
  let best: ServerBlock | undefined
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

function lastOf({ lines }: ServerBlock): string {
  return lines.some(({ name }) => name === 'loop') ? 'loop' : (lines.at(-1)?.name ?? '')
}
