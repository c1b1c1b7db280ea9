import type { Blueprint } from './blueprint.ts'
import { kubeadmCluster } from './kubeadm-cluster.ts'

/** The notes' own network: three nodes, a laptop beside them, and addresses for load balancers. */
export const defaultBlueprint: Blueprint = kubeadmCluster('default', {
  loadBalancerPool: { prefix: '192.168.1', first: 240, last: 250 },
})
