import { formatIPv4, parseIPv4 } from './addresses.ts'

/** Warnings about addresses that are taken but read in more than one way (upstream: apimachinery/pkg/util/validation/ip.go). */

const IPV4_IN_IPV6 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i

/** An address with leading zeros, or an IPv4 address written as IPv6. */
export function ipWarnings(path: string, text: string): readonly string[] {
  const inner = IPV4_IN_IPV6.exec(text)?.[1] ?? text
  const value = parseIPv4(inner)
  if (value === undefined || formatIPv4(value) === text) return []
  return [
    `${path}: non-standard IP address ${JSON.stringify(text)} will be considered invalid in a future Kubernetes release: use ${JSON.stringify(formatIPv4(value))}`,
  ]
}

/** A range with leading zeros, or one that names an address within itself. */
export function cidrWarnings(path: string, text: string): readonly string[] {
  const [address = '', length = ''] = text.trim().split('/')
  const value = parseIPv4(address)
  if (value === undefined || !/^\d{1,2}$/.test(length) || Number(length) > 32) return []
  const size = 2 ** (32 - Number(length))
  const range = `${formatIPv4(value - (value % size))}/${Number(length)}`
  if (value % size !== 0)
    return [
      `${path}: CIDR value ${JSON.stringify(text)} is ambiguous in this context (should be ${JSON.stringify(range)} or ${JSON.stringify(`${formatIPv4(value)}/32`)}?)`,
    ]
  return range === text.trim()
    ? []
    : [
        `${path}: non-standard CIDR value ${JSON.stringify(text)} will be considered invalid in a future Kubernetes release: use ${JSON.stringify(range)}`,
      ]
}
