import type { Container as ContainerTemplate, Pod, Probe } from '../generated/types.ts'
import type { Exchange, Network } from '../network/types.ts'
import type { Container } from './runtime.ts'

export const probeKinds = ['startup', 'liveness', 'readiness'] as const
export type ProbeKind = (typeof probeKinds)[number]

/** What a prober remembers between its ticks: plain JSON. */
export interface ProbeState {
  /** When it ticks next; undefined while it rests, because nothing has changed that could change its answer. */
  nextAt?: number
  /** Same answers in a row. */
  run: number
  last?: boolean
  /** The verdict, which follows the thresholds. */
  passing: boolean
  /** The container has changed since the last tick: the next one may answer otherwise, and is waited for. */
  changed?: boolean
  /** Ticks in a row that were waited for in vain. */
  vain?: number
}

export interface ProbeAnswer {
  readonly ok: boolean
  /** What the Unhealthy event says. */
  readonly message: string
}

export function probeOf(container: ContainerTemplate, kind: ProbeKind): Probe | undefined {
  if (kind === 'startup') return container.startupProbe
  return kind === 'liveness' ? container.livenessProbe : container.readinessProbe
}

export function periodMs(probe: Probe): number {
  return (probe.periodSeconds ?? 10) * 1000
}

/** A new prober: liveness counts as passing until it fails, the others as failing until they pass. */
export function newProbe(kind: ProbeKind, probe: Probe, startedAt: number): ProbeState {
  const delay = (probe.initialDelaySeconds ?? 0) * 1000
  // Ticks come every period from the start on; those within the initial delay do nothing (prober/worker.go).
  const ticks = Math.ceil(delay / periodMs(probe))
  return { nextAt: startedAt + ticks * periodMs(probe), run: 0, passing: kind === 'liveness' }
}

/** A container that keeps changing and never becomes ready stops keeping others waiting. */
const VAIN_TICKS = 10

/** Tells a prober that its container has changed: one that rests ticks at once, others at their next turn. */
export function wakeProbe(state: ProbeState): void {
  state.nextAt ??= 0
  state.changed = true
}

/** Whether the next tick of a prober may well answer otherwise than the last one, which failed. */
export function mayRecover(state: ProbeState): boolean {
  return state.changed === true && (state.vain ?? 0) < VAIN_TICKS
}

/** Counts one answer in; a verdict changes only after enough of the same in a row. */
export function advance(state: ProbeState, probe: Probe, ok: boolean): void {
  state.run = state.last === ok ? state.run + 1 : 1
  state.last = ok
  if (ok) delete state.vain
  else if (state.changed) state.vain = (state.vain ?? 0) + 1
  delete state.changed
  const threshold = ok ? (probe.successThreshold ?? 1) : (probe.failureThreshold ?? 3)
  if (state.run >= threshold) state.passing = ok
}

/** Runs one probe from the node (upstream: pkg/probe). */
export function runProbe(
  probe: Probe,
  pod: Pod,
  template: ContainerTemplate,
  container: Container,
  network: Network,
): ProbeAnswer {
  if (probe.exec) return execProbe(probe, container)
  if (probe.httpGet) return httpProbe(probe, pod, template, network)
  if (probe.tcpSocket) return tcpProbe(probe, pod, template, network)
  if (probe.grpc) return grpcProbe(probe, pod, container, network)
  return { ok: true, message: '' }
}

function execProbe(probe: Probe, container: Container): ProbeAnswer {
  const command = probe.exec?.command ?? []
  const { exitCode, output, elapsedMs } = container.run(command)
  const seconds = probe.timeoutSeconds ?? 1
  if (elapsedMs > seconds * 1000) {
    const text = JSON.stringify(command.join(' '))
    return { ok: false, message: `command timed out: ${text} timed out after ${seconds}s` }
  }
  return { ok: exitCode === 0, message: output }
}

function httpProbe(probe: Probe, pod: Pod, template: ContainerTemplate, network: Network): ProbeAnswer {
  const { path = '/', host, scheme = 'HTTP', port, httpHeaders = [] } = probe.httpGet ?? { port: 80 }
  const address = host ?? pod.status?.podIP ?? ''
  const number = portNumber(port, template)
  const url = `${scheme.toLowerCase()}://${address}:${number}${path.startsWith('/') ? path : `/${path}`}`
  const headers = httpHeaders.map(({ name, value }) => [name, value] as const)
  const exchange = network.connect(
    { kind: 'machine', name: pod.spec?.nodeName ?? '' },
    { address, port: number },
    {
      http: {
        method: 'GET',
        path: path.startsWith('/') ? path : `/${path}`,
        host: headers.find(([name]) => name.toLowerCase() === 'host')?.[1] ?? `${address}:${number}`,
        headers: [['User-Agent', 'kube-probe/1.36'], ['Accept', '*/*'], ...headers],
        body: '',
        ...(scheme === 'HTTPS' && { tls: true }),
      },
    },
  )
  const failure = connectionFailure(
    exchange,
    `${address}:${number}`,
    probe,
    'Client.Timeout exceeded while awaiting headers',
  )
  if (failure) return { ok: false, message: `Get ${JSON.stringify(url)}: ${failure}` }
  const status = exchange.response?.status ?? 0
  if (status >= 200 && status < 400) return { ok: true, message: '' }
  if (status === 0) return { ok: false, message: `Get ${JSON.stringify(url)}: EOF` }
  return { ok: false, message: `HTTP probe failed with statuscode: ${status}` }
}

function tcpProbe(probe: Probe, pod: Pod, template: ContainerTemplate, network: Network): ProbeAnswer {
  const address = probe.tcpSocket?.host ?? pod.status?.podIP ?? ''
  const port = portNumber(probe.tcpSocket?.port ?? 0, template)
  const exchange = network.connect({ kind: 'machine', name: pod.spec?.nodeName ?? '' }, { address, port })
  const failure = connectionFailure(exchange, `${address}:${port}`, probe, undefined)
  return failure ? { ok: false, message: failure } : { ok: true, message: '' }
}

/** The health service of gRPC; a server that speaks HTTP/1 has none (upstream: pkg/probe/grpc). */
function grpcProbe(probe: Probe, pod: Pod, container: Container, network: Network): ProbeAnswer {
  const { port } = probe.grpc ?? { port: 0 }
  const address = pod.status?.podIP ?? ''
  const exchange = network.connect({ kind: 'machine', name: pod.spec?.nodeName ?? '' }, { address, port })
  const limit = `${probe.timeoutSeconds ?? 1}s`
  const failure = connectionFailure(exchange, `${address}:${port}`, probe, undefined)
  const unreachable = `timeout: failed to connect service "${address}:${port}" within ${limit}: context deadline exceeded`
  if (failure) return { ok: false, message: unreachable }
  const speaks = container.listeners.find((listener) => listener.port === port)?.speaks
  return speaks === 'text' ? { ok: true, message: '' } : { ok: false, message: unreachable }
}

function connectionFailure(
  exchange: Exchange,
  peer: string,
  probe: Probe,
  waiting: string | undefined,
): string | undefined {
  const limit = (probe.timeoutSeconds ?? 1) * 1000
  if (exchange.outcome === 'refused') return `dial tcp ${peer}: connect: connection refused`
  if (exchange.outcome === 'unreachable') return `dial tcp ${peer}: connect: no route to host`
  if (exchange.outcome === 'timed-out' || exchange.latencyMs > limit) {
    return waiting ? `context deadline exceeded (${waiting})` : `dial tcp ${peer}: i/o timeout`
  }
  return undefined
}

function portNumber(port: number | string, template: ContainerTemplate): number {
  if (typeof port === 'number') return port
  return template.ports?.find(({ name }) => name === port)?.containerPort ?? (Number.parseInt(port, 10) || 0)
}
