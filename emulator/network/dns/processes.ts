import type { Random } from '../../sim/types.ts'
import type { DnsQuestion } from '../types.ts'
import type { NetworkContainer, World } from '../world.ts'
import { DnsCache } from './cache-store.ts'
import { coreDnsReply } from './coredns.ts'
import { parseCorefile, type ServerBlock } from './corefile.ts'
import { loopOf } from './loop.ts'
import type { DnsQuery, DnsServer } from './plugin.ts'
import { type DnsReply, failure } from './reply.ts'

/** A question that has reached CoreDNS. */
export interface AskedCoreDns {
  readonly container: NetworkContainer
  /** What it runs by. */
  readonly corefile: string
}

interface Running {
  readonly corefile: string
  readonly blocks: readonly ServerBlock[]
  readonly cache: DnsCache
}

/** The CoreDNS processes of a cluster: each with its Corefile read once, and with a cache of its own. */
export class CoreDnsProcesses {
  readonly #world: World
  readonly #random: Random
  readonly #running = new Map<string, Running>()

  constructor(world: World, random: Random) {
    this.#world = world
    this.#random = random
  }

  ended({ id }: NetworkContainer): void {
    this.#running.delete(id)
  }

  reply(
    { container, corefile }: AskedCoreDns,
    question: DnsQuestion,
    from: Pick<DnsQuery, 'client' | 'protocol'>,
    forward: DnsServer['forward'],
  ): DnsReply | undefined {
    const running = this.#started(container, corefile)
    if (running === undefined) return undefined
    const process = {
      world: this.#world,
      random: this.#random,
      files: container.files,
      cache: running.cache,
      log: (line: string): void => container.log('stdout', `${line}\n`),
      forward,
    }
    return coreDnsReply(process, running.blocks, question, from)
  }

  /** undefined: the new Corefile leads back to CoreDNS itself, which ends it. */
  #started(container: NetworkContainer, corefile: string): Running | undefined {
    const known = this.#running.get(container.id)
    if (known?.corefile === corefile) return known
    const shared = [...this.#running.values()].find((other) => other.corefile === corefile)
    const blocks = shared?.blocks ?? parseCorefile(corefile)
    const loop = loopOf(blocks, container.files, container.env.get('KUBE_DNS_SERVICE_HOST'))
    if (loop !== undefined) {
      container.log('stdout', loop)
      container.exit(1)
      return undefined
    }
    const running = { corefile, blocks, cache: new DnsCache() }
    this.#running.set(container.id, running)
    return running
  }
}

/** What a client hears of a CoreDNS that has just ended. */
export const ENDED: DnsReply = { ...failure('SERVFAIL'), late: true }
