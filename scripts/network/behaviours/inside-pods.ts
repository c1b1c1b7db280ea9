import { behaviour, type Topic } from '../behaviour.ts'

const SESSION = 'terminal/session.test.ts'
const TYPED = 'terminal/typed-session.test.ts'
const KUBELET = 'emulator/node/kubelet.test.ts'
const REFRESH = 'emulator/node/volume-refresh.test.ts'
const VOLUMES = 'emulator/node/volumes.test.ts'
const PROCESSES = 'emulator/images/processes.test.ts'
const PROC = 'emulator/node/proc-tree.test.ts'
const CONNECTIONS = 'emulator/node/pod-connections.test.ts'
const PORT_FORWARD = 'terminal/kubectl/port-forward/port-forward.test.ts'
const DEBUG = 'terminal/kubectl/debug/debug.test.ts'
const ATTACH = 'terminal/kubectl/attach/attach.test.ts'
const KUBECTL = 'terminal/kubectl/kubectl.test.ts'
const REAL = 'server/kubernetes/kubectl.test.ts'

export const insidePods: Topic = {
  title: 'Inside Pods',
  behaviours: [
    behaviour(
      "exec with the image's own tools",
      `${SESSION} › gives a container its own programs, files and words`,
      `${CONNECTIONS} › exec names the container and the command`,
    ),
    behaviour('a shell in a container, typed', `${TYPED} › sits in a container`, `${TYPED} › ends with its container`),
    behaviour(
      'a shell as the main process',
      `${PROCESSES} › expands, substitutes and branches`,
      `${PROCESSES} › ends with the status of its last command, of exit, or of a missing program`,
    ),
    behaviour(
      'environment and its variables',
      'emulator/network/services/environment.test.ts › have host and port, by number and by name, and the variables of docker links',
      `${PROC} › shows its processes, environment and mounts under /proc`,
    ),
    behaviour(
      '/etc/hosts, /etc/resolv.conf and the service account',
      `${KUBELET} › writes hosts, resolv.conf and the service account files`,
    ),
    behaviour(
      'mounted ConfigMaps and Secrets',
      `${REFRESH} › lays a volume out as links to a directory that is replaced whole`,
      `${REFRESH} › shows a changed ConfigMap when the kubelet comes round to the Pod, but not where one file is mounted`,
      `${KUBELET} › waits for a ConfigMap that a variable or a volume needs, and says which`,
    ),
    behaviour(
      'service account tokens',
      `${REFRESH} › renews a Pod’s token after four fifths of its time, without an event`,
    ),
    behaviour(
      'volumes on the node and in the Pod',
      `${VOLUMES} › shows a directory of the node to every Pod on it, both ways`,
      `${VOLUMES} › shares an empty directory between containers, each with the part it asks for`,
    ),
    behaviour(
      'processes that answer on their ports',
      `${PROCESSES} › serves what the files of nginx say, with its headers, pages and log`,
      `${PROCESSES} › lets nginx listen where its configuration says, and proxy to a Service`,
    ),
    behaviour(
      'logs with a line for each request',
      `${PROCESSES} › serves what the files of nginx say, with its headers, pages and log`,
      'emulator/images/apps.test.ts › and write a line for each request',
    ),
    behaviour('logs -f', `${REAL} › logs -f ends with the container`),
    behaviour(
      'port-forward',
      `${PORT_FORWARD} › leads from a port of the machine into a pod until it is stopped`,
      `${PORT_FORWARD} › ends when nobody listens in the pod`,
      `${CONNECTIONS} › a forwarded connection carries requests, also several and in pieces`,
    ),
    behaviour(
      'cp',
      `${KUBECTL} › copies into and out of a container`,
      `${KUBECTL} › copies as tar does, and fails in its words`,
    ),
    behaviour(
      'debug with ephemeral containers',
      `${DEBUG} › starts an ephemeral container beside the others`,
      `${DEBUG} › copies pods without their labels, and sees nodes`,
      `${ATTACH} › kubectl debug -it gives a shell in an ephemeral container, which ends with it`,
    ),
    behaviour(
      'attach',
      `${ATTACH} › kubectl attach shows what is printed until Ctrl-C`,
      `${CONNECTIONS} › who attaches hears what PID 1 prints and that it ended`,
    ),
  ],
}
