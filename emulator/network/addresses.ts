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

const DOT = 46
const ZERO = 48

/** Dotted IPv4 to a number; undefined if it is none. Every packet asks this several times. */
export function parseIPv4(address: string): number | undefined {
  let value = 0
  let byte = 0
  let digits = 0
  let dots = 0
  for (let at = 0; at < address.length; at += 1) {
    const code = address.charCodeAt(at)
    if (code === DOT) {
      if (digits === 0 || dots === 3) return undefined
      value = value * 256 + byte
      byte = 0
      digits = 0
      dots += 1
      continue
    }
    const digit = code - ZERO
    if (digit < 0 || digit > 9 || digits === 3) return undefined
    byte = byte * 10 + digit
    digits += 1
    if (byte > 255) return undefined
  }
  return dots === 3 && digits > 0 ? value * 256 + byte : undefined
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
  return address.startsWith('127.') && parseIPv4(address) !== undefined
}
