import type { KindDefinition } from '../api/kind.ts'
import type { KubeObject } from '../api/types.ts'
import { ingressController } from '../controllers/ingress.ts'
import type { IngressClass } from '../generated/types.ts'
import { apiService } from '../kinds/api-service.ts'
import { clusterRole } from '../kinds/cluster-role.ts'
import { clusterRoleBinding } from '../kinds/cluster-role-binding.ts'
import { configMap } from '../kinds/config-map.ts'
import { customResourceDefinition } from '../kinds/custom-resource-definition.ts'
import { daemonSet } from '../kinds/daemon-set.ts'
import { deployment } from '../kinds/deployment.ts'
import { gatewayDefinitions } from '../kinds/gateway-api/index.ts'
import { kinds } from '../kinds/index.ts'
import { ingressClass } from '../kinds/ingress-class.ts'
import { localApiServices } from '../kinds/local-api-services.ts'
import { namespace } from '../kinds/namespace.ts'
import { node } from '../kinds/node.ts'
import { role } from '../kinds/role.ts'
import { roleBinding } from '../kinds/role-binding.ts'
import { service } from '../kinds/service.ts'
import { serviceAccount } from '../kinds/service-account.ts'
import type { Blueprint, BlueprintObject } from './blueprint.ts'
import { adminCertificate, authorityCertificate } from './certificate.ts'
import { clusterRoleBindings } from './cluster-role-bindings.ts'
import { clusterRoles } from './cluster-roles.ts'
import { controlPlaneObjects } from './control-plane-objects.ts'
import { configMaps, corednsDeployment, kubeDnsService, kubeProxyDaemonSet, serviceAccounts } from './kube-system.ts'
import { adminKubeconfig, clusterInfoKubeconfig, proxyKubeconfig } from './kubeconfig.ts'
import { type LaptopSite, machineDefinitions } from './machines.ts'
import { type NodeSite, nodeObject } from './nodes.ts'
import { systemRoleBindings, systemRoles } from './system-roles.ts'

/** What blueprints of kubeadm clusters differ in. */
export interface KubeadmOptions extends Pick<Partial<Blueprint>, 'loadBalancerPool' | 'maxPods'> {
  /** Nodes that joined after node01 and node02. */
  readonly moreNodes?: readonly NodeSite[]
  /** What is installed after kubeadm has done its part. */
  readonly moreObjects?: readonly BlueprintObject[]
}

const nodeSites: readonly NodeSite[] = [
  {
    name: 'controlplane',
    address: '192.168.1.2',
    podCIDR: '10.244.0.0/24',
    controlPlane: true,
    machineID: 'c85fd69e01ad1d2197092aed07714718',
  },
  {
    name: 'node01',
    address: '192.168.1.3',
    podCIDR: '10.244.1.0/24',
    controlPlane: false,
    machineID: '4f1be3a2d08c4b6c9a31f7e25d6b8c90',
  },
  {
    name: 'node02',
    address: '192.168.1.4',
    podCIDR: '10.244.2.0/24',
    controlPlane: false,
    machineID: 'a97c05d8e4134f2f8b60d19c73e5fa2b',
  },
]

const laptop: LaptopSite = { name: 'laptop', address: '192.168.1.10', user: 'learner' }

/** Three nodes as kubeadm leaves them (DESIGN §3). */
export function kubeadmCluster(
  name: string,
  { moreNodes = [], moreObjects = [], maxPods = 400, ...options }: KubeadmOptions,
): Blueprint {
  const sites = [...nodeSites, ...moreNodes]
  const apiServer = { address: '192.168.1.2', port: 6443, clusterIP: '10.96.0.1' }
  const clusterDns = '10.96.0.10'
  const server = `https://${apiServer.address}:${apiServer.port}`
  const certificate = authorityCertificate(name)
  return Object.freeze({
    name,
    sites,
    maxPods,
    ...options,
    ingressAddress: '192.168.1.3',
    clusterDns,
    apiServer,
    certificate,
    machines: (born: number) =>
      machineDefinitions(sites, laptop, adminKubeconfig(server, certificate, adminCertificate(name, born)), {
        name,
        server,
        born,
      }),
    objects: [...kubeadmObjects(sites, clusterDns, server, certificate), ...moreObjects],
  })
}

const nginxClass: IngressClass = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IngressClass',
  metadata: { name: 'nginx' },
  spec: { controller: ingressController },
}

function kubeadmObjects(
  sites: readonly NodeSite[],
  clusterDns: string,
  server: string,
  certificate: string,
): readonly BlueprintObject[] {
  const of = (kind: KindDefinition, objects: readonly KubeObject[]) => objects.map((object) => ({ kind, object }))
  const named = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  const maps = configMaps(
    server.replace('https://', ''),
    proxyKubeconfig(server),
    clusterInfoKubeconfig(server, certificate),
  )
  return [
    ...of(namespace, ['default', 'kube-node-lease', 'kube-public', 'kube-system'].map(named)),
    ...of(clusterRole, clusterRoles),
    ...of(clusterRoleBinding, clusterRoleBindings),
    ...of(role, systemRoles),
    ...of(roleBinding, systemRoleBindings),
    ...of(node, sites.map(nodeObject)),
    ...of(configMap, maps),
    ...of(serviceAccount, serviceAccounts),
    ...of(service, [kubeDnsService(clusterDns)]),
    ...of(daemonSet, [kubeProxyDaemonSet]),
    ...of(deployment, [corednsDeployment]),
    ...of(ingressClass, [nginxClass]),
    ...of(apiService, localApiServices(kinds)),
    ...of(customResourceDefinition, gatewayDefinitions),
    ...controlPlaneObjects(
      '10.96.0.0/12',
      sites.map(({ name }) => name),
    ),
  ]
}
