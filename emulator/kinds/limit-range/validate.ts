import { type FieldError, field } from '../../api/field.ts'
import { parseQuantity } from '../../api/quantity.ts'
import type { LimitRange, LimitRangeItem } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'

const TYPES = ['Pod', 'Container', 'PersistentVolumeClaim']

/** Everything that can be wrong with a LimitRange (upstream: pkg/apis/core/validation ValidateLimitRange). */
export function validateLimitRange({ spec }: LimitRange): readonly FieldError[] {
  const limits = spec?.limits ?? []
  return limits.flatMap((item, index) => {
    const path = `spec.limits[${index}]`
    const again = limits.slice(0, index).some(({ type }) => type === item.type)
    return [
      ...(TYPES.includes(item.type) || item.type.includes('/')
        ? []
        : [field.invalid(`${path}.type`, item.type, 'must be a standard limit type or fully qualified')]),
      ...(again ? [field.duplicate(`${path}.type`, item.type)] : []),
      ...typeErrors(path, item),
      ...resourcesOf(item).flatMap((resource) => amountErrors(path, item, resource)),
    ]
  })
}

/** The resources that an item speaks of, sorted. */
export const resourcesOf = ({ type: _type, ...lists }: LimitRangeItem): readonly string[] =>
  [...new Set(Object.values(lists).flatMap((list) => Object.keys(list ?? {})))].sort(byBytes)

function typeErrors(path: string, item: LimitRangeItem): readonly FieldError[] {
  if (item.type === 'Pod') {
    const refused = (['default', 'defaultRequest'] as const).filter((name) => Object.keys(item[name] ?? {}).length > 0)
    return refused.map((name) => field.forbidden(`${path}.${name}`, "may not be specified when `type` is 'Pod'"))
  }
  const claim = item.type === 'PersistentVolumeClaim'
  return claim && item.min?.storage === undefined && item.max?.storage === undefined
    ? [field.required(path, 'either minimum or maximum storage value is required, but neither was provided')]
    : []
}

function amountErrors(path: string, item: LimitRangeItem, resource: string): readonly FieldError[] {
  const of = (name: 'min' | 'max' | 'default' | 'defaultRequest' | 'maxLimitRequestRatio') => item[name]?.[resource]
  const [min, max, limit, request, ratio] = [
    of('min'),
    of('max'),
    of('default'),
    of('defaultRequest'),
    of('maxLimitRequestRatio'),
  ]
  const errors: FieldError[] = []
  const ordered = (
    name: string,
    shown: string | undefined,
    low?: string,
    lowName = '',
    high?: string,
    highName = '',
  ) => {
    if (low === undefined || high === undefined || amount(low) <= amount(high)) return
    const detail = `${lowName} value ${low} is greater than ${highName} value ${high}`
    errors.push(field.invalid(`${path}.${name}[${resource}]`, shown, detail))
  }
  ordered('min', min, min, 'min', max, 'max')
  ordered('defaultRequest', request, min, 'min', request, 'default request')
  ordered('defaultRequest', request, request, 'default request', max, 'max')
  ordered('defaultRequest', request, request, 'default request', limit, 'default limit')
  ordered('default', limit, min, 'min', limit, 'default')
  ordered('default', limit, limit, 'default', max, 'max')
  if (ratio !== undefined && amount(ratio) < amount('1'))
    errors.push(field.invalid(`${path}.maxLimitRequestRatio[${resource}]`, ratio, `ratio ${ratio} is less than 1`))
  return errors
}

const amount = (text: string): bigint => parseQuantity(text)?.nano ?? 0n
