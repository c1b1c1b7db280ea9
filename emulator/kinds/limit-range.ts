import { defineKind } from '../api/kind.ts'
import { canonicalQuantities } from '../api/quantity.ts'
import type { LimitRange, LimitRangeItem } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeLimitRange } from './limit-range/describe.ts'
import { validateLimitRange } from './limit-range/validate.ts'

export const limitRange = defineKind<LimitRange>({
  group: '',
  version: 'v1',
  kind: 'LimitRange',
  plural: 'limitranges',
  singular: 'limitrange',
  shortNames: ['limits'],
  scope: 'Namespaced',
  schema: 'LimitRange',
  default: (object) => ({
    ...object,
    ...(object.spec && { spec: { ...object.spec, limits: (object.spec.limits ?? []).map(defaultItem) } }),
  }),
  strategy: { bumpsGeneration: () => false },
  validate: validateLimitRange,
  columns: [nameColumn, { name: 'Created At', cell: ({ metadata }) => metadata?.creationTimestamp ?? '' }],
  describe: describeLimitRange,
})

/** What a container gets follows from what it may have (upstream: pkg/apis/core/v1/defaults.go SetDefaults_LimitRangeItem). */
function defaultItem(given: LimitRangeItem): LimitRangeItem {
  const item = canonicalItem(given)
  if (item.type !== 'Container') return item
  const limits = { ...item.max, ...item.default }
  const requests = { ...item.min, ...limits, ...item.defaultRequest }
  return {
    ...item,
    ...(Object.keys(limits).length > 0 && { default: limits }),
    ...(Object.keys(requests).length > 0 && { defaultRequest: requests }),
  }
}

function canonicalItem({ type, ...lists }: LimitRangeItem): LimitRangeItem {
  const written = Object.entries(lists).map(([name, list]) => [name, list && canonicalQuantities(list)])
  return { ...Object.fromEntries(written), type }
}
