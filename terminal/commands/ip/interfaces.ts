/** Network interfaces of a machine or Pod: what the emulated network works with, as the kernel would show it. */
import type { Cluster, Kube } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import { podsOn } from '../node/node-place.ts'

export interface Interface {
  readonly index: number
  readonly name: string
  /** The other end's index, for one of a pair. */
  readonly peer?: number
  readonly kind: 'loopback' | 'ethernet' | 'bridge' | 'veth'
  readonly mac: string
  readonly address?: string
  readonly length: number
  /** The bridge that it is a port of. */
  readonly master?: string
}

const LOOPBACK: Interface = {
  index: 1,
  name: 'lo',
  kind: 'loopback',
  mac: '00:00:00:00:00:00',
  address: '127.0.0.1',
  length: 8,
}
const FIRST_VETH = 4

export function interfacesOf({ cluster, place, container }: CommandContext): readonly Interface[] {
  if (place.kind === 'machine') return ofMachine(cluster, place.name)
  const spec = cluster.container(place.namespace, place.name, container ?? '')?.spec
  const host = cluster.machines.find(({ address }) => address === spec?.podIP)
  if (host !== undefined) return ofMachine(cluster, host.name)
  if (spec === undefined) return [LOOPBACK]
  const own = veths(cluster, spec.nodeName).find(({ pod }) => pod.metadata?.uid === spec.podUid)
  return [LOOPBACK, { ...ETHERNET, mac: podMac(spec.podIP), address: spec.podIP, peer: own?.index ?? FIRST_VETH }]
}

const ETHERNET = { index: 2, name: 'eth0', kind: 'ethernet', length: 24 } as const

function ofMachine(cluster: Cluster, name: string): readonly Interface[] {
  const machine = cluster.machine(name)
  if (machine === undefined) return [LOOPBACK]
  const eth0: Interface = { ...ETHERNET, mac: macOf(machine.address), address: machine.address }
  const range = podRange(cluster, name)
  if (range === undefined) return [LOOPBACK, eth0]
  const cni0: Interface = {
    index: 3,
    name: 'cni0',
    kind: 'bridge',
    mac: podMac(gatewayOf(range)),
    address: gatewayOf(range),
    length: 24,
  }
  const ports = veths(cluster, name).map(
    ({ pod, index }): Interface => ({
      index,
      name: `veth${hex(hashOf(pod.metadata?.uid ?? ''), 8)}`,
      peer: 2,
      kind: 'veth',
      mac: macOf(pod.metadata?.uid ?? '', '86'),
      length: 24,
      master: 'cni0',
    }),
  )
  return [LOOPBACK, eth0, cni0, ...ports]
}

/** One end of a pair for each Pod with a network of its own, in the order in which they came. */
function veths(cluster: Cluster, node: string): readonly { readonly pod: Kube.Pod; readonly index: number }[] {
  return podsOn(cluster, node)
    .filter(
      ({ spec, status }) => spec?.hostNetwork !== true && status?.podIP !== undefined && status.phase === 'Running',
    )
    .sort((a, b) => String(a.metadata?.creationTimestamp).localeCompare(String(b.metadata?.creationTimestamp)))
    .map((pod, at) => ({ pod, index: FIRST_VETH + at }))
}

/** A node's share of the Pod network, as its Node object has it. */
export function podRange(cluster: Cluster, node: string): string | undefined {
  const { body } = cluster.request({ method: 'GET', path: `/api/v1/nodes/${node}`, query: {}, headers: {} })
  return (body as Partial<Kube.Node>).spec?.podCIDR
}

export const gatewayOf = (range: string): string => range.replace(/\.\d+\/\d+$/, '.1')
export const networkOf = (address: string): string => address.replace(/\.\d+$/, '.0')
export const broadcastOf = (address: string): string => address.replace(/\.\d+$/, '.255')

/** QEMU's first bytes, and the rest from what it belongs to. */
export function macOf(text: string, first = '52'): string {
  const digits = hex(hashOf(text), 8)
  const rest = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)]
  return first === '52' ? `52:54:00:${rest.join(':')}` : `${first}:${digits.slice(6, 8)}:b4:${rest.join(':')}`
}

export const podMac = (address: string): string => macOf(address, '0a')

function hashOf(text: string): number {
  let hash = 0x811c_9dc5
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x0100_0193) >>> 0
  return hash
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')
