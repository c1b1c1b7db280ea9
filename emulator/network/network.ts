import type { Clock, Random } from '../sim/types.ts'
import { DEFAULT_SETTINGS, isLoopback, type NetworkSettings, parseIPv4 } from './addresses.ts'
import { resolveName } from './dns/lookup.ts'
import type { DnsQuery, ForwardedReply } from './dns/plugin.ts'
import { CoreDnsProcesses, ENDED } from './dns/processes.ts'
import { type DnsReply, failure } from './dns/reply.ts'
import { parseResolvConf } from './dns/resolv-conf.ts'
import { publicDns, stubDns } from './dns/resolvers.ts'
import { explainNoEndpoints } from './explain.ts'
import { type Flow, FlowLog } from './flows.ts'
import { healthCheckPorts } from './health-check-port.ts'
import { netfilterTables } from './iptables/tables.ts'
import { machineListens } from './machine-listeners.ts'
import { MachineSockets } from './machine-sockets.ts'
import { type End, HopList, type Packet } from './packet.ts'
import { echo } from './ping.ts'
import { walk } from './pipeline.ts'
import { createProxyRules, type StaleRules } from './proxy-rules.ts'
import { findSource, readFileOf, type Source } from './source.ts'
import type {
  DnsAnswer,
  DnsQuestion,
  Exchange,
  Hop,
  HttpRequest,
  MachineSocket,
  Network,
  Place,
  Protocol,
  Trace,
} from './types.ts'
import { hostHeader, parseUrl } from './url.ts'
import {
  type AffinityEntry,
  machineByName,
  type NetworkContainer,
  type NetworkContainers,
  type NetworkMachine,
  type NetworkObjects,
  placeName,
  type World,
} from './world.ts'

export interface NetworkOptions {
  readonly objects: NetworkObjects
  readonly containers: NetworkContainers
  readonly machines: readonly NetworkMachine[]
  readonly clock: Clock
  readonly random: Random
  readonly settings?: NetworkSettings
}

/** State of the data plane that is not in the store. Plain JSON. */
export interface NetworkSnapshot {
  /** Clients that session affinity remembers. */
  readonly affinity: readonly (readonly [key: string, entry: AffinityEntry])[]
  /** What stopped kube-proxies left behind; missing where there is none. */
  readonly staleRules?: readonly StaleRules[]
}

export interface SnapshottingNetwork extends Network {
  /** A machine's power or units changed. */
  machineChanged(machine: NetworkMachine): void
  /** A container has started to serve, or has ended. */
  containerChanged(container: NetworkContainer): void
  snapshot(): NetworkSnapshot
  restore(snapshot: NetworkSnapshot): void
}

/** The data plane of one cluster: kube-proxy on every node, CoreDNS, the nodes' network and the way out. */
export function createNetwork(options: NetworkOptions): SnapshottingNetwork {
  return new EmulatedNetwork(options)
}

const DNS_PORT = 53
/** Requests that wait for one another; more of them are a loop. */
const DEEPEST = 12

class EmulatedNetwork implements SnapshottingNetwork {
  readonly #world: World
  readonly #listeners = new Set<(trace: Trace) => void>()
  readonly #ports: Random
  readonly #coreDns: CoreDnsProcesses
  #last: Trace | undefined
  /** The trace of the request that is being answered. */
  #open: HopList | undefined
  /** How many requests wait for one another: each is sent by the server that answers the one before. */
  #depth = 0
  /** They turned out to have no end. */
  #loops = false

  constructor(options: NetworkOptions) {
    this.#world = {
      ...options,
      random: options.random.fork('kube-proxy'),
      settings: options.settings ?? DEFAULT_SETTINGS,
      affinity: new Map(),
      sockets: new MachineSockets(),
      flows: new FlowLog(),
      rules: createProxyRules(options.objects, options.containers),
    }
    this.#ports = options.random.fork('ephemeral-ports')
    this.#coreDns = new CoreDnsProcesses(this.#world, options.random.fork('coredns'))
  }

  get lastTrace(): Trace | undefined {
    return this.#last
  }

  onTrace(listener: (trace: Trace) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  connect(...[from, to, payload]: Parameters<Network['connect']>): Exchange {
    const hops = new HopList()
    const label = `${to.address}:${to.port}`
    const source = this.#source(from, hops)
    if (source === undefined) return this.#exchange(from, label, hops, UNREACHABLE)
    const end = this.#send(source, to, payload, hops)
    // Whether a port is open, asked on the way to sending something there, is no step of its own if it is.
    const isProbe = payload === undefined && this.#open !== undefined && end.outcome === 'answered'
    return this.#exchange(from, label, isProbe ? new HopList() : hops, end, { to, source })
  }

  lookup(...[from, name, { traced = false } = {}]: Parameters<Network['lookup']>): ReturnType<Network['lookup']> {
    const hops = new HopList()
    const source = this.#source(from, hops)
    if (source === undefined) return { addresses: [], rcode: 'timed-out', latencyMs: 0, hops: hops.hops }
    const resolved = this.#resolve(source, name, hops)
    if (traced && hops.hops.some(({ subject }) => subject.kind === 'dns')) {
      const silent = resolved.rcode === 'timed-out' ? 'timed-out' : 'unresolved'
      this.#trace(from, name, hops, resolved.addresses.length > 0 ? 'answered' : silent)
    }
    return { ...resolved, hops: hops.hops }
  }

  query(from: Place, question: DnsQuestion, server?: string): DnsAnswer {
    const hops = new HopList()
    const source = this.#source(from, hops)
    const own =
      source === undefined ? undefined : parseResolvConf(readFileOf(this.#world, source, '/etc/resolv.conf') ?? '')
    const asked = server ?? own?.nameservers[0] ?? '127.0.0.1'
    if (source === undefined) {
      return { ...silent(asked), trace: this.#trace(from, `${question.name} ${question.type}`, hops, 'unreachable') }
    }
    const answer = this.#ask(source, question, asked, hops)
    const failed = answer.rcode === 'timed-out' || answer.rcode === 'refused'
    const text = answer.answers.map((record) => record.data).join(', ')
    const params = { server: asked, name: question.name, type: question.type, address: text }
    const subject = { kind: 'dns', server: asked } as const
    if (failed) {
      if (hops.failure === undefined) hops.add('unresolved', subject, 'dns-no-answer', params)
    } else if (answer.rcode === 'NXDOMAIN') hops.add('unresolved', subject, 'dns-not-found', params)
    else if (answer.answers.length === 0 && question.type === 'AAAA')
      hops.add('answered', subject, 'dns-no-ipv6', params)
    else if (answer.answers.length === 0) hops.add('unresolved', subject, 'dns-no-data', params)
    else hops.add('answered', subject, 'dns-answered', params)
    const outcome = answer.rcode === 'NOERROR' ? 'answered' : answer.rcode === 'timed-out' ? 'timed-out' : 'unresolved'
    return { ...answer, trace: this.#trace(from, `${question.name} ${question.type} @${asked}`, hops, outcome) }
  }

  ping(from: Place, address: string): Exchange {
    const hops = new HopList()
    const source = this.#source(from, hops)
    if (source === undefined) return this.#exchange(from, address, hops, UNREACHABLE)
    const packet = packetOf(source, { address, port: 0 }, 'TCP', undefined)
    return this.#exchange(from, address, hops, echo(packet, { world: this.#world, hops }))
  }

  fetch(...[from, url, options = {}]: Parameters<Network['fetch']>): Exchange {
    const hops = new HopList()
    const parsed = parseUrl(url)
    if (parsed === undefined) {
      hops.add('unresolved', from, 'url-invalid', { url })
      return this.#exchange(from, url, hops, { outcome: 'unresolved', latencyMs: 0 })
    }
    const source = this.#source(from, hops)
    if (source === undefined) return this.#exchange(from, url, hops, UNREACHABLE)
    const fixed = options.resolve?.[`${parsed.host}:${parsed.port}`]
    const resolved = this.#resolve(source, fixed ?? parsed.host, hops)
    const address = resolved.addresses[0]
    if (address === undefined) {
      return this.#exchange(from, url, hops, { outcome: 'unresolved', latencyMs: resolved.latencyMs })
    }
    const to = { address, port: parsed.port }
    const named = options.headers?.find(([name]) => name.toLowerCase() === 'host')?.[1]
    const http: HttpRequest = {
      method: options.method ?? 'GET',
      path: parsed.path,
      host: named ?? hostHeader(parsed),
      headers: options.headers ?? [],
      body: options.body ?? '',
      tls: parsed.scheme === 'https',
      ...(options.handshakeOnly && { handshakeOnly: true }),
      ...(parsed.scheme === 'https' && parseIPv4(parsed.host) === undefined && { serverName: parsed.host }),
    }
    const end = this.#send(source, to, { http, ...(options.distrusts && { distrusts: options.distrusts }) }, hops)
    return this.#exchange(from, url, hops, { ...end, latencyMs: end.latencyMs + resolved.latencyMs }, { to, source })
  }

  listen(...[machine, socket]: Parameters<Network['listen']>): ReturnType<Network['listen']> {
    const found = machineByName(this.#world, machine)
    if (found === undefined || this.#isTaken(found, socket)) return undefined
    return this.#world.sockets.open(machine, socket)
  }

  #isTaken(machine: NetworkMachine, { address, port }: MachineSocket): boolean {
    const own = address === '0.0.0.0' ? machine.address : address
    if (machineListens(machine, { address: own, port }, 'TCP') !== undefined) return true
    return this.#world.containers
      .byPodIP(machine.address)
      .some(({ state, listeners }) => state.kind === 'running' && listeners.some((l) => l.port === port))
  }

  netfilter(machine: string): ReturnType<Network['netfilter']> {
    const found = machineByName(this.#world, machine)
    return found === undefined ? [] : netfilterTables(found, this.#world)
  }

  flows(machine: string): readonly Flow[] {
    return this.#world.flows.on(machine)
  }

  forgetFlows(isGone: (flow: Flow) => boolean): number {
    return this.#world.flows.forget(isGone)
  }

  healthCheckPorts(machine: string): readonly number[] {
    const found = machineByName(this.#world, machine)
    return found === undefined ? [] : healthCheckPorts(this.#world, found)
  }

  remark(...[verdict, subject, code, params]: Parameters<Network['remark']>): void {
    this.#open?.add(verdict, subject, code, params)
  }

  remarkNoEndpoints(...[namespace, name, wanted]: Parameters<Network['remarkNoEndpoints']>): void {
    const service = this.#world.objects
      .services()
      .find(({ metadata }) => metadata?.namespace === namespace && metadata.name === name)
    const ports = service?.spec?.ports ?? []
    const port = ports.find((one) => String(one.port) === wanted || one.name === wanted) ?? ports[0]
    if (service === undefined || port === undefined) return
    const { code, params } = explainNoEndpoints({ service, port, via: 'cluster-ip' }, this.#world)
    this.remark('refused', { kind: 'service', namespace, name, port: port.port }, code, params)
  }

  snapshot(): NetworkSnapshot {
    const staleRules = this.#world.rules.snapshot()
    return { affinity: [...this.#world.affinity], ...(staleRules.length > 0 && { staleRules }) }
  }

  machineChanged(machine: NetworkMachine): void {
    this.#world.rules.machineChanged(machine)
  }

  containerChanged(container: NetworkContainer): void {
    if (container.state.kind === 'exited') this.#coreDns.ended(container)
    const machine = machineByName(this.#world, container.spec.nodeName)
    if (machine) this.#world.rules.containerChanged(machine, container)
  }

  restore(snapshot: NetworkSnapshot): void {
    for (const [key, entry] of snapshot.affinity) this.#world.affinity.set(key, entry)
    this.#world.rules.restore(snapshot.staleRules ?? [])
  }

  #source(from: Place, hops: HopList): Source | undefined {
    const source = findSource(this.#world, from)
    if (source === undefined) hops.add('unreachable', from, 'source-not-running', { source: placeName(from) })
    return source
  }

  #send(
    source: Source,
    to: { readonly address: string; readonly port: number; readonly protocol?: Protocol },
    payload: Parameters<Network['connect']>[2],
    hops: HopList,
  ): End {
    const packet = packetOf(source, to, to.protocol ?? 'TCP', payload)
    if (this.#loops || this.#depth >= DEEPEST) return this.#endLoop(source, hops)
    const outer = this.#open
    this.#open = hops
    this.#depth += 1
    try {
      return walk(packet, { world: this.#world, hops })
    } finally {
      this.#open = outer
      this.#depth -= 1
      if (this.#depth === 0) this.#loops = false
    }
  }

  /** A proxy that sends to itself: whatever it still tries for the same request stays without an answer. */
  #endLoop(source: Source, hops: HopList): End {
    if (!this.#loops)
      hops.add('dropped', source.from, 'request-loop', { source: placeName(source.from), count: DEEPEST })
    this.#loops = true
    return { outcome: 'timed-out', latencyMs: Number.POSITIVE_INFINITY }
  }

  #resolve(source: Source, name: string, hops: HopList): Omit<ReturnType<Network['lookup']>, 'hops'> {
    let failure: Hop | undefined
    const ask = (question: DnsQuestion, server: string): Omit<DnsAnswer, 'trace'> => {
      const own = new HopList()
      const answer = this.#ask(source, question, server, own)
      failure = own.failure
      return answer
    }
    const resolved = resolveName(this.#world, source, name, ask, hops)
    if (failure !== undefined && resolved.addresses.length === 0) noServer(failure, hops)
    return resolved
  }

  /** One DNS query as a packet of its own: what stands in its way is what stands in the way of any other. */
  #ask(source: Source, question: DnsQuestion, server: string, hops: HopList): Omit<DnsAnswer, 'trace'> {
    if (parseIPv4(server) === undefined) return silent(server)
    const { name, protocol = 'UDP' } = question
    const end = this.#send(source, { address: server, port: DNS_PORT, protocol }, { text: name }, hops)
    if (end.outcome === 'refused') return { ...silent(server), rcode: 'refused', latencyMs: end.latencyMs }
    const reply = this.#replyOf(end, source, question, hops)
    if (reply === undefined) return silent(server)
    const { rcode, answers, authority, additional, latencyMs = 0 } = reply
    const known = { server, answers, authority, ...(additional && { additional }) }
    if (reply.late) return { ...known, rcode: 'timed-out', latencyMs: Number.POSITIVE_INFINITY }
    return { ...known, rcode, latencyMs: end.latencyMs + latencyMs }
  }

  /** What speaks DNS at the end of a packet's way says; undefined if nothing there does. */
  #replyOf(end: End, source: Source, question: DnsQuestion, hops: HopList): DnsReply | undefined {
    if (end.dns === 'stub') return stubDns(source.at, question)
    if (end.dns === 'public') return publicDns(question)
    const asked = end.coreDns
    if (asked === undefined) return undefined
    const from: Pick<DnsQuery, 'client' | 'protocol'> = { client: asked.client, protocol: question.protocol ?? 'UDP' }
    const forward = (next: DnsQuestion, to: { readonly address: string; readonly port: number }) =>
      this.#forward(asked.container, next, to, hops)
    return this.#coreDns.reply(asked, question, from, forward) ?? ENDED
  }

  /** A question that CoreDNS sends on, from its own Pod: policies and dead links stand in its way too. */
  #forward(
    { spec }: NetworkContainer,
    question: DnsQuestion,
    to: { readonly address: string; readonly port: number },
    hops: HopList,
  ): ForwardedReply {
    const place: Place = { kind: 'pod', namespace: spec.namespace, name: spec.podName }
    const own = new HopList()
    const source = this.#source(place, own)
    if (source === undefined) return failure('SERVFAIL')
    const end = this.#send(source, { ...to, protocol: 'UDP' }, { text: question.name }, own)
    const reply = end.outcome === 'answered' ? this.#replyOf(end, source, question, own) : undefined
    if (reply !== undefined && !reply.late) return { ...reply, latencyMs: end.latencyMs + (reply.latencyMs ?? 0) }
    for (const hop of own.failure === undefined ? [] : [own.failure]) hops.append(hop)
    const upstream = `${to.address}:${to.port}`
    const server = placeName(place)
    hops.add('unresolved', { kind: 'dns', server: to.address }, 'dns-forward-failed', { server, upstream })
    const way = `read udp ${source.source}:${32_768 + this.#ports.int(28_000)}->${upstream}`
    const refused = end.outcome === 'refused' ? 'connection refused' : 'no route to host'
    const silent = end.latencyMs === Number.POSITIVE_INFINITY || end.outcome === 'answered'
    return { failure: `${way}: ${silent ? 'i/o timeout' : `read: ${refused}`}`, silent }
  }

  #exchange(
    from: Place,
    to: string,
    hops: HopList,
    end: End,
    made?: { readonly to: { readonly address: string; readonly port: number }; readonly source: Source },
  ): Exchange {
    const hungUp = end.certificate !== undefined && hops.failure !== undefined
    const trace = this.#trace(from, to, hops, hungUp ? 'refused' : end.outcome)
    const { dns: _, coreDns: __, ...rest } = end
    if (made === undefined || end.outcome !== 'answered') return { ...rest, trace }
    const own = isLoopback(made.to.address) ? '127.0.0.1' : made.source.source
    const port = 32_768 + this.#ports.int(28_000)
    if (this.#depth === 0) this.#world.flows.sentFrom(port)
    return {
      ...rest,
      trace,
      peer: { address: made.to.address, port: made.to.port },
      local: { address: own, port },
    }
  }

  #trace(from: Place, to: string, hops: HopList, outcome: Trace['outcome']): Trace {
    const trace: Trace = { from, to, at: this.#world.clock.now(), hops: hops.hops, outcome }
    if (this.#open !== undefined) {
      for (const hop of hops.hops) this.#open.append(hop)
      return trace
    }
    this.#last = trace
    for (const listener of [...this.#listeners]) listener(trace)
    return trace
  }
}

const UNREACHABLE: End = { outcome: 'unreachable', latencyMs: 0 }

/** What kept a question from the DNS server; without CoreDNS behind its address, that is the cause. */
function noServer(failure: Hop, hops: HopList): void {
  hops.append(failure)
  const { subject, code } = failure
  if (subject.kind !== 'service' || !code.startsWith('no-endpoints')) return
  const service = `${subject.namespace}/${subject.name}`
  hops.add('unresolved', subject, 'dns-server-gone', { service })
}

function silent(server: string): Omit<DnsAnswer, 'trace'> {
  return { server, rcode: 'timed-out', answers: [], authority: [], latencyMs: Number.POSITIVE_INFINITY }
}

function packetOf(
  source: Source,
  to: { readonly address: string; readonly port: number },
  protocol: Protocol,
  payload: Parameters<Network['connect']>[2],
): Packet {
  const loopback = isLoopback(to.address) && source.sourcePod === undefined
  return {
    from: source.from,
    at: source.at,
    sourcePod: source.sourcePod,
    localSource: source.localSource,
    sender: source.sourcePod,
    source: loopback ? '127.0.0.1' : source.source,
    destination: { address: to.address, port: to.port },
    protocol,
    http: payload?.http,
    text: payload?.text,
    distrusts: payload?.distrusts,
    service: undefined,
    listener: undefined,
  }
}
