import { behaviour, type Topic } from '../behaviour.ts'

const POLICY = 'emulator/network/policy/enforcement.test.ts'
const CLUSTER = 'emulator/network/policy/cluster.test.ts'

export const networkPolicy: Topic = {
  title: 'NetworkPolicy',
  behaviours: [
    behaviour(
      'Pods that no policy selects are open',
      `${POLICY} › leave Pods that none selects open`,
      `${CLUSTER} › Pods of other namespaces`,
    ),
    behaviour(
      'default deny of ingress',
      `${POLICY} › without rules deny everybody but the own node, by time-out, and name themselves`,
    ),
    behaviour(
      'default deny of egress',
      `${POLICY} › without rules hold everything back, but not what the Pod says to itself`,
    ),
    behaviour(
      'policyTypes and their defaults',
      `${CLUSTER} › are Ingress, and Egress too where there are egress rules, if nothing else is said`,
      `${CLUSTER} › Egress alone leaves what comes in open`,
    ),
    behaviour(
      'podSelector',
      `${POLICY} › select Pods of their own namespace by podSelector alone`,
      `${CLUSTER} › an empty podSelector is every Pod of the namespace, an empty namespaceSelector every namespace`,
    ),
    behaviour(
      'namespaceSelector',
      `${CLUSTER} › are chosen by the name of their namespace, and both selectors of one peer must fit`,
    ),
    behaviour(
      'AND inside a peer, OR between peers',
      `${POLICY} › take both selectors of one peer together and several peers one by one`,
    ),
    behaviour(
      'empty rules and lists',
      `${CLUSTER} › an empty rule and an empty list of peers let everybody in, an empty list of rules nobody`,
    ),
    behaviour(
      'ipBlock with except',
      `${POLICY} › take blocks of addresses without their exceptions`,
      `${CLUSTER} › by ipBlock except what lies in its exceptions, on the way out too`,
    ),
    behaviour(
      'ports and protocols',
      `${POLICY} › name ports of the Pod: numbers, ranges, names`,
      `${CLUSTER} › are TCP if nothing else is said, and reach up to endPort`,
    ),
    behaviour('port ranges (endPort)', `${CLUSTER} › are TCP if nothing else is said, and reach up to endPort`),
    behaviour('named ports', `${CLUSTER} › by name mean what each Pod calls so`),
    behaviour(
      'policies add up',
      `${POLICY} › add up: what one policy allows no other takes away`,
      `${POLICY} › a rule more never takes a connection away`,
    ),
    behaviour('egress and ingress must both allow', `${POLICY} › meet the ingress policies of the other end`),
    behaviour('replies to allowed connections pass', `${POLICY} › let replies to allowed connections pass`),
    behaviour(
      'egress to Services is judged after DNAT',
      `${POLICY} › see the endpoint behind a Service, not its cluster IP`,
      `${POLICY} › see the address of another node where a node port is used`,
    ),
    behaviour(
      'DNS forgotten in an egress policy',
      `${POLICY} › that forget DNS leave names unresolved, and say so`,
      `${CLUSTER} › needs a way to CoreDNS, whose Service is seen as its Pods`,
    ),
    behaviour(
      'hostNetwork Pods',
      `${CLUSTER} › with the host’s network are known by the address of their node, and no policy holds them`,
    ),
    behaviour(
      'traffic of nodes and probes',
      `${CLUSTER} › probes of the kubelet, and all that the own node sends`,
      `${POLICY} › see the client that comes over a node port of their own node, and the node that passed it on`,
    ),
    behaviour('ping', `${POLICY} › drop pings unless a rule names no port`),
    behaviour('deleted policies hold nothing', `${CLUSTER} › everything again when they are deleted`),
  ],
}
