import type { EndpointAddress, EndpointSubset } from '../generated/types.ts'

/** What one Endpoints object takes. */
const CAPACITY = 1000

/**
 * As many addresses as Endpoints take, ready ones first, shared among the subsets by their size; undefined if all fit
 * (upstream: pkg/controller/endpoint/endpoints_controller.go truncateEndpoints).
 */
export function truncatedSubsets(subsets: readonly EndpointSubset[]): readonly EndpointSubset[] | undefined {
  const ready = count(subsets, 'addresses')
  const rest = count(subsets, 'notReadyAddresses')
  if (ready + rest <= CAPACITY) return undefined
  if (ready <= CAPACITY) return shared(subsets, 'notReadyAddresses', CAPACITY - ready, rest)
  const served = subsets.map(({ notReadyAddresses: _, ...subset }) => subset)
  return shared(served, 'addresses', CAPACITY, ready)
}

type Addresses = 'addresses' | 'notReadyAddresses'

const count = (subsets: readonly EndpointSubset[], name: Addresses): number =>
  subsets.reduce((sum, subset) => sum + (subset[name]?.length ?? 0), 0)

function shared(
  subsets: readonly EndpointSubset[],
  name: Addresses,
  capacity: number,
  total: number,
): readonly EndpointSubset[] {
  let left = capacity
  return subsets.map((subset) => {
    const { [name]: all = [], ...others } = subset
    const kept: readonly EndpointAddress[] = all.slice(0, Math.min(left, Math.ceil((all.length / total) * capacity)))
    left -= kept.length
    return kept.length === 0 ? others : { ...subset, [name]: kept }
  })
}
