import { isLoopback } from '../addresses.ts'
import { hasDirective, type ServerBlock } from './corefile.ts'
import { upstreamsOf } from './plugins/forward.ts'

/**
 * Why the loop plugin ends CoreDNS: what it forwards comes back to it, by its own loopback address or by the address of
 * the cluster's DNS (coredns plugin/loop, which finds out by sending itself a question).
 */
export function loopOf(
  blocks: readonly ServerBlock[],
  files: { read(path: string): string | undefined },
  clusterDns: string | undefined,
): string | undefined {
  if (!hasDirective(blocks, 'loop')) return undefined
  for (const { lines, serves } of blocks) {
    for (const { args } of lines.filter(({ name }) => name === 'forward')) {
      const back = upstreamsOf({ to: args.slice(1) }, { files }).find(
        ({ address, port }) => port === 53 && (isLoopback(address) || address === clusterDns),
      )
      if (back === undefined) continue
      const from = isLoopback(back.address) ? '127.0.0.1' : back.address
      const zone = serves[0] === '' ? '.' : `${serves[0]}.`
      return `[FATAL] plugin/loop: Loop (${from}:55953 -> :53) detected for zone "${zone}", see https://coredns.io/plugins/loop#troubleshooting. Query: "HINFO 4547991504243258144.3688648895315093531."\n`
    }
  }
  return undefined
}
