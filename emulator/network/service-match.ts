import type { Service, ServicePort } from '../generated/types.ts'
import type { MatchedService } from './packet.ts'
import type { ServiceRules } from './proxy-rules.ts'
import type { Protocol } from './types.ts'
import type { Endpoint } from './world.ts'

/** `namespace/name` as kube-proxy writes it, without the default namespace. */
export function serviceName(service: Service): string {
  const { namespace = 'default', name = '' } = service.metadata ?? {}
  return namespace === 'default' ? name : `${namespace}/${name}`
}

/** `80/TCP, 443/TCP (https)` */
export function servicePorts(service: Service): string {
  const ports = (service.spec?.ports ?? []).map((port) => `${port.port}/${port.protocol ?? 'TCP'}`)
  return ports.join(', ') || 'none'
}

export function hasClusterIP(service: Service): boolean {
  const address = service.spec?.clusterIP
  return address !== undefined && address !== '' && address !== 'None'
}

const PROXY_NAME = 'service.kubernetes.io/service-proxy-name'

/** The proxy that a Service asks for instead of kube-proxy (upstream: cmd/kube-proxy/app/server.go, its informers' selector). */
export function otherProxy(service: Service): string | undefined {
  return service.metadata?.labels?.[PROXY_NAME]
}

/** Does kube-proxy make rules for a Service? */
export function isProxied(service: Service): boolean {
  return hasClusterIP(service) && otherProxy(service) === undefined
}

export function loadBalancerAddresses(service: Pick<Service, 'spec' | 'status'>): readonly string[] {
  if (service.spec?.type !== 'LoadBalancer') return []
  return (service.status?.loadBalancer?.ingress ?? [])
    .filter((ingress) => ingress.ipMode !== 'Proxy')
    .flatMap((ingress) => (ingress.ip === undefined ? [] : [ingress.ip]))
}

/** The Service that owns an address as cluster IP, load balancer address or external IP, whatever the port. */
export function ownerOfAddress(
  rules: ServiceRules,
  address: string,
): { readonly service: Service; readonly via: MatchedService['via'] } | undefined {
  for (const service of rules.servicesFor(`address ${address}`)) {
    if (hasClusterIP(service) && service.spec?.clusterIPs?.includes(address) === true)
      return { service, via: 'cluster-ip' }
    if (hasClusterIP(service) && service.spec?.clusterIP === address) return { service, via: 'cluster-ip' }
    if (loadBalancerAddresses(service).includes(address)) return { service, via: 'load-balancer' }
    if (service.spec?.externalIPs?.includes(address) === true) return { service, via: 'external-ip' }
  }
  return undefined
}

/** kube-proxy's lookup by destination (iptables KUBE-SERVICES): several Services can share an external IP, by port. */
export function matchAddress(rules: ServiceRules, to: Endpoint, protocol: Protocol): MatchedService | undefined {
  for (const service of rules.servicesFor(`address ${to.address}`)) {
    const port = findPort(service, (candidate) => candidate.port === to.port, protocol)
    if (port === undefined || !isProxied(service)) continue
    const { clusterIP, clusterIPs = [], externalIPs = [] } = service.spec ?? {}
    if (clusterIP === to.address || clusterIPs.includes(to.address)) return { service, port, via: 'cluster-ip' }
    if (loadBalancerAddresses(service).includes(to.address)) return { service, port, via: 'load-balancer' }
    if (externalIPs.includes(to.address)) return { service, port, via: 'external-ip' }
  }
  return undefined
}

/** kube-proxy's lookup by node port (iptables KUBE-NODEPORTS). */
export function matchNodePort(rules: ServiceRules, nodePort: number, protocol: Protocol): MatchedService | undefined {
  for (const service of rules.servicesFor(`port ${protocol}/${nodePort}`)) {
    if (!isProxied(service)) continue
    const port = findPort(service, (candidate) => candidate.nodePort === nodePort, protocol)
    if (port !== undefined) return { service, port, via: 'node-port' }
  }
  return undefined
}

function findPort(
  service: Service,
  matches: (port: ServicePort) => boolean,
  protocol: Protocol,
): ServicePort | undefined {
  return service.spec?.ports?.find((port) => (port.protocol ?? 'TCP') === protocol && matches(port))
}
