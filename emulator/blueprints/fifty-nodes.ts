import type { Blueprint } from './blueprint.ts'
import { kubeadmCluster } from './kubeadm-cluster.ts'
import type { NodeSite } from './nodes.ts'

const digits = (n: number): string => String(n).padStart(2, '0')

/** `node03` to `node49`, beside the laptop and below the load balancers' addresses. */
const moreNodes: readonly NodeSite[] = Array.from({ length: 47 }, (_, index) => ({
  name: `node${digits(index + 3)}`,
  address: `192.168.1.${index + 13}`,
  podCIDR: `10.244.${index + 3}.0/24`,
  controlPlane: false,
  machineID: `5d0c7e21f3a9486bb0e47f6a91c2d3${digits(index + 3)}`,
}))

/** A cluster of the size at which its cost is measured: fifty nodes, room for 5,000 Pods. */
export const fiftyNodesBlueprint: Blueprint = kubeadmCluster('fifty-nodes', {
  loadBalancerPool: { prefix: '192.168.1', first: 240, last: 250 },
  maxPods: 5500,
  moreNodes,
})
