import { isLoopback } from '../addresses.ts'
import { next, type Packet, type Stage, type StageContext, type StageResult } from '../packet.ts'
import { decide, type PolicyQuestion } from '../policy/decide.ts'
import { policySubject, sentenceOf } from '../policy/sentence.ts'
import { machineByAddress, podByAddress, podByName } from '../world.ts'

/**
 * Egress policies of the sending Pod for what leaves its node for another node's own address: no rule of kube-proxy
 * on this node has rewritten it, so policies see the node's address.
 */
export const egressToNode: Stage = (packet, context) => {
  const { address } = packet.destination
  if (packet.service !== undefined || packet.at.address === address) return next(packet)
  return machineByAddress(context.world, address) === undefined ? next(packet) : egressPolicy(packet, context)
}

/**
 * Egress policies of the sending Pod, enforced on its node after kube-proxy: they see the chosen endpoint, not the
 * Service's address. What a Pod sends to itself no policy can stop.
 */
export const egressPolicy: Stage = (packet, context) => {
  const { sender, destination, protocol } = packet
  if (sender === undefined || !hasPolicies(context)) return next(packet)
  const pod = podByName(context.world, sender.namespace, sender.name)
  const { address, port } = destination
  if (pod === undefined || isLoopback(address) || address === pod.status?.podIP) return next(packet)
  const peer = { address, pod: podByAddress(context.world, address) }
  return enforce({ direction: 'Egress', pod, peer, target: targetOf(protocol, port) }, packet, context)
}

/**
 * Ingress policies of the receiving Pod, enforced on its node. There the source is what it was before this node
 * masqueraded it; another node that passed the packet on has put its own address in. A Pod's own node may always reach
 * it: otherwise the kubelet's probes would fail.
 */
export const ingressPolicy: Stage = (packet, context) => {
  const { world } = context
  const { address, port } = packet.destination
  if (!hasPolicies(context)) return next(packet)
  const pod = podByAddress(world, address)
  if (pod === undefined) return next(packet)
  const atHome = pod.spec?.nodeName === packet.at.name
  if (atHome && packet.localSource) return next(packet)
  const source = atHome ? (packet.unmasqueraded ?? packet.source) : packet.source
  if (source === address) return next(packet)
  const peer = { address: source, pod: podByAddress(world, source) }
  return enforce({ direction: 'Ingress', pod, peer, target: targetOf(packet.protocol, port) }, packet, context)
}

/** ICMP has no ports: ping sends to port 0. */
function targetOf(protocol: Packet['protocol'], port: number): PolicyQuestion['target'] {
  return port === 0 ? undefined : { port, protocol }
}

function hasPolicies({ world }: StageContext): boolean {
  return world.objects.networkPolicies().length > 0
}

function enforce(question: PolicyQuestion, packet: Packet, { world, hops }: StageContext): StageResult {
  const verdict = decide(question, world.objects)
  const sentence = sentenceOf(question, verdict)
  const onward = question.direction === 'Egress' ? { sender: undefined } : {}
  if (verdict.kind === 'open' || sentence === undefined) return next(packet, onward)
  if (verdict.kind === 'denied') {
    return hops.end('dropped', policySubject(verdict.policies[0]), sentence.code, sentence.params)
  }
  hops.add('pass', policySubject(verdict.policy), sentence.code, sentence.params)
  return next(packet, onward)
}
