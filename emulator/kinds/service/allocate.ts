import { internalError, invalid } from '../../api/errors.ts'
import { field } from '../../api/field.ts'
import type { Service, ServicePort, ServiceSpec } from '../../generated/types.ts'
import { formatIPv4, parseIPv4 } from '../validation/addresses.ts'
import type { AddressRange } from './ranges.ts'
import {
  allocatesNodePorts,
  hasClusterIPType,
  hasNodePortType,
  heldNodePorts,
  isHeadless,
  needsHealthCheck,
} from './traits.ts'

/** What the other Services of the cluster hold. */
export interface Taken {
  /** Where cluster IPs come from, the first before the next. */
  readonly ranges: readonly AddressRange[]
  address(ip: string): boolean
  nodePort(port: number): boolean
  /** --service-node-port-range, where the API server is told one. */
  nodePorts?(): NodePortRange | undefined
}

export interface NodePortRange {
  readonly first: number
  readonly last: number
}

/**
 * Cluster IPs and node ports (upstream: pkg/registry/core/service/storage/alloc.go, ipallocator, portallocator).
 * What is taken follows from the Services in the store; nothing else is kept. Values chosen by the server come from the
 * upper, dynamic band of each range first, so that the lower band stays free for values chosen by people.
 */

const NODE_PORTS: NodePortRange = { first: 30000, last: 32767 }

const nodePortsOf = (taken: Taken): NodePortRange => taken.nodePorts?.() ?? NODE_PORTS

/** The band that is left to people: a thirty-second of the range, 16 ports at least and 128 at most. */
function staticPorts({ first, last }: NodePortRange): number {
  const size = last - first + 1
  return size < 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 32)), 128)
}

/** A random integer in [0, n) from a named stream. */
type RandomInt = (fork: string, n: number) => number

/** Gives a Service the addresses and node ports it lacks, and refuses those it may not have. */
export function allocate(service: Service, old: Service | undefined, taken: Taken, randomInt: RandomInt): Service {
  const spec = allocateClusterIPs(service, old, taken, randomInt)
  return { ...service, spec: allocateNodePorts({ ...service, spec }, old, taken, randomInt) }
}

const refuse = (service: Service, path: string, value: unknown, detail: string): Error =>
  invalid({ group: '', kind: 'Service' }, service.metadata?.name ?? '', [field.invalid(path, value, detail)])

function allocateClusterIPs(
  service: Service,
  old: Service | undefined,
  taken: Taken,
  randomInt: RandomInt,
): ServiceSpec {
  const spec: ServiceSpec = service.spec ?? {}
  if (!hasClusterIPType(spec) || isHeadless(spec)) return spec
  // An address is given once; whether it may change is for validation to say.
  if (old && hasClusterIPType(old.spec ?? {})) return spec
  const wanted = spec.clusterIPs ?? []
  if (wanted.length === 0) {
    const address = freeAddress(taken, randomInt)
    return { ...spec, clusterIP: address, clusterIPs: [address] }
  }
  for (const ip of wanted) {
    const problem = addressProblem(ip, taken)
    if (problem) throw refuse(service, 'spec.clusterIPs', wanted, `failed to allocate IP ${ip}: ${problem}`)
  }
  return spec
}

function addressProblem(ip: string, taken: Taken): string | undefined {
  const address = parseIPv4(ip)
  const range = taken.ranges.find(
    ({ first, last }) => address !== undefined && address >= first - 1 && address <= last + 1,
  )
  if (address === undefined || !range) return 'the provided network does not match the current range'
  if (address < range.first || address > range.last)
    return `the provided IP (${ip}) is not in the valid range. The range of valid IPs is ${range.cidr}`
  return taken.address(ip) ? 'provided IP is already allocated' : undefined
}

function freeAddress(taken: Taken, randomInt: RandomInt): string {
  for (const { first, last, staticSize } of taken.ranges) {
    const free = scan(
      first,
      last,
      staticSize,
      (n) => randomInt('cluster-ips', n),
      (address) => !taken.address(formatIPv4(address)),
    )
    if (free !== undefined) return formatIPv4(free)
  }
  throw internalError('failed to allocate a serviceIP: range is full')
}

function freeNodePort(
  range: NodePortRange,
  isTaken: (port: number) => boolean,
  randomInt: RandomInt,
): number | undefined {
  return scan(
    range.first,
    range.last,
    staticPorts(range),
    (n) => randomInt('node-ports', n),
    (port) => !isTaken(port),
  )
}

/** From a random place in the dynamic band round to it again, then through the static band. */
function scan(
  first: number,
  last: number,
  staticSize: number,
  random: (n: number) => number,
  isFree: (value: number) => boolean,
): number | undefined {
  const size = last - first + 1 - staticSize
  const start = random(size)
  for (let step = 0; step < size; step++) {
    const value = first + staticSize + ((start + step) % size)
    if (isFree(value)) return value
  }
  for (let value = first; value < first + staticSize; value++) if (isFree(value)) return value
  return undefined
}

function allocateNodePorts(
  service: Service,
  old: Service | undefined,
  taken: Taken,
  randomInt: RandomInt,
): ServiceSpec {
  const spec: ServiceSpec = service.spec ?? {}
  const keeps = new Set(old ? heldNodePorts(old) : [])
  if (!hasNodePortType(spec)) return spec

  const range = nodePortsOf(taken)
  const claimed = new Set<number>()
  const claim = (port: number, path: string): void => {
    const problem = nodePortProblem(range, port, (one) => taken.nodePort(one) || (!old && claimed.has(one)))
    if (problem && !keeps.has(port)) throw refuse(service, path, port, problem)
    claimed.add(port)
  }
  const next = (): number => {
    const own = new Set([...asked, ...chosen.values()])
    const port = freeNodePort(range, (one) => taken.nodePort(one) || own.has(one), randomInt)
    if (port === undefined) throw internalError('failed to allocate a nodePort: range is full')
    return port
  }
  const asked = heldNodePorts(service)
  const chosen = new Map<number, number>()
  const ports = (spec.ports ?? []).map((port, index, all): ServicePort => {
    if (!port.nodePort && !allocatesNodePorts(spec)) return port
    // Ports of one number but different protocols share a node port.
    const nodePort = port.nodePort || chosen.get(port.port) || requested(port.port, all) || next()
    if (nodePort !== chosen.get(port.port)) claim(nodePort, `spec.ports[${index}].nodePort`)
    chosen.set(port.port, chosen.get(port.port) ?? nodePort)
    return { ...port, nodePort }
  })
  return withHealthCheckPort({ ...spec, ...(spec.ports && { ports }) }, keeps, taken, chosen, randomInt)
}

const requested = (number: number, ports: readonly ServicePort[]): number | undefined =>
  ports.find(({ port, nodePort }) => port === number && nodePort)?.nodePort

function nodePortProblem(
  { first, last }: NodePortRange,
  port: number,
  isTaken: (port: number) => boolean,
): string | undefined {
  if (port < first || port > last)
    return `provided port is not in the valid range. The range of valid ports is ${first}-${last}`
  return isTaken(port) ? 'provided port is already allocated' : undefined
}

function withHealthCheckPort(
  spec: ServiceSpec,
  keeps: ReadonlySet<number>,
  taken: Taken,
  chosen: ReadonlyMap<number, number>,
  randomInt: RandomInt,
): ServiceSpec {
  if (!needsHealthCheck(spec)) return spec
  const own = new Set(chosen.values())
  const isTaken = (port: number): boolean => taken.nodePort(port) || own.has(port)
  const wanted = spec.healthCheckNodePort
  if (!wanted) {
    const port = freeNodePort(nodePortsOf(taken), isTaken, randomInt)
    if (port === undefined) throw internalError('failed to allocate a HealthCheck NodePort : range is full')
    return { ...spec, healthCheckNodePort: port }
  }
  const problem = nodePortProblem(nodePortsOf(taken), wanted, isTaken)
  if (problem && !keeps.has(wanted))
    throw internalError(`failed to allocate requested HealthCheck NodePort ${wanted}: ${problem}`)
  return spec
}
