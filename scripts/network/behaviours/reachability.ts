import { behaviour, type Topic } from '../behaviour.ts'

const LAB = 'emulator/images/traffic.test.ts'

export const reachability: Topic = {
  title: 'Reachability',
  behaviours: [
    behaviour(
      'Pods and cluster IPs answer nodes and Pods, not the laptop',
      `${LAB} › loses Pod and cluster IPs at the gateway from the laptop, and answers them to nodes and Pods`,
    ),
    behaviour('a cluster IP does not answer ping', `${LAB} › pings machines and Pods, never cluster IPs`),
  ],
}
