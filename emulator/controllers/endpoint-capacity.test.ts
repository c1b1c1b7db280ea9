import { expect, it } from 'vitest'
import { truncatedSubsets } from './endpoint-capacity.ts'

const addresses = (count: number) => Array.from({ length: count }, (_, index) => ({ ip: `10.0.${index}` }))
const counts = (subsets: ReturnType<typeof truncatedSubsets>) =>
  subsets?.map((subset) => [subset.addresses?.length, subset.notReadyAddresses?.length])

it.each([
  ['all that fit', [[600, 400]], undefined],
  [
    'fewer that are not ready',
    [
      [600, 300],
      [300, 100],
    ],
    [
      [600, 75],
      [300, 25],
    ],
  ],
  [
    'none that are not ready, and ready ones by the size of their subset',
    [
      [900, 10],
      [300, 10],
    ],
    [
      [750, undefined],
      [250, undefined],
    ],
  ],
  [
    'parts rounded up until nothing is left',
    [
      [400, 0],
      [400, 0],
      [401, 0],
    ],
    [
      [334, undefined],
      [334, undefined],
      [332, undefined],
    ],
  ],
] as const)('Endpoints keep %s', (_what, given, expected) => {
  const subsets = given.map(([ready, rest]) => ({
    addresses: addresses(ready),
    ...(rest > 0 && { notReadyAddresses: addresses(rest) }),
    ports: [{ port: 80 }],
  }))
  expect(counts(truncatedSubsets(subsets))).toEqual(expected)
})
