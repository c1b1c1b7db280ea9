import { behaviour, type Topic } from '../behaviour.ts'

const TOOLS = 'emulator/images/tools.test.ts'
const CURL = 'emulator/node/programs/curl/options.test.ts'
const TLS = 'emulator/node/programs/curl/tls.test.ts'
const NODE = 'terminal/commands/node/node-tools.test.ts'
const ETCD = 'terminal/commands/etcd/etcd.test.ts'
const MACHINE = 'terminal/commands/machine/machine.test.ts'
const CONNTRACK = 'terminal/commands/machine/conntrack.test.ts'
const FILES = 'terminal/commands/machine/node-files.test.ts'
const IP = 'terminal/commands/ip/ip.test.ts'
const IPTABLES = 'terminal/commands/iptables.test.ts'
const OPENSSL = 'terminal/commands/openssl/openssl.test.ts'
const KUBEADM = 'terminal/commands/kubeadm/kubeadm.test.ts'

export const tools: Topic = {
  title: 'Tools on the machines',
  behaviours: [
    behaviour('curl: bodies, heads, -w', `${TOOLS} › prints bodies, heads and what -w asks for`),
    behaviour('curl: exit codes and messages', `${TOOLS} › ends with the code and the words of each failure`),
    behaviour('curl -v', `${TOOLS} › talks with -v`),
    behaviour(
      'curl -T, -F, -r, --data-urlencode -G',
      `${CURL} › uploads are put, forms have parts, ranges are asked for`,
    ),
    behaviour('curl --connect-to', `${CURL} › --connect-to sends a request elsewhere under its own name`),
    behaviour('curl -x fails as the proxy', `${CURL} › a proxy is asked first, and fails as itself`),
    behaviour(
      'curl -w to both outputs, -O without a name',
      `${CURL} › write-out goes to both outputs; what has no name cannot be saved under it`,
    ),
    behaviour(
      'curl and certificates: 60, --cacert, -k, 35, 77',
      `${TLS} › curl does not trust an authority that it has not been shown, and asks nothing`,
      `${TLS} › curl --cacert trusts what the authority signed, and -v shows whom`,
      `${TLS} › curl refuses a certificate of another name, and one that has expired`,
      `${TLS} › curl -k takes any certificate, and -L follows the redirect to https`,
      `${TLS} › curl ends with 77 where --cacert names no certificates, and with 35 where nobody speaks TLS`,
    ),
    behaviour('wget, nc', `${TOOLS} › wget and nc say what GNU and OpenBSD say`),
    behaviour('ping', `${TOOLS} › ping counts, and a cluster IP stays silent`),
    behaviour('dig, nslookup', `${TOOLS} › dig and nslookup ask the server that they are given`),
    behaviour('getent, hostname, ssh, sudo', `${FILES} › machines say who they are`),
    behaviour('telnet', `${NODE} › telnet says whether somebody listens`),
    behaviour('traceroute', `${MACHINE} › traceroute shows the node in between, and stars for what does not answer`),
    behaviour(
      'openssl s_client, x509',
      `${OPENSSL} › s_client shows the certificate of what listens, and whether it is believed`,
      `${OPENSSL} › s_client with nobody, or with somebody who speaks plainly`,
    ),
    behaviour(
      'ip addr, link, route, neigh; arp, ifconfig, route',
      `${IP} › a node has its address, the bridge of its Pods, and a pair of interfaces for each`,
      `${IP} › routes, the one that an address takes, and neighbours`,
      `${IP} › a Pod has one interface, which busybox lays out its own way`,
    ),
    behaviour('ss, netstat', `${NODE} › ss and netstat show who listens, to root by name`),
    behaviour('lsof -i', `${MACHINE} › who has a port open, as root sees it`),
    behaviour(
      'conntrack, with rewritten addresses',
      `${CONNTRACK} › a request to a cluster IP is remembered with the Pod that answered`,
      `${CONNTRACK} › what is dropped stays unreplied, names are asked over UDP, and entries end`,
    ),
    behaviour(
      'iptables, iptables-save',
      `${IPTABLES} › saves tables that follow from the Services, chains by name`,
      `${IPTABLES} › lists a chain with names, or with numbers for -n`,
      `${IPTABLES} › refuses what it cannot: other users, unknown tables and chains, changes`,
    ),
    behaviour('ipvsadm absent', `${MACHINE} › the kernel has what Kubernetes needs; other programs are not installed`),
    behaviour(
      'systemctl',
      `${NODE} › systemctl tells of units, and of kube-proxy that it is none`,
      `${NODE} › a kubelet that is stopped takes its node away, and gives it back`,
    ),
    behaviour(
      'journalctl',
      `${NODE} › the journal tells of a manifest that is no YAML, and of a network that is not there`,
    ),
    behaviour(
      'crictl',
      `${NODE} › crictl shows what runs on the node, its logs, and needs containerd`,
      `${NODE} › a container stopped by crictl is started again by the kubelet`,
      `${NODE} › crictl lists, pulls and removes images, and the kubelet finds them`,
      `${NODE} › crictl without its configuration warns that it had to look for a socket`,
    ),
    behaviour('ctr', `${MACHINE} › ctr sees what is in the namespace of Kubernetes`),
    behaviour(
      'etcdctl get of /registry, with certificates',
      `${ETCD} › the control plane has its objects under the keys of a real one`,
      `${ETCD} › certificates are asked for, by flags or in the environment`,
    ),
    behaviour(
      'etcdctl snapshot save, etcdutl snapshot restore',
      `${ETCD} › a backup that is restored to another directory brings back what was there`,
      `${ETCD} › an etcd on an empty directory knows nothing of the cluster`,
    ),
    behaviour(
      'kubeadm token, certs, upgrade, init, join',
      `${KUBEADM} › a token that is made is a Secret, is listed, and makes a join command`,
      `${KUBEADM} › certificates are listed with their authorities, and renewed by them`,
      `${KUBEADM} › an upgrade has nowhere to go but where the cluster is`,
      `${KUBEADM} › a node that is up is not set up again; users other than root may not try`,
    ),
    behaviour('apt-get, apt-mark, apt-cache', `${MACHINE} › apt has the versions of the cluster and no newer ones`),
    behaviour(
      'free, df, nproc, lscpu, uptime, top',
      `${MACHINE} › memory, disks, processors and load are those of the Node`,
    ),
    behaviour(
      "kubeadm's manifests and the kubelet's configuration",
      `${FILES} › a node has the files that kubeadm and its packages leave`,
    ),
  ],
}
