import { behaviour, type Topic } from '../behaviour.ts'

const POLICY = 'emulator/network/policy/enforcement.test.ts'

export const networkPolicy: Topic = {
  title: 'NetworkPolicy',
  behaviours: [
    behaviour('Pods that no policy selects are open', `${POLICY} › leave Pods that none selects open`),
    behaviour(
      'default deny: a policy without rules lets nobody in but the own node',
      `${POLICY} › without rules deny everybody but the own node, by time-out, and name themselves`,
    ),
    behaviour(
      'podSelector alone means Pods of the same namespace',
      `${POLICY} › select Pods of their own namespace by podSelector alone`,
    ),
    behaviour(
      'podSelector and namespaceSelector of one peer must both fit; of several peers one is enough',
      `${POLICY} › take both selectors of one peer together and several peers one by one`,
    ),
    behaviour('ipBlock with except', `${POLICY} › take blocks of addresses without their exceptions`),
    behaviour(
      'ports, port ranges (endPort) and named ports',
      `${POLICY} › name ports of the Pod: numbers, ranges, names`,
    ),
    behaviour('policies add up', `${POLICY} › add up: what one policy allows no other takes away`),
    behaviour(
      'egress is judged by the endpoint, after DNAT',
      `${POLICY} › see the endpoint behind a Service, not its cluster IP`,
    ),
    behaviour('DNS forgotten in an egress policy', `${POLICY} › that forget DNS leave names unresolved, and say so`),
    behaviour('replies to allowed connections pass', `${POLICY} › let replies to allowed connections pass`),
  ],
}
