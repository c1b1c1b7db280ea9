/** Requests, answers and traces of the data plane. Everything here is plain data and may cross the seam to the browser. */
import type { Flow } from './flows.ts'
import type { Reason } from './reasons.ts'

/** Where a request starts. `laptop` and the nodes are machines. */
export type Place =
  | { readonly kind: 'machine'; readonly name: string }
  | { readonly kind: 'pod'; readonly namespace: string; readonly name: string }

export type Protocol = 'TCP' | 'UDP' | 'SCTP'

/** What a hop is about, for the topology to highlight. */
export type Subject =
  | Place
  | { readonly kind: 'service'; readonly namespace: string; readonly name: string; readonly port?: number }
  | { readonly kind: 'load-balancer'; readonly address: string }
  | { readonly kind: 'ingress'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'gateway'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'dns'; readonly server: string }
  | { readonly kind: 'policy'; readonly namespace: string; readonly name: string }
  | {
      readonly kind: 'container'
      readonly namespace: string
      readonly pod: string
      readonly name: string
      readonly port?: number
    }
  | { readonly kind: 'address'; readonly address: string; readonly port?: number }

/**
 * One step of a request. `code` is stable (`no-ready-endpoints`, `pod-network-not-routed`, …): interface texts in each
 * language are looked up by it with `params`; `text` is the English sentence for the terminal and for tests.
 */
export interface Hop {
  readonly subject: Subject
  readonly verdict: 'pass' | 'answered' | 'refused' | 'dropped' | 'unreachable' | 'unresolved'
  readonly code: string
  readonly params: { readonly [name: string]: string | number }
  readonly text: string
}

export interface Trace {
  readonly from: Place
  /** As the caller wrote it: `http://192.168.1.2:30008`. */
  readonly to: string
  /** Virtual time of the request, ms. */
  readonly at: number
  readonly hops: readonly Hop[]
  readonly outcome: Outcome
}

export type Outcome = 'answered' | 'refused' | 'timed-out' | 'unreachable' | 'unresolved'

export interface HttpRequest {
  readonly method: string
  /** Path and query: `/index.html?x=1`. */
  readonly path: string
  /** Value of the Host header, with port if it is not the scheme's own. */
  readonly host: string
  /** Header names as sent; values are never folded. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  readonly tls?: boolean
  /** Nothing is asked for once TLS is agreed on. */
  readonly handshakeOnly?: boolean
  /** The name that a TLS client asks for (SNI). */
  readonly serverName?: string
}

export interface HttpResponse {
  readonly status: number
  readonly reason: string
  readonly version?: '1.0' | '1.1'
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  /** Virtual milliseconds until the server sends it: a proxy that waited for another server. */
  readonly delayMs?: number
  /** What follows the body of an answer without an end; takes what has come since the last call. */
  readonly rest?: () => { readonly text: string; readonly ended: boolean }
}

/** A connection attempt to an address and, if it is made, an exchange with what listens there. */
export interface Exchange {
  readonly outcome: Outcome
  /** Virtual milliseconds until the outcome is known; Infinity when only the caller's own time limit ends it. */
  readonly latencyMs: number
  readonly trace: Trace
  /** Address and port the caller's socket is connected to (the Service's, not the Pod's, as curl -v shows). */
  readonly peer?: { readonly address: string; readonly port: number }
  readonly local?: { readonly address: string; readonly port: number }
  /** Present if the listener spoke HTTP. */
  readonly response?: HttpResponse
  /** What a listener that does not speak HTTP sent back, if anything. */
  readonly reply?: string
  /** The certificate that a TLS server presented, in PEM; without a response the client did not accept it. */
  readonly certificate?: string
  /** The request was https and what listens there speaks plain text. */
  readonly tlsFailed?: boolean
}

/** A port that a process on a machine listens on over TCP. */
export interface MachineSocket {
  /** An address of the machine, or 0.0.0.0. */
  readonly address: string
  readonly port: number
  /** What a client gets; nothing at all if neither a response nor a reply is given. */
  answer(payload: {
    readonly http: HttpRequest | undefined
    readonly text: string | undefined
  }): Pick<Exchange, 'response' | 'reply' | 'tlsFailed'> & { readonly latencyMs?: number }
}

export interface DnsQuestion {
  readonly name: string
  readonly type: 'A' | 'AAAA' | 'CNAME' | 'SRV' | 'PTR' | 'NS' | 'SOA' | 'TXT' | 'MX' | 'ANY'
  /** UDP unless it says otherwise. */
  readonly protocol?: 'UDP' | 'TCP'
}
export interface DnsRecord {
  readonly name: string
  readonly type: DnsQuestion['type']
  readonly ttl: number
  readonly data: string
}
/** Answer of one DNS query to one server, before any search list. `timed-out`/`refused` when the server did not answer. */
export interface DnsAnswer {
  readonly server: string
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'SERVFAIL' | 'REFUSED' | 'timed-out' | 'refused'
  readonly answers: readonly DnsRecord[]
  readonly authority: readonly DnsRecord[]
  readonly additional?: readonly DnsRecord[]
  readonly latencyMs: number
  readonly trace: Trace
}

/** A match or target of a packet filter rule, as iptables-save and as `iptables -L` word it. */
export interface NetfilterWording {
  readonly save: string
  readonly list: string
}

export interface NetfilterRule {
  readonly source?: string
  readonly notSource?: boolean
  readonly destination?: string
  readonly protocol?: string
  readonly matches: readonly NetfilterWording[]
  readonly target?: string
  readonly options?: NetfilterWording
}

/** One table of a host's packet filter; only built-in chains have a policy. */
export interface NetfilterTable {
  readonly name: 'mangle' | 'filter' | 'nat'
  readonly chains: readonly {
    readonly name: string
    readonly policy?: 'ACCEPT'
    readonly rules: readonly NetfilterRule[]
  }[]
}

/** What a TLS client finds wrong with the server's certificate (PEM), in its own words: it hangs up; undefined: it goes on. */
export type DistrustsCertificate = (certificate: string) => string | undefined

/** One function family carries every request of the cluster: learners' tools, probes, graders. */
export interface Network {
  /** TCP/UDP/SCTP to an IP address and, over TCP, an HTTP request. Other payloads go as text. */
  connect(
    from: Place,
    to: { readonly address: string; readonly port: number; readonly protocol?: Protocol },
    payload?: { readonly http?: HttpRequest; readonly text?: string; readonly distrusts?: DistrustsCertificate },
  ): Exchange
  /**
   * Name resolution as getaddrinfo in that place does it: /etc/hosts, then resolv.conf with search list and ndots.
   * `traced`: questions to a DNS server leave a trace of their own, since no `fetch` of the same name follows.
   */
  lookup(
    from: Place,
    name: string,
    options?: { readonly traced?: boolean },
  ): {
    readonly addresses: readonly string[]
    readonly canonicalName?: string
    readonly rcode: DnsAnswer['rcode']
    readonly latencyMs: number
    readonly hops: readonly Hop[]
  }
  /** One query to one server (default: the place's own), no search list: what dig does. */
  query(from: Place, question: DnsQuestion, server?: string): DnsAnswer
  /** ICMP echo. */
  ping(from: Place, address: string): Exchange
  /** lookup, then connect: what curl and graders do. `url` is absolute; redirects are not followed. */
  fetch(
    from: Place,
    url: string,
    options?: {
      readonly method?: string
      readonly headers?: readonly (readonly [string, string])[]
      readonly body?: string
      readonly resolve?: { readonly [hostAndPort: string]: string }
      readonly distrusts?: DistrustsCertificate
      /** Of https: hang up when the handshake is over, without having asked for anything (`openssl s_client`). */
      readonly handshakeOnly?: boolean
    },
  ): Exchange
  /** A machine's packet filter: the rules that kube-proxy left there. */
  netfilter(machine: string): readonly NetfilterTable[]
  /** What a node's connection tracking remembers of the last attempts. */
  flows(machine: string): readonly Flow[]
  /** Deletes what `isGone` says; returns how many. */
  forgetFlows(isGone: (flow: Flow) => boolean): number
  /** The ports at which a machine's kube-proxy tells load balancers of its endpoints. */
  healthCheckPorts(machine: string): readonly number[]
  /**
   * Opens a port on a machine for a process that somebody runs there, until the function returned is called. Nobody
   * else may listen on it: `undefined` says that the address is in use. Not part of a snapshot, as processes are not.
   */
  listen(machine: string, socket: MachineSocket): (() => void) | undefined
  /**
   * What a proxy decided about the request that it is answering: a hop of that request's trace. Requests that it sends
   * on meanwhile become part of the same trace.
   */
  remark(verdict: Hop['verdict'], subject: Subject, code: Reason, params?: Hop['params']): void
  /** Adds why a Service has no endpoint to send to, to the trace of the request that is being answered. */
  remarkNoEndpoints(namespace: string, service: string, port: string): void
  /** Called with every trace as it is made; the topology shows the last. */
  onTrace(listener: (trace: Trace) => void): () => void
  readonly lastTrace: Trace | undefined
}
