/** Addresses and ranges (upstream: apiserver/pkg/cel/library/ip.go, cidr.go). */
import type { Environment } from '@marcbachmann/cel-js'

class CelIP {
  readonly value: bigint
  readonly bits: 32 | 128
  constructor(value: bigint, bits: 32 | 128) {
    this.value = value
    this.bits = bits
  }
  toString(): string {
    return this.bits === 32 ? ipv4Text(this.value) : ipv6Text(this.value)
  }
}

class CelCIDR {
  readonly ip: CelIP
  readonly length: number
  constructor(ip: CelIP, length: number) {
    this.ip = ip
    this.length = length
  }
  toString(): string {
    return `${this.ip}/${this.length}`
  }
}

const ipv4Text = (value: bigint): string => [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.')

function ipv6Text(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => ((value >> BigInt(112 - index * 16)) & 0xffffn).toString(16))
  const runs = [
    ...groups
      .map((group) => (group === '0' ? '0' : 'x'))
      .join('')
      .matchAll(/0{2,}/g),
  ]
  const longest = runs.sort((a, b) => b[0].length - a[0].length)[0]
  if (!longest) return groups.join(':')
  return `${groups.slice(0, longest.index).join(':')}::${groups.slice(longest.index + longest[0].length).join(':')}`
}

function parseIPv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n)
}

function parseIPv6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (!text.includes(':') || halves.length > 2) return undefined
  const sides = halves.map((half) => (half === '' ? [] : half.split(':')))
  const last = sides[sides.length - 1] ?? []
  const tail = last[last.length - 1] ?? ''
  if (tail.includes('.')) {
    const inner = parseIPv4(tail)
    if (inner === undefined) return undefined
    last.splice(-1, 1, (inner >> 16n).toString(16), (inner & 0xffffn).toString(16))
  }
  const [first = [], second = []] = sides
  const missing = 8 - first.length - second.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const groups = [...first, ...Array<string>(missing).fill('0'), ...second]
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n)
}

function parseIP(text: string): CelIP | undefined {
  const ipv4 = parseIPv4(text)
  if (ipv4 !== undefined) return new CelIP(ipv4, 32)
  const ipv6 = parseIPv6(text)
  // An IPv4 address in an IPv6 one is refused (upstream: ip.go parseIPAddr).
  return ipv6 === undefined || ipv6 >> 32n === 0xffffn ? undefined : new CelIP(ipv6, 128)
}

function ip(text: string): CelIP {
  const parsed = parseIP(text)
  if (!parsed)
    throw new Error(
      `IP Address "${text}" parse error during conversion from string: ParseAddr("${text}"): unable to parse IP`,
    )
  return parsed
}

function parseCIDR(text: string): CelCIDR | undefined {
  const [address = '', length = '', more] = text.split('/')
  const parsed = parseIP(address)
  if (!parsed || more !== undefined || !/^(0|[1-9]\d{0,2})$/.test(length) || Number(length) > parsed.bits)
    return undefined
  return new CelCIDR(parsed, Number(length))
}

function cidr(text: string): CelCIDR {
  const parsed = parseCIDR(text)
  if (!parsed)
    throw new Error(`network address parse error during conversion from string: netip.ParsePrefix("${text}"): no '/'`)
  return parsed
}

const prefix = ({ ip: { value, bits } }: CelCIDR, length: number): bigint => value >> BigInt(bits - length)

const containsIP = (range: CelCIDR, address: CelIP): boolean =>
  range.ip.bits === address.bits && prefix(range, range.length) === address.value >> BigInt(address.bits - range.length)

const containsRange = (outer: CelCIDR, inner: CelCIDR): boolean =>
  inner.length >= outer.length && containsIP(outer, inner.ip)

function masked({ ip: { value, bits }, length }: CelCIDR): CelCIDR {
  const host = BigInt(bits - length)
  return new CelCIDR(new CelIP((value >> host) << host, bits), length)
}

const within = (range: string, { value, bits }: CelIP): boolean => containsIP(cidr(range), new CelIP(value, bits))
const isLoopback = (a: CelIP): boolean => within(a.bits === 32 ? '127.0.0.0/8' : '::1/128', a)
const isUnspecified = (a: CelIP): boolean => a.value === 0n
const isLinkLocal = (a: CelIP): boolean => within(a.bits === 32 ? '169.254.0.0/16' : 'fe80::/10', a)
const isLinkLocalMulticast = (a: CelIP): boolean =>
  a.bits === 32 ? within('224.0.0.0/24', a) : ((a.value >> 112n) & 0xff0fn) === 0xff02n
const isMulticast = (a: CelIP): boolean => within(a.bits === 32 ? '224.0.0.0/4' : 'ff00::/8', a)
const isGlobalUnicast = (a: CelIP): boolean =>
  !isUnspecified(a) &&
  !isLoopback(a) &&
  !isMulticast(a) &&
  !isLinkLocal(a) &&
  !(a.bits === 32 && a.value === 0xffffffffn)

export function registerAddresses(environment: Environment): void {
  const [address, range] = ['net.IP', 'net.CIDR']
  environment
    .registerType(address, CelIP)
    .registerType(range, CelCIDR)
    .registerFunction(`ip(string): ${address}`, ip)
    .registerFunction('isIP(string): bool', (text: string) => parseIP(text) !== undefined)
    .registerFunction('ip_isCanonical(string): bool', (text: string) => String(ip(text)) === text)
    .registerFunction(`${address}.family(): int`, (a: CelIP) => (a.bits === 32 ? 4n : 6n))
    .registerFunction(`${address}.isUnspecified(): bool`, isUnspecified)
    .registerFunction(`${address}.isLoopback(): bool`, isLoopback)
    .registerFunction(`${address}.isLinkLocalMulticast(): bool`, isLinkLocalMulticast)
    .registerFunction(`${address}.isLinkLocalUnicast(): bool`, isLinkLocal)
    .registerFunction(`${address}.isGlobalUnicast(): bool`, isGlobalUnicast)
    .registerFunction(`string(${address}): string`, String)
    .registerFunction(`cidr(string): ${range}`, cidr)
    .registerFunction('isCIDR(string): bool', (text: string) => parseCIDR(text) !== undefined)
    .registerFunction(`${range}.containsIP(string): bool`, (a: CelCIDR, text: string) => containsIP(a, ip(text)))
    .registerFunction(`${range}.containsIP(${address}): bool`, containsIP)
    .registerFunction(`${range}.containsCIDR(string): bool`, (a: CelCIDR, text: string) => containsRange(a, cidr(text)))
    .registerFunction(`${range}.containsCIDR(${range}): bool`, containsRange)
    .registerFunction(`${range}.ip(): ${address}`, (a: CelCIDR) => a.ip)
    .registerFunction(`${range}.masked(): ${range}`, masked)
    .registerFunction(`${range}.prefixLength(): int`, (a: CelCIDR) => BigInt(a.length))
    .registerFunction(`string(${range}): string`, String)
    .registerOperator(`${address} == ${address}`, (a: CelIP, b: CelIP) => a.bits === b.bits && a.value === b.value)
    .registerOperator(`${range} == ${range}`, (a: CelCIDR, b: CelCIDR) => String(a) === String(b))
}
