/** What is allocated to Services once in a cluster, to look up who holds it. */
import { defineIndex, type ObjectIndex } from '../../api/object-index.ts'
import type { KubeObject } from '../../api/types.ts'
import type { Service } from '../../generated/types.ts'
import { heldNodePorts } from './traits.ts'

type ServiceObject = KubeObject & Pick<Service, 'spec' | 'status'>

/** Services by each of their cluster IPs. */
export const servicesByClusterIP: ObjectIndex = defineIndex(({ spec }: ServiceObject) =>
  (spec?.clusterIPs ?? []).filter((ip) => ip !== 'None'),
)

/** Services by each node port they hold, the one for health checks included. */
export const servicesByNodePort: ObjectIndex = defineIndex((object: ServiceObject) => [
  ...new Set(heldNodePorts(object).map(String)),
])

/** Load balancers, and what still shows the address of one, under `''`. */
export const loadBalancers: ObjectIndex = defineIndex(({ spec, status }: ServiceObject) =>
  spec?.type === 'LoadBalancer' || status?.loadBalancer?.ingress?.length ? [''] : [],
)
