import { behaviour, type Topic } from '../behaviour.ts'

const REACH = 'emulator/network/reachability.test.ts'
const LAB = 'emulator/images/traffic.test.ts'

export const reachability: Topic = {
  title: 'Reachability',
  behaviours: [
    behaviour(
      'the laptop: node ports and load balancers, not Pods and cluster IPs',
      `${REACH} › reaches node ports and load balancer addresses, not Pods and cluster IPs`,
      `${LAB} › loses Pod and cluster IPs at the gateway from the laptop, and answers them to nodes and Pods`,
    ),
    behaviour(
      'the laptop reaches Ingress',
      'emulator/ingress-nginx/controller.test.ts › publishes the nodes that it runs on when it is reached by node ports, and answers there',
    ),
    behaviour(
      'the laptop knows no names of the cluster',
      `${REACH} › knows no names of the cluster, but those of the nodes`,
    ),
    behaviour(
      'nodes reach all',
      `${REACH} › reach Pods on every node, cluster IPs, node ports and load balancer addresses`,
    ),
    behaviour(
      'Pods across nodes through the CNI',
      `${REACH} › reach the outside; a Pod shows its own address to Pods and that of its node to others`,
    ),
    behaviour('localhost', `${REACH} › have a localhost of their own: node ports answer there on nodes, not in Pods`),
    behaviour(
      'host ports: on the node of the Pod alone',
      'emulator/network/services/host-ports.test.ts › answers on the node of its Pod for everybody, and on no other',
    ),
    behaviour(
      'a cluster IP does not answer ping',
      `${REACH} › is answered by nodes and Pods, never by a cluster IP or a load balancer address`,
    ),
  ],
}
