/** What stands on a node for its kubelet, containerd and the CNI plug-ins (kubeadm, flannel, Ubuntu's packages). */
import type { FileSource } from '../node/file-base.ts'
import { kubeletConfiguration } from './kube-system.ts'
import type { NodeSite } from './nodes.ts'

type Files = { readonly [path: string]: FileSource }

const binary: FileSource = { content: '', mode: 0o755 }

const BINARIES = ['kubelet', 'kubeadm', 'kubectl', 'containerd', 'crictl', 'ctr', 'runc'].map(
  (name) => `/usr/bin/${name}`,
)

const cniList = `{
  "name": "cbr0",
  "cniVersion": "0.3.1",
  "plugins": [
    {
      "type": "flannel",
      "delegate": {
        "hairpinMode": true,
        "isDefaultGateway": true
      }
    },
    {
      "type": "portmap",
      "capabilities": {
        "portMappings": true
      }
    }
  ]
}
`

const containerdConfiguration = `version = 3
root = '/var/lib/containerd'
state = '/run/containerd'

[grpc]
  address = '/run/containerd/containerd.sock'

[plugins.'io.containerd.cri.v1.images'.pinned_images]
  sandbox = 'registry.k8s.io/pause:3.10.1'

[plugins.'io.containerd.cri.v1.images'.registry]
  config_path = '/etc/containerd/certs.d'

[plugins.'io.containerd.cri.v1.runtime'.containerd]
  default_runtime_name = 'runc'

[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
  SystemdCgroup = true

[plugins.'io.containerd.cri.v1.runtime'.cni]
  bin_dirs = ['/opt/cni/bin']
  conf_dir = '/etc/cni/net.d'
`

const kubeletDropIn = `# Note: This dropin only works with kubeadm and kubelet v1.11+
[Service]
Environment="KUBELET_KUBECONFIG_ARGS=--bootstrap-kubeconfig=/etc/kubernetes/bootstrap-kubelet.conf --kubeconfig=/etc/kubernetes/kubelet.conf"
Environment="KUBELET_CONFIG_ARGS=--config=/var/lib/kubelet/config.yaml"
# This is a file that "kubeadm init" and "kubeadm join" generate at runtime, populating the KUBELET_KUBEADM_ARGS variable dynamically
EnvironmentFile=-/var/lib/kubelet/kubeadm-flags.env
# This is a file that the user can use for overrides of the kubelet args as a last resort.
EnvironmentFile=-/etc/default/kubelet
ExecStart=
ExecStart=/usr/bin/kubelet $KUBELET_KUBECONFIG_ARGS $KUBELET_CONFIG_ARGS $KUBELET_KUBEADM_ARGS $KUBELET_EXTRA_ARGS
`

const kubeletService = `[Unit]
Description=kubelet: The Kubernetes Node Agent
Documentation=https://kubernetes.io/docs/
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=/usr/bin/kubelet
Restart=always
StartLimitInterval=0
RestartSec=10

[Install]
WantedBy=multi-user.target
`

const containerdService = `[Unit]
Description=containerd container runtime
Documentation=https://containerd.io
After=network.target

[Service]
ExecStart=/usr/bin/containerd
Restart=always
RestartSec=5

[Install]
WantedBy=multi-user.target
`

/** The folder whose file makes Pods get addresses; without one the node is not ready. */
export const cniFolder = '/etc/cni/net.d'

export function kubeletFiles(site: NodeSite): Files {
  const plugins = ['bandwidth', 'bridge', 'dhcp', 'firewall', 'flannel', 'host-local', 'loopback', 'portmap', 'tuning']
  return {
    '/var/lib/kubelet/config.yaml': kubeletConfiguration,
    '/var/lib/kubelet/kubeadm-flags.env': `KUBELET_KUBEADM_ARGS="--pod-infra-container-image=registry.k8s.io/pause:3.10.1"\n`,
    '/usr/lib/systemd/system/kubelet.service.d/10-kubeadm.conf': kubeletDropIn,
    '/etc/default/kubelet': 'KUBELET_EXTRA_ARGS=\n',
    [`${cniFolder}/10-flannel.conflist`]: cniList,
    ...Object.fromEntries(plugins.map((name) => [`/opt/cni/bin/${name}`, binary])),
    '/run/flannel/subnet.env': `FLANNEL_NETWORK=10.244.0.0/16\nFLANNEL_SUBNET=${site.podCIDR.replace(/\.0\/24$/, '.1/24')}\nFLANNEL_MTU=1450\nFLANNEL_IPMASQ=true\n`,
    '/etc/systemd/system/multi-user.target.wants/kubelet.service': { link: '/usr/lib/systemd/system/kubelet.service' },
    '/etc/systemd/system/multi-user.target.wants/containerd.service': {
      link: '/usr/lib/systemd/system/containerd.service',
    },
    '/usr/lib/systemd/system/kubelet.service': kubeletService,
    '/usr/lib/systemd/system/containerd.service': containerdService,
    ...Object.fromEntries(BINARIES.map((path) => [path, binary])),
    '/proc/sys/net/ipv4/ip_forward': '1\n',
    '/proc/sys/net/bridge/bridge-nf-call-iptables': '1\n',
    '/etc/modules-load.d/k8s.conf': 'overlay\nbr_netfilter\n',
    '/etc/sysctl.d/k8s.conf':
      'net.bridge.bridge-nf-call-iptables = 1\nnet.bridge.bridge-nf-call-ip6tables = 1\nnet.ipv4.ip_forward = 1\n',
    '/etc/containerd/config.toml': containerdConfiguration,
    '/etc/crictl.yaml': 'runtime-endpoint: unix:///run/containerd/containerd.sock\n',
  }
}
