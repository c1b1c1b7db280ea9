import type { Blueprint } from './blueprint.ts'
import { kubeadmCluster } from './kubeadm-cluster.ts'

/** The default without anything that gives out load balancer addresses. */
export const noLoadBalancerBlueprint: Blueprint = kubeadmCluster('no-load-balancer', {})
