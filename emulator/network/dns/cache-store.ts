import type { DnsReply } from './reply.ts'

interface Entry {
  readonly reply: DnsReply
  readonly until: number
}

const MOST = 256

/** What the cache plugin of one CoreDNS remembers. Not part of a snapshot: it is lost as if CoreDNS had restarted. */
export class DnsCache {
  readonly #entries = new Map<string, Entry>()

  /** The reply with the seconds that it has left, if it is still known. */
  find(key: string, now: number): DnsReply | undefined {
    const entry = this.#entries.get(key)
    if (entry === undefined) return undefined
    if (entry.until <= now) {
      this.#entries.delete(key)
      return undefined
    }
    return { ...withTtl(entry.reply, Math.floor((entry.until - now) / 1000)), latencyMs: 0 }
  }

  keep(key: string, reply: DnsReply, until: number): void {
    const [oldest] = this.#entries.keys()
    if (this.#entries.size >= MOST && oldest !== undefined) this.#entries.delete(oldest)
    this.#entries.set(key, { reply, until })
  }
}

/** All records with the same time to live. */
export function withTtl(reply: DnsReply, ttl: number): DnsReply {
  const timed = (records: DnsReply['answers']) => records.map((one) => ({ ...one, ttl }))
  return {
    ...reply,
    answers: timed(reply.answers),
    authority: timed(reply.authority),
    ...(reply.additional && { additional: timed(reply.additional) }),
  }
}
