import type { LimitRange } from '../../generated/types.ts'
import { nameLines } from '../describe/lines.ts'
import { resourcesOf } from './validate.ts'

const HEADER = [
  'Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio',
  '----\t--------\t---\t---\t---------------\t-------------\t-----------------------',
]

/** `kubectl describe limitrange` (upstream: k8s.io/kubectl/pkg/describe/describe.go describeLimitRangeSpec). */
export const describeLimitRange = (range: LimitRange): readonly string[] => [
  ...nameLines(range),
  ...HEADER,
  ...rows(range),
]

/** The section of `kubectl describe namespace`. */
export function limitRangeSection(ranges: readonly LimitRange[]): readonly string[] {
  if (ranges.length === 0) return ['No LimitRange resource.']
  return ['Resource Limits', ...[...HEADER, ...ranges.flatMap(rows)].map((line) => ` ${line}`)]
}

const rows = ({ spec }: LimitRange): readonly string[] =>
  (spec?.limits ?? []).flatMap((item) =>
    resourcesOf(item).map((resource) =>
      [
        item.type,
        resource,
        ...[item.min, item.max, item.defaultRequest, item.default, item.maxLimitRequestRatio].map(
          (list) => list?.[resource] ?? '-',
        ),
      ].join('\t'),
    ),
  )
