import { behaviour, type Topic } from '../behaviour.ts'

const LAB = 'emulator/images/traffic.test.ts'
const SET = 'curriculum/faults.test.ts'
const NODE = 'terminal/commands/node/node-tools.test.ts'
const CNI = 'emulator/node/pod-network.test.ts'
const INSTALL = 'terminal/commands/node/install-cni.test.ts'
const PLANE = 'emulator/images/control-plane/faults.test.ts'

export const faults: Topic = {
  title: 'Faults',
  behaviours: [
    behaviour(
      'a node that is down answers nobody',
      `${LAB} › ends at a machine that is off`,
      `${SET} › a node is down`,
    ),
    behaviour(
      'a kube-proxy that has stopped leaves its rules',
      `${LAB} › goes by the rules that a stopped kube-proxy left, until the machine is off`,
      `${SET} › kube-proxy is stopped: Services that come later are not reached from that node`,
    ),
    behaviour('kubelet or container runtime stopped', `${SET} › %s is stopped`),
    behaviour(
      'a kubelet that does not start, or finds no API server',
      `${NODE} › a kubelet with a broken configuration ends again and again, until it is mended`,
      `${NODE} › a kubelet after \`%s\` does not start`,
      `${NODE} › a kubelet whose kubeconfig leads to another port runs, and its node is given up`,
    ),
    behaviour(
      'wrong flags, files and YAML of the control plane',
      `${PLANE} › %s takes the API down, says so in the log, and is mended`,
      `${PLANE} › %s with %j ends again and again`,
      `${PLANE} › a scheduler whose kubeconfig leads elsewhere does not schedule`,
      `${PLANE} › another port of the API server is another server to everybody`,
      `${PLANE} › a manifest that is no YAML is no Pod`,
    ),
    behaviour('--service-node-port-range', `${PLANE} › the API server gives node ports from the range that it is told`),
    behaviour(
      'CNI missing',
      `${CNI} › a node without a CNI configuration is not ready, and its Pods wait until it is back`,
      `${CNI} › without %s the node is ready and no sandbox can be made`,
    ),
    behaviour(
      'a CNI is installed by applying flannel',
      `${INSTALL} › applying flannel brings nodes without a CNI to life`,
      `${INSTALL} › flannel for another network than the nodes were given ends with the reason`,
    ),
    behaviour('CoreDNS scaled away', `${SET} › CoreDNS is scaled away`),
    behaviour('wrong container port', `${SET} › a wrong container port is refused`),
    behaviour('a server bound to 127.0.0.1', `${SET} › a server on 127.0.0.1 alone is refused`),
    behaviour('slow start', `${SET} › a slow start is refused first and answers later`),
    behaviour('crash loop', `${SET} › a crash loop backs off`),
  ],
}
