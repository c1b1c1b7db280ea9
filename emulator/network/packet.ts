import type { Service, ServicePort } from '../generated/types.ts'
import type { Reason } from './reasons.ts'
import { renderReason } from './reasons.ts'
import type {
  DistrustsCertificate,
  Hop,
  HttpRequest,
  HttpResponse,
  Outcome,
  Place,
  Protocol,
  Subject,
} from './types.ts'
import type { Endpoint, NetworkContainer, NetworkMachine, World } from './world.ts'

/** A connection attempt on its way; stages replace it, never change it. */
export interface Packet {
  readonly from: Place
  /** The host whose network stack and kube-proxy see the packet now. */
  readonly at: NetworkMachine
  /** Set while the packet is inside the network namespace of the Pod that sent it. */
  readonly sourcePod: { readonly namespace: string; readonly name: string } | undefined
  /** Source address as the destination will see it, as far as it is known by now. */
  readonly source: string
  /** True if a process of host `at` sent it (iptables' src-type LOCAL). */
  readonly localSource: boolean
  /** Set if a Pod sent it and that Pod's egress policies are still to be asked. */
  readonly sender: { readonly namespace: string; readonly name: string } | undefined
  /** Source address before host `at` masqueraded it: what policies on that host see. */
  readonly unmasqueraded?: string
  readonly destination: Endpoint
  readonly protocol: Protocol
  readonly http: HttpRequest | undefined
  readonly text: string | undefined
  readonly distrusts: DistrustsCertificate | undefined
  /** The Service the packet was sent to, once kube-proxy has matched it. */
  readonly service: MatchedService | undefined
  readonly listener: { readonly container: NetworkContainer; readonly port: number } | undefined
}

export interface MatchedService {
  readonly service: Service
  readonly port: ServicePort
  /** The kind of address by which it was reached: policies differ. */
  readonly via: 'cluster-ip' | 'node-port' | 'load-balancer' | 'external-ip'
}

/** How an attempt ended. `latencyMs` Infinity: only the caller's own limit ends it. */
export interface End {
  readonly outcome: Outcome
  readonly latencyMs: number
  readonly response?: HttpResponse
  readonly reply?: string
  readonly tlsFailed?: boolean
  readonly certificate?: string
  /** Reached a resolver that is no CoreDNS: a machine's own stub, or a public one. */
  readonly dns?: 'stub' | 'public'
  /** Reached a CoreDNS: its container, what it runs by, and who asks as it sees it. */
  readonly coreDns?: { readonly container: NetworkContainer; readonly corefile: string; readonly client: string }
}

export type StageResult = { readonly packet: Packet } | { readonly end: End }

type Params = Hop['params']

/** A hop whose parameters and sentence are worked out when somebody reads them. */
class WrittenHop implements Hop {
  readonly verdict: Hop['verdict']
  readonly subject: Subject
  readonly code: Reason
  #params: Params | (() => Params)

  constructor(verdict: Hop['verdict'], subject: Subject, code: Reason, params: Params | (() => Params)) {
    this.verdict = verdict
    this.subject = subject
    this.code = code
    this.#params = params
  }

  get params(): Params {
    if (typeof this.#params === 'function') this.#params = this.#params()
    return this.#params
  }

  get text(): string {
    return renderReason(this.code, this.params)
  }

  toJSON(): Hop {
    const { verdict, subject, code, params, text } = this
    return { subject, verdict, code, params, text }
  }
}

/** Collects the hops of one trace. */
export class HopList {
  readonly hops: Hop[] = []

  /** `params` may be a function of what can no longer change: of thousands of requests few are looked at. */
  add(verdict: Hop['verdict'], subject: Subject, code: Reason, params: Params | (() => Params) = {}): void {
    this.hops.push(new WrittenHop(verdict, subject, code, params))
  }

  /** Adds a hop of another list: what stood in the way of a request that this one depends on. */
  append(hop: Hop): void {
    this.hops.push(hop)
  }

  /** The hop at which the packet died, if it did. */
  get failure(): Hop | undefined {
    const last = this.hops.at(-1)
    return last === undefined || last.verdict === 'pass' || last.verdict === 'answered' ? undefined : last
  }

  /** Adds the last hop and says how the attempt ended. */
  end(verdict: Hop['verdict'], subject: Subject, code: Reason, params: Hop['params'] = {}): StageResult {
    this.add(verdict, subject, code, params)
    return { end: ending(verdict) }
  }
}

/** Linux gives up on a neighbour that does not answer ARP after three seconds. */
const ARP_TIMEOUT_MS = 3065

function ending(verdict: Hop['verdict']): End {
  switch (verdict) {
    case 'refused':
      return { outcome: 'refused', latencyMs: 1 }
    case 'dropped':
      return { outcome: 'timed-out', latencyMs: Number.POSITIVE_INFINITY }
    case 'unreachable':
      return { outcome: 'unreachable', latencyMs: ARP_TIMEOUT_MS }
    case 'unresolved':
      return { outcome: 'unresolved', latencyMs: 5 }
    case 'answered':
    case 'pass':
      return { outcome: 'answered', latencyMs: 1 }
  }
}

/** Moves on with what changed. */
export function next(packet: Packet, change?: Partial<Packet>): StageResult {
  return { packet: change === undefined ? packet : { ...packet, ...change } }
}

export interface StageContext {
  readonly world: World
  readonly hops: HopList
}

/** One step of every request; see pipeline.ts for their order. */
export type Stage = (packet: Packet, context: StageContext) => StageResult
