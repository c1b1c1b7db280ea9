import { behaviour, type Topic } from '../behaviour.ts'

const LAB = 'emulator/images/traffic.test.ts'
const CLUSTER = 'emulator/cluster.test.ts'

export const traffic: Topic = {
  title: 'Traffic',
  behaviours: [
    behaviour('a node port answers on every node', `${LAB} › reaches node ports of every node from the laptop`),
    behaviour(
      'sourceRanges bind who uses the address of a load balancer',
      `${LAB} › answers a load balancer address to the laptop, within its source ranges`,
    ),
    behaviour('an ExternalName has no endpoints', `${CLUSTER} › gives an ExternalName no endpoints`),
  ],
}
