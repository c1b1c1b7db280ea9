import type { Service, ServiceSpec } from '../../generated/types.ts'

/** What the fields of a Service make of it; shared by defaulting, allocation and validation. */

export const isHeadless = ({ clusterIP, clusterIPs }: ServiceSpec): boolean =>
  (clusterIPs?.length === 1 && clusterIPs[0] === 'None') || (!clusterIPs?.length && clusterIP === 'None')

/** Only ExternalName Services have no cluster address; misspelt types keep theirs until validation refuses them. */
export const hasClusterIPType = ({ type }: ServiceSpec): boolean => type !== 'ExternalName'

/** Types that must say how traffic from within the cluster is routed. */
export const hasInternalPolicy = (spec: ServiceSpec): boolean => spec.type === 'ClusterIP' || hasNodePortType(spec)

export const hasNodePortType = ({ type }: ServiceSpec): boolean => type === 'NodePort' || type === 'LoadBalancer'

/** Can traffic come from outside the cluster? (upstream: pkg/api/service ExternallyAccessible) */
export function isExternallyAccessible(spec: ServiceSpec): boolean {
  return hasNodePortType(spec) || (spec.type === 'ClusterIP' && (spec.externalIPs?.length ?? 0) > 0)
}

/** Load balancers ask nodes for the health of local endpoints (upstream: NeedsHealthCheck). */
export const needsHealthCheck = ({ type, externalTrafficPolicy }: ServiceSpec): boolean =>
  type === 'LoadBalancer' && externalTrafficPolicy === 'Local'

/** Does every port get a node port, asked for or not? */
export const allocatesNodePorts = (spec: ServiceSpec): boolean =>
  spec.type === 'NodePort' || (spec.type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false)

/** All node ports that a Service holds, the one for health checks included. */
export function heldNodePorts({ spec }: Service): readonly number[] {
  const ports = (spec?.ports ?? []).flatMap(({ nodePort }) => (nodePort ? [nodePort] : []))
  return spec?.healthCheckNodePort ? [...ports, spec.healthCheckNodePort] : ports
}
