import type { Random } from '../../sim/types.ts'
import type { DnsQuestion } from '../types.ts'
import type { Endpoint, World } from '../world.ts'
import type { DnsCache } from './cache-store.ts'
import type { Line } from './corefile-blocks.ts'
import type { DnsReply } from './reply.ts'

/** A question on its way through a server block; the name is in lower case, without its last dot. */
export interface DnsQuery extends DnsQuestion {
  readonly client: string
  readonly protocol: 'UDP' | 'TCP'
  /** How many aliases it comes from. */
  readonly depth?: number
}

/** What a plugin knows of the CoreDNS process that it belongs to. */
export interface DnsServer {
  readonly world: World
  readonly files: { read(path: string): string | undefined }
  /** The cache of the server block. */
  readonly cache: DnsCache
  readonly random: Random
  log(line: string): void
  /** Answers another question from the first plugin on: what an alias leads to. */
  ask(question: DnsQuestion): DnsReply
  /** Sends a question on to another server, from the Pod that CoreDNS runs in. */
  forward(question: DnsQuestion, to: Endpoint): ForwardedReply
}

/** The answer of an upstream server, or why there is none: in the words of Go's net package. */
export type ForwardedReply = DnsReply | { readonly failure: string; readonly silent: boolean }

/** One link of a server block's chain: answers, or leaves that to what comes after it. */
export type Handler = (query: DnsQuery, server: DnsServer, next: (query: DnsQuery) => DnsReply) => DnsReply

/** A plugin of CoreDNS. */
export interface DnsPlugin {
  readonly name: string
  /** Reads its lines of a server block (the block's zones without last dots); throws a CorefileError. */
  setup(lines: readonly Line[], zones: readonly string[]): Handler | undefined
}

export function inZone(name: string, zone: string): boolean {
  return zone === '' || name === zone || name.endsWith(`.${zone}`)
}

/** The longest of some zones that a name lies in. */
export function zoneFor(name: string, zones: readonly string[]): string | undefined {
  let best: string | undefined
  for (const zone of zones) if (inZone(name, zone) && (best === undefined || zone.length > best.length)) best = zone
  return best
}

/** A name of a Corefile as it is compared: lower case, no last dot; `.` is ''. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '')
}

/** Zones that a plugin is told, or else those of its block. */
export function zonesOf(words: readonly string[], zones: readonly string[]): readonly string[] {
  return words.length > 0 ? words.map(plainName) : zones
}

/** `fallthrough` alone is for every name. */
export function fallthroughZones(args: readonly string[]): readonly string[] {
  return args.length === 0 ? [''] : args.map(plainName)
}
