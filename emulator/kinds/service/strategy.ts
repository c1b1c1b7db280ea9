import { jsonEqual } from '../../api/json.ts'
import type { Service, ServicePort, ServiceSpec } from '../../generated/types.ts'
import { allocate, type Taken } from './allocate.ts'
import { withIPFamilies } from './families.ts'
import {
  allocatesNodePorts,
  hasClusterIPType,
  hasNodePortType,
  isExternallyAccessible,
  needsHealthCheck,
} from './traits.ts'

/** What Services need besides themselves: what the others hold, and chance. */
interface ServiceSurroundings {
  readonly taken: Taken
  readonly randomInt: (fork: string, n: number) => number
}

/** Upstream: pkg/registry/core/service strategy.go PrepareForCreate and storage.go beginCreate. */
export function prepareForCreate(service: Service, { taken, randomInt }: ServiceSurroundings): Service {
  const spec: ServiceSpec = service.spec ?? {}
  const clusterIPs = spec.clusterIP && !spec.clusterIPs?.length ? [spec.clusterIP] : spec.clusterIPs
  const normalized = { ...service, spec: { ...spec, ...(clusterIPs && { clusterIPs }) }, status: { loadBalancer: {} } }
  return allocate(withIPFamilies(normalized, undefined), undefined, taken, randomInt)
}

/** Upstream: strategy.go PrepareForUpdate and storage.go beginUpdate. */
export function prepareForUpdate(service: Service, old: Service, { taken, randomInt }: ServiceSurroundings): Service {
  const before: ServiceSpec = old.spec ?? {}
  const spec = withoutStaleFields(normalizeClusterIPs(keepAllocated(service.spec ?? {}, before), before), before)
  // A Service that stops being a load balancer shows no address of one, although taking it down lasts a while.
  const status = spec.type === 'LoadBalancer' ? old.status : { ...old.status, loadBalancer: {} }
  const updated = { ...service, spec, status }
  return allocate(withIPFamilies(updated, old), old, taken, randomInt)
}

/** A client that leaves out what was allocated means to keep it (upstream: patchAllocatedValues). */
function keepAllocated(spec: ServiceSpec, old: ServiceSpec): ServiceSpec {
  let kept = spec
  if (hasClusterIPType(old) && hasClusterIPType(spec)) {
    const clusterIP = spec.clusterIP || old.clusterIP
    const same = clusterIP === old.clusterIP
    kept = { ...kept, clusterIP, ...(!spec.clusterIPs?.length && same && { clusterIPs: old.clusterIPs }) }
  }
  if (allocatesNodePorts(old) && allocatesNodePorts(spec) && spec.ports)
    kept = { ...kept, ports: keepNodePorts(spec.ports, old) }
  if (needsHealthCheck(old) && needsHealthCheck(spec) && !spec.healthCheckNodePort)
    kept = { ...kept, healthCheckNodePort: old.healthCheckNodePort }
  return kept
}

/** Node ports follow their port's name, unless another port claims them. */
function keepNodePorts(ports: readonly ServicePort[], old: ServiceSpec): readonly ServicePort[] {
  const used = new Set(ports.flatMap(({ nodePort }) => (nodePort ? [nodePort] : [])))
  const byName = new Map((old.ports ?? []).map(({ name = '', nodePort }) => [name, nodePort]))
  return ports.map((port) => {
    const previous = byName.get(port.name ?? '')
    if (port.nodePort || !previous || used.has(previous)) return port
    used.add(previous)
    return { ...port, nodePort: previous }
  })
}

/** clusterIP and clusterIPs are two writings of one thing; whoever changes one means both (upstream: NormalizeClusterIPs). */
function normalizeClusterIPs(spec: ServiceSpec, old: ServiceSpec): ServiceSpec {
  const { clusterIP = '', clusterIPs = [] } = spec
  const { clusterIP: oldIP = '', clusterIPs: oldIPs = [] } = old
  if (clusterIP === oldIP) return clusterIPs.length === 0 && oldIPs.length > 0 ? { ...spec, clusterIPs: oldIPs } : spec
  if (clusterIP === '') return jsonEqual(clusterIPs, oldIPs) ? withoutClusterIPs(spec) : spec
  if (clusterIPs.length === 0) return { ...spec, clusterIPs: [clusterIP] }
  return clusterIPs[0] === oldIP ? { ...spec, clusterIPs: [clusterIP, ...clusterIPs.slice(1)] } : spec
}

function withoutClusterIPs(spec: ServiceSpec): ServiceSpec {
  const { clusterIP: _ip, clusterIPs: _ips, ...rest } = spec
  return rest
}

/** Changing the type drops what only the old type needs, if it was left as it stood (upstream: dropTypeDependentFields). */
function withoutStaleFields(spec: ServiceSpec, old: ServiceSpec): ServiceSpec {
  let kept = spec
  const drop = (...fields: readonly (keyof ServiceSpec)[]): void => {
    kept = Object.fromEntries(Object.entries(kept).filter(([name]) => !fields.some((dropped) => dropped === name)))
  }
  const unchanged = (name: keyof ServiceSpec): boolean => jsonEqual(spec[name], old[name])
  if (hasClusterIPType(old) && !hasClusterIPType(spec)) {
    if (unchanged('clusterIP') && unchanged('clusterIPs')) drop('clusterIP', 'clusterIPs')
    if (unchanged('ipFamilies')) drop('ipFamilies')
    if (unchanged('ipFamilyPolicy')) drop('ipFamilyPolicy')
  }
  if (hasNodePortType(old) && !hasNodePortType(spec) && sameNodePorts(spec, old))
    kept = { ...kept, ports: kept.ports?.map(({ nodePort: _nodePort, ...port }) => port) }
  if (needsHealthCheck(old) && !needsHealthCheck(spec) && unchanged('healthCheckNodePort')) drop('healthCheckNodePort')
  if (old.type === 'LoadBalancer' && spec.type !== 'LoadBalancer') {
    if (unchanged('allocateLoadBalancerNodePorts')) drop('allocateLoadBalancerNodePorts')
    if (unchanged('loadBalancerClass')) drop('loadBalancerClass')
  }
  if (isExternallyAccessible(old) && !isExternallyAccessible(spec) && unchanged('externalTrafficPolicy'))
    drop('externalTrafficPolicy')
  return kept
}

/** Are all node ports of the new ports ones that the old Service had? */
function sameNodePorts(spec: ServiceSpec, old: ServiceSpec): boolean {
  const before = new Set((old.ports ?? []).map(({ nodePort }) => nodePort ?? 0))
  return (spec.ports ?? []).every(({ nodePort }) => !nodePort || before.has(nodePort))
}
