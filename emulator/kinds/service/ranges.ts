import type { ServiceCIDR } from '../../generated/types.ts'
import { parseIPv4 } from '../validation/addresses.ts'

/** Addresses of one range that Services may have; the lower ones are left to people. */
export interface AddressRange {
  readonly cidr: string
  readonly first: number
  readonly last: number
  readonly staticSize: number
}

const DEFAULT_CIDR = '10.96.0.0/12'

/** Upstream: pkg/registry/core/service/ipallocator calculateRangeOffset. */
const staticSizeOf = (size: number): number => (size <= 16 ? 0 : Math.min(Math.max(16, Math.floor(size / 16)), 256))

function rangeOf(cidr: string): AddressRange | undefined {
  const [address = '', length = ''] = cidr.split('/')
  const base = parseIPv4(address)
  const bits = 32 - Number(length)
  // Without room between the network's own address and that of all, nothing can be given.
  if (base === undefined || !(bits >= 2 && bits <= 31)) return undefined
  const size = 2 ** bits - 2
  return { cidr, first: base + 1, last: base + size, staticSize: staticSizeOf(size) }
}

const DEFAULT_RANGES = [DEFAULT_CIDR].flatMap((cidr) => rangeOf(cidr) ?? [])

/** Ranges that are ready, that of the cluster first; before there is any, the one that the API server was started with (upstream: ipallocator/cidrallocator.go). */
export function addressRanges(ranges: readonly ServiceCIDR[]): readonly AddressRange[] {
  if (ranges.length === 0) return DEFAULT_RANGES
  const rank = ({ metadata }: ServiceCIDR): number => (metadata?.name === 'kubernetes' ? 0 : 1)
  return ranges
    .filter(
      ({ metadata, status }) =>
        metadata?.deletionTimestamp === undefined &&
        status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True'),
    )
    .sort((a, b) => rank(a) - rank(b))
    .flatMap(({ spec }) => (spec?.cidrs ?? []).flatMap((cidr) => rangeOf(cidr) ?? []))
}
