import type { Service, ServicePort, ServiceSpec } from '../../generated/types.ts'
import { hasInternalPolicy, isExternallyAccessible } from './traits.ts'

/** Three hours, upstream's DefaultClientIPServiceAffinitySeconds. */
const CLIENT_IP_TIMEOUT_SECONDS = 10800

/** Everything SetDefaults_Service fills in (upstream: pkg/apis/core/v1/defaults.go). Families and addresses are the strategy's. */
export function defaultService(service: Service): Service {
  const given: ServiceSpec = service.spec ?? {}
  const type = given.type || 'ClusterIP'
  const sessionAffinity = given.sessionAffinity || 'None'
  const external = isExternallyAccessible({ ...given, type })
  const spec: ServiceSpec = {
    ...given,
    type,
    sessionAffinity,
    ...(given.ports && { ports: given.ports.map(defaultPort) }),
    ...(external && !given.externalTrafficPolicy && { externalTrafficPolicy: 'Cluster' }),
    ...(!given.internalTrafficPolicy && hasInternalPolicy({ type }) && { internalTrafficPolicy: 'Cluster' }),
    ...(type === 'LoadBalancer' &&
      given.allocateLoadBalancerNodePorts === undefined && { allocateLoadBalancerNodePorts: true }),
  }
  return { ...service, spec: withAffinityConfig(spec), status: defaultStatus(service) }
}

function defaultPort(port: ServicePort): ServicePort {
  const unset = port.targetPort === undefined || port.targetPort === 0 || port.targetPort === ''
  return { ...port, protocol: port.protocol || 'TCP', targetPort: unset ? port.port : port.targetPort }
}

function withAffinityConfig(spec: ServiceSpec): ServiceSpec {
  const { sessionAffinityConfig, ...rest } = spec
  if (spec.sessionAffinity === 'None') return rest
  if (spec.sessionAffinity !== 'ClientIP' || sessionAffinityConfig?.clientIP?.timeoutSeconds !== undefined) return spec
  return { ...rest, sessionAffinityConfig: { clientIP: { timeoutSeconds: CLIENT_IP_TIMEOUT_SECONDS } } }
}

function defaultStatus(service: Service): Service['status'] {
  const ingress = service.status?.loadBalancer?.ingress
  if (!ingress) return { loadBalancer: {}, ...service.status }
  return {
    ...service.status,
    loadBalancer: {
      ingress: ingress.map((entry) => (entry.ip && !entry.ipMode ? { ...entry, ipMode: 'VIP' } : entry)),
    },
  }
}
