/** The files of the hosts: what a learner finds when standing on one. */
import { createMachineBase } from '../node/create-machine.ts'
import type { FileSource } from '../node/file-base.ts'
import type { MachineDefinition } from './blueprint.ts'
import { kubeletFiles } from './kubelet-files.ts'
import type { NodeSite } from './nodes.ts'
import { type ClusterFacts, componentKubeconfigs, nodePkiFiles, pkiFiles } from './pki.ts'
import { staticPodManifests } from './static-pods.ts'

/** The learner's own machine, on the nodes' network. */
export interface LaptopSite {
  readonly name: string
  readonly address: string
  readonly user: string
}

export function machineDefinitions(
  nodes: readonly NodeSite[],
  laptop: LaptopSite,
  kubeconfig: string,
  cluster: ClusterFacts,
): readonly MachineDefinition[] {
  const { name, address } = laptop
  const { born } = cluster
  const everybody = [...nodes, laptop]
  return [
    ...nodes.map((site): MachineDefinition => {
      const base = createMachineBase(site.name, nodes, nodeFiles(site, kubeconfig, cluster), born)
      return { name: site.name, address: site.address, role: site.controlPlane ? 'control-plane' : 'worker', base }
    }),
    { name, address, role: 'laptop', base: createMachineBase(name, everybody, laptopFiles(laptop, kubeconfig), born) },
  ]
}

type Files = { readonly [path: string]: FileSource }

function nodeFiles(site: NodeSite, kubeconfig: string, cluster: ClusterFacts): Files {
  return {
    ...commonFiles,
    '/root/work': { directory: true },
    '/etc/kubernetes/manifests': { directory: true },
    ...kubeletFiles(site),
    ...nodePkiFiles(site, cluster),
    ...(site.controlPlane && controlPlaneFiles(site, kubeconfig, cluster)),
  }
}

function controlPlaneFiles(site: NodeSite, kubeconfig: string, cluster: ClusterFacts): Files {
  const manifests = [...staticPodManifests(site)]
  return {
    '/root/.kube/config': { content: kubeconfig, mode: 0o600 },
    '/etc/kubernetes/admin.conf': { content: kubeconfig, mode: 0o600 },
    ...pkiFiles(site, cluster),
    ...componentKubeconfigs(cluster),
    '/var/lib/etcd/member/snap/db': { content: '', mode: 0o600 },
    ...Object.fromEntries(
      manifests.map(([name, content]) => [`/etc/kubernetes/manifests/${name}`, { content, mode: 0o600 }]),
    ),
  }
}

function laptopFiles({ user }: LaptopSite, kubeconfig: string): Files {
  const home = `/home/${user}`
  return {
    ...commonFiles,
    '/etc/passwd': `${passwd}${user}:x:1000:1000:${user}:${home}:/bin/bash\n`,
    '/etc/group': `root:x:0:\n${user}:x:1000:\n`,
    [home]: { directory: true, mode: 0o750 },
    [`${home}/.kube/config`]: { content: kubeconfig, mode: 0o600 },
  }
}

const passwd = 'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n'

const commonFiles: Files = { '/etc/passwd': passwd, '/etc/group': 'root:x:0:\n' }
