import { behaviour, type Topic } from '../behaviour.ts'

const LAB = 'emulator/images/traffic.test.ts'

export const faults: Topic = {
  title: 'Faults',
  behaviours: [
    behaviour('a node that is down answers nobody', `${LAB} › ends at a machine that is off`),
    behaviour(
      'a kube-proxy that has stopped leaves its rules',
      `${LAB} › goes by the rules that a stopped kube-proxy left, until the machine is off`,
    ),
  ],
}
