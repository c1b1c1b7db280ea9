import { failed, isControlPlane, type KubeadmVerb, VERSION } from './verb.ts'

const READING = `[upgrade] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...
[upgrade] Use 'kubeadm init phase upload-config kubeadm --config your-config-file' to re-upload it.
`
const COMPONENTS = ['etcd', 'kube-apiserver', 'kube-controller-manager', 'kube-scheduler']

/** The cluster is of the newest version there is here: `plan` says so. */
export const plan: KubeadmVerb = ({ context, node }) => {
  if (!isControlPlane(node))
    return failed(
      context,
      'couldn\'t create a Kubernetes client from file "/etc/kubernetes/admin.conf": failed to load admin kubeconfig: open /etc/kubernetes/admin.conf: no such file or directory',
    )
  if (context.cluster.apiServerState() !== 'serving')
    return failed(
      context,
      "[upgrade/health] FATAL: [preflight] Some fatal errors occurred:\n\t[ERROR ControlPlaneNodesReady]: couldn't list control-planes in cluster",
    )
  context.out(`[preflight] Running pre-flight checks.
[upgrade/config] Reading configuration from the "kubeadm-config" ConfigMap in namespace "kube-system"...
[upgrade/config] Use 'kubeadm init phase upload-config kubeadm --config your-config-file' to re-upload it.
[upgrade] Running cluster health checks
[upgrade] Fetching available versions to upgrade to
[upgrade/versions] Cluster version: ${VERSION.slice(1)}
[upgrade/versions] kubeadm version: ${VERSION}
[upgrade/versions] Target version: ${VERSION}
[upgrade/versions] Latest version in the v1.36 series: ${VERSION}

Awesome, you're up-to-date! Enjoy!
`)
  return 0
}

export const apply: KubeadmVerb = ({ context, node, words, flags }) => {
  const [version] = words
  if (!isControlPlane(node))
    return failed(context, 'couldn\'t create a Kubernetes client from file "/etc/kubernetes/admin.conf"')
  if (version === undefined)
    return failed(context, 'missing one or more required arguments. Required arguments: [version]')
  const wanted = version.startsWith('v') ? version : `v${version}`
  const [, major = '', minor = '', patch = ''] = /^v(\d+)\.(\d+)\.(\d+)$/.exec(wanted) ?? []
  if (major === '') return failed(context, `couldn't parse version ${JSON.stringify(version)}`)
  const [ownMinor = 36, ownPatch = 2] = VERSION.split('.').slice(1).map(Number)
  context.out(READING)
  if (Number(minor) > ownMinor || (Number(minor) === ownMinor && Number(patch) > ownPatch))
    return failed(
      context,
      `[upgrade/version] FATAL: the --version argument is invalid due to these fatal errors:\n\n\t- Specified version to upgrade to ${JSON.stringify(wanted)} is higher than the kubeadm version ${JSON.stringify(VERSION)}. Upgrade kubeadm first using the tool you used to install kubeadm\n\nPlease fix the misalignments highlighted above and try upgrading again`,
    )
  if (wanted !== VERSION)
    return failed(
      context,
      `[upgrade/version] FATAL: the --version argument is invalid due to these fatal errors:\n\n\t- Specified version to upgrade to ${JSON.stringify(wanted)} is lower than the cluster version ${JSON.stringify(VERSION)}. Downgrades are not supported\n\nPlease fix the misalignments highlighted above and try upgrading again`,
    )
  context.out('[upgrade/preflight] Running preflight checks\n[upgrade] Running cluster health checks\n')
  context.out(
    `[upgrade/preflight] You have chosen to upgrade the cluster version to ${JSON.stringify(wanted)}\n[upgrade/versions] Cluster version: ${VERSION}\n[upgrade/versions] kubeadm version: ${VERSION}\n`,
  )
  if (flags.has('dry-run')) {
    context.out('[upgrade/successful] Finished dryrunning successfully!\n')
    return 0
  }
  context.out('[upgrade/preflight] Pulling images required for setting up a Kubernetes cluster\n')
  context.out(
    `[upgrade/control-plane] Upgrading your static Pod-hosted control plane to version ${JSON.stringify(wanted)} (timeout: 5m0s)...\n`,
  )
  for (const component of COMPONENTS)
    context.out(
      `[upgrade/staticpods] Preparing for ${JSON.stringify(component)} upgrade\n[upgrade/staticpods] Current and new manifests of ${component} are equal, skipping upgrade\n`,
    )
  context.out(
    `\n[upgrade] SUCCESS! A control plane node of your cluster was upgraded to ${JSON.stringify(wanted)}.\n\n[upgrade] Now please proceed with upgrading the rest of the nodes by following the right order.\n`,
  )
  return 0
}

export const node: KubeadmVerb = ({ context, node: machine }) => {
  context.out(READING)
  if (isControlPlane(machine)) {
    context.out(
      '[upgrade/preflight] Running pre-flight checks\n[upgrade/control-plane] Upgrading your Static Pod-hosted control plane instance to version "v1.36.2"...\n',
    )
    for (const component of COMPONENTS)
      context.out(`[upgrade/staticpods] Current and new manifests of ${component} are equal, skipping upgrade\n`)
    context.out('[upgrade/control-plane] The control plane instance for this node was successfully upgraded!\n')
  } else
    context.out(
      '[upgrade/preflight] Running pre-flight checks\n[upgrade/preflight] Skipping prepull. Not a control plane node.\n[upgrade/control-plane] Skipping phase. Not a control plane node.\n',
    )
  context.out(
    '[upgrade/kubeconfig] The kubeconfig files for this node were successfully upgraded!\n[upgrade/kubelet-config] Writing kubelet configuration to file "/var/lib/kubelet/config.yaml"\n[upgrade/kubelet-config] The kubelet configuration for this node was successfully upgraded!\n[upgrade/addon] Skipping the addon/coredns phase. Not a control plane node.\n',
  )
  return 0
}
