import type { KindDefinition } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'
import type { AddressPool } from '../controllers/load-balancer.ts'
import type { MachineOptions } from '../node/create-machine.ts'
import type { NodeSite } from './nodes.ts'

/** A host as every cluster of a blueprint begins with it. */
export type MachineDefinition = Pick<MachineOptions, 'name' | 'address' | 'role' | 'base'>

/** A cluster as it stands before anybody has touched it. Everything in it is data; clusters of one blueprint share it. */
export interface Blueprint {
  readonly name: string
  /** Its nodes, in the order in which they joined. */
  readonly sites: readonly NodeSite[]
  /** The most Pods that it holds; more are refused (admission/pod-quota.ts). */
  readonly maxPods: number
  /** Addresses for Services of type LoadBalancer; without them EXTERNAL-IP stays `<pending>`. */
  readonly loadBalancerPool?: AddressPool
  /** Where Ingresses of ingress-nginx's classes are said to be reachable. */
  readonly ingressAddress: string
  /** The cluster's own DNS server, as Pods get it. */
  readonly clusterDns: string
  /** Where the API server listens, as the `kubernetes` Service says. */
  readonly apiServer: { readonly address: string; readonly port: number; readonly clusterIP: string }
  /** Certificate of the cluster's CA, for kube-root-ca.crt and kubeconfigs. */
  readonly certificate: string
  /** Hosts around and under the cluster; `born` is the date of their files. */
  machines(born: number): readonly MachineDefinition[]
  /** What kubeadm creates, in order. */
  readonly objects: readonly BlueprintObject[]
}

export interface BlueprintObject {
  readonly kind: KindDefinition
  readonly object: KubeObject
}
