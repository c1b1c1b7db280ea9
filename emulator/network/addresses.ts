import type { AddressPool } from '../controllers/load-balancer.ts'

/** The emulated networks: those of the notes, and flannel's rule of one /24 of the Pod network a node. */
export interface NetworkSettings {
  readonly podCidr: string
  readonly serviceCidr: string
  /** The nodes' network, where the laptop is too. */
  readonly lanCidr: string
  readonly gateway: string
  /** What a load balancer gives out and announces on the nodes' network; undefined where there is none. */
  readonly loadBalancerPool?: AddressPool | undefined
}

export function inPool(address: string, { prefix, first, last }: AddressPool): boolean {
  const number = Number(address.slice(prefix.length + 1))
  return address.startsWith(`${prefix}.`) && number >= first && number <= last
}

export const DEFAULT_SETTINGS: NetworkSettings = Object.freeze({
  podCidr: '10.244.0.0/16',
  serviceCidr: '10.96.0.0/12',
  lanCidr: '192.168.1.0/24',
  gateway: '192.168.1.1',
})

/** Dotted IPv4 to a number; undefined if it is none. */
export function parseIPv4(address: string): number | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)
  if (match === null) return undefined
  let value = 0
  for (const part of match.slice(1)) {
    const byte = Number(part)
    if (byte > 255) return undefined
    value = value * 256 + byte
  }
  return value
}

/** True if an IPv4 address lies in a CIDR block. A block that cannot be read holds nothing. */
export function inCidr(address: string, cidr: string): boolean {
  const [network = '', bits = '32'] = cidr.split('/')
  const value = parseIPv4(address)
  const base = parseIPv4(network)
  const length = Number(bits)
  if (value === undefined || base === undefined || !(length >= 0 && length <= 32)) return false
  const size = 2 ** (32 - length)
  return Math.floor(value / size) === Math.floor(base / size)
}

/** First address after the network's own: the bridge (cni0) of a node's Pod network. */
export function bridgeAddress(podCidr: string): string {
  const [network = ''] = podCidr.split('/')
  return network.replace(/\.\d+$/, '.1')
}

/** True for 127.0.0.0/8. */
export function isLoopback(address: string): boolean {
  return inCidr(address, '127.0.0.0/8')
}
