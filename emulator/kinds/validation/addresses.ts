import { type FieldError, field } from '../../api/field.ts'

/** IP addresses and CIDRs as fields (upstream: pkg/apis/core/validation and apimachinery/pkg/util/validation/ip.go). */

/** The four bytes of an IPv4 address, or undefined. Leading zeros are allowed here and refused by `ipErrors`. */
export function parseIPv4(text: string): number | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined
  return parts.reduce((value, part) => value * 256 + Number(part), 0)
}

export function formatIPv4(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')
}

/** Is this text an IPv6 address? Zones are not. */
export function isIPv6(text: string): boolean {
  if (!text.includes(':') || !/^[0-9a-fA-F:.]+$/.test(text)) return false
  const halves = text.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups[groups.length - 1] ?? ''
  const embedded = last.includes('.')
  if (embedded && parseIPv4(last) === undefined) return false
  const hex = embedded ? groups.slice(0, -1) : groups
  if (!hex.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false
  const count = hex.length + (embedded ? 2 : 0)
  return halves.length === 2 ? count < 8 : count === 8
}

/** The sixteen bytes of an IPv6 address, or undefined. */
function parseIPv6(text: string): bigint | undefined {
  if (!isIPv6(text)) return undefined
  const groupsOf = (half: string): readonly number[] =>
    half
      .split(':')
      .filter((group) => group !== '')
      .flatMap((group) => {
        const ipv4 = parseIPv4(group)
        return ipv4 === undefined ? [Number.parseInt(group, 16)] : [Math.floor(ipv4 / 65536), ipv4 % 65536]
      })
  const [head = '', tail = ''] = text.split('::')
  const [first, last] = [groupsOf(head), groupsOf(tail)]
  const zeros = Array<number>(8 - first.length - last.length).fill(0)
  return [...first, ...zeros, ...last].reduce((value, group) => (value << 16n) | BigInt(group), 0n)
}

/** A block of addresses of either family; undefined for what is none. */
function parseBlock(
  cidr: string,
): { readonly base: bigint; readonly length: number; readonly bits: number } | undefined {
  const [address = '', length = ''] = cidr.split('/')
  const ipv4 = parseIPv4(address)
  const base = ipv4 === undefined ? parseIPv6(address) : BigInt(ipv4)
  const bits = ipv4 === undefined ? 128 : 32
  return base === undefined || !/^\d{1,3}$/.test(length) || Number(length) > bits
    ? undefined
    : { base, length: Number(length), bits }
}

/** Does a block lie within another and hold less? Undefined if one cannot be read. */
export function isStrictSubset(part: string, whole: string): boolean | undefined {
  const [inner, outer] = [parseBlock(part), parseBlock(whole)]
  if (!inner || !outer) return undefined
  const shift = BigInt(outer.bits - outer.length)
  return inner.bits === outer.bits && inner.length > outer.length && inner.base >> shift === outer.base >> shift
}

export const familyOf = (ip: string): 'IPv4' | 'IPv6' => (ip.includes(':') ? 'IPv6' : 'IPv4')

/** A well-formed address. Since 1.36 leading zeros and IPv4-mapped IPv6 are refused in new values. */
export function ipErrors(path: string, value: string, existing: readonly string[] = []): readonly FieldError[] {
  if (existing.includes(value)) return []
  if (parseIPv4(value) === undefined && !isIPv6(value))
    return [field.invalid(path, value, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')]
  if (/^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(value))
    return [field.invalid(path, value, 'must not be an IPv4-mapped IPv6 address')]
  return /(^|\.)0\d/.test(value) ? [field.invalid(path, value, 'must not have leading 0s')] : []
}

/** A well-formed CIDR. */
export function cidrErrors(path: string, value: string, existing: readonly string[] = []): readonly FieldError[] {
  if (existing.includes(value)) return []
  const [address = '', length = '', ...rest] = value.split('/')
  const bits = isIPv6(address) ? 128 : parseIPv4(address) === undefined ? -1 : 32
  if (rest.length > 0 || !/^\d{1,3}$/.test(length) || Number(length) > bits)
    return [field.invalid(path, value, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')]
  if (/(^|\.)0\d/.test(address) || /^0\d/.test(length))
    return [field.invalid(path, value, 'must not have leading 0s in IP or prefix length')]
  const base = bits === 32 ? BigInt(parseIPv4(address) ?? 0) : (parseIPv6(address) ?? 0n)
  const host = base & ((1n << BigInt(bits - Number(length))) - 1n)
  return host === 0n ? [] : [field.invalid(path, value, 'must not have bits set beyond the prefix length')]
}

/** An address that an endpoint or externalIPs may have (upstream: ValidateEndpointIP). */
export function endpointIPErrors(path: string, value: string): readonly FieldError[] {
  const ipv4 = parseIPv4(value)
  const text = value.toLowerCase()
  const errors: FieldError[] = []
  if (ipv4 === 0 || /^[0:]+$/.test(text)) errors.push(field.invalid(path, value, `may not be unspecified (${value})`))
  if (ipv4 !== undefined ? ipv4 >>> 24 === 127 : /^[0:]*:0*1$/.test(text))
    errors.push(field.invalid(path, value, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'))
  if (ipv4 !== undefined ? ipv4 >>> 16 === 0xa9fe : /^fe[89ab]/.test(text))
    errors.push(field.invalid(path, value, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'))
  if (ipv4 !== undefined ? ipv4 >>> 8 === 0xe00000 : /^ff.2:/.test(text))
    errors.push(field.invalid(path, value, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'))
  return errors
}

/** Does an IPv4 range hold this address? */
export function cidrContains(cidr: string, ip: string): boolean {
  const [base = '', length = ''] = cidr.split('/')
  const [from, address] = [parseIPv4(base), parseIPv4(ip)]
  if (from === undefined || address === undefined) return false
  return address >= from && address < from + 2 ** (32 - Number(length))
}
