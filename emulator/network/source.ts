import type { Packet } from './packet.ts'
import type { Place } from './types.ts'
import { isFinished, machineByName, type NetworkMachine, podByName, type World } from './world.ts'

/** Where a packet starts: the host whose stack sends it, and the address it carries. */
export type Source = Pick<Packet, 'from' | 'at' | 'sourcePod' | 'source' | 'localSource'>

/** Finds the stack of a place; undefined if it does not run: a machine that is off, a Pod without an address. */
export function findSource(world: World, from: Place): Source | undefined {
  if (from.kind === 'machine') {
    const machine = machineByName(world, from.name)
    return machine?.powered === true ? ofMachine(from, machine) : undefined
  }
  const pod = podByName(world, from.namespace, from.name)
  const node = machineByName(world, pod?.spec?.nodeName ?? '')
  if (pod === undefined || node === undefined || !node.powered || isFinished(pod)) return undefined
  if (pod.spec?.hostNetwork === true) return ofMachine(from, node)
  // A process may send before the kubelet has written the status of the Pod that it starts.
  const address = pod.status?.podIP ?? world.containers.byPod(pod.metadata?.uid ?? '')[0]?.spec.podIP
  if (address === undefined) return undefined
  return {
    from,
    at: node,
    sourcePod: { namespace: from.namespace, name: from.name },
    source: address,
    localSource: false,
  }
}

function ofMachine(from: Place, machine: NetworkMachine): Source {
  return { from, at: machine, sourcePod: undefined, source: machine.address, localSource: true }
}

/** A file of a place: the machine's, or that of the Pod's first container. */
export function readFileOf(world: World, source: Source, path: string): string | undefined {
  const { from } = source
  if (from.kind === 'machine') return source.at.files.read(path)
  const container = world.containers
    .byPodIP(source.source)
    .find(
      (candidate) =>
        candidate.spec.podName === from.name &&
        candidate.spec.namespace === from.namespace &&
        candidate.state.kind === 'running',
    )
  return container?.files.read(path) ?? source.at.files.read(path)
}
