import { type FieldError, field } from '../../api/field.ts'
import { qualifiedNameErrors } from '../../api/names.ts'
import { formatQuantity, milliValue, parseQuantity, type Quantity, wholeValue } from '../../api/quantity.ts'
import type { LimitRange, LimitRangeItem } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'
import { containerResourceNameErrors } from '../pod/validate-resources.ts'
import { nameErrors } from '../validation/names.ts'
import { allowsOvercommit, resourceNameErrors } from '../validation/resource-names.ts'

type Errors = readonly FieldError[]

const TYPES = ['Pod', 'Container', 'PersistentVolumeClaim']

/** Everything that can be wrong with a LimitRange (upstream: pkg/apis/core/validation ValidateLimitRange). */
export function validateLimitRange({ spec }: LimitRange): Errors {
  const limits = spec?.limits ?? []
  return limits.flatMap((item, index) => {
    const path = `spec.limits[${index}]`
    const again = limits.slice(0, index).some(({ type }) => type === item.type)
    return [
      ...typeErrors(`${path}.type`, item.type),
      ...(again ? [field.duplicate(`${path}.type`, item.type)] : []),
      ...namesErrors(path, item, ['max', 'min']),
      ...(item.type === 'Pod' ? podErrors(path, item) : namesErrors(path, item, ['default', 'defaultRequest'])),
      ...(item.type === 'PersistentVolumeClaim' && item.min?.storage === undefined && item.max?.storage === undefined
        ? [
            field.required(
              `${path}.limits`,
              'either minimum or maximum storage value is required, but neither was provided',
            ),
          ]
        : []),
      ...namesErrors(path, item, ['maxLimitRequestRatio']),
      ...resourcesOf(item).flatMap((resource) => amountErrors(path, item, resource)),
    ]
  })
}

/** The resources that an item speaks of, sorted. */
export const resourcesOf = ({ type: _type, ...lists }: LimitRangeItem): readonly string[] =>
  [...new Set(Object.values(lists).flatMap((list) => Object.keys(list ?? {})))].sort(byBytes)

function typeErrors(path: string, type: string): Errors {
  const wrong = nameErrors(path, type, qualifiedNameErrors)
  if (wrong.length > 0 || type.includes('/') || TYPES.includes(type)) return wrong
  return [field.invalid(path, type, 'must be a standard limit type or fully qualified')]
}

const podErrors = (path: string, item: LimitRangeItem): Errors =>
  (['default', 'defaultRequest'] as const)
    .filter((name) => Object.keys(item[name] ?? {}).length > 0)
    .map((name) => field.forbidden(`${path}.${name}`, "may not be specified when `type` is 'Pod'"))

type ListName = 'max' | 'min' | 'default' | 'defaultRequest' | 'maxLimitRequestRatio'

function namesErrors(path: string, item: LimitRangeItem, lists: readonly ListName[]): Errors {
  const rule = item.type === 'Pod' || item.type === 'Container' ? containerResourceNameErrors : resourceNameErrors
  return lists.flatMap((list) =>
    Object.keys(item[list] ?? {})
      .sort(byBytes)
      .flatMap((resource) => rule(`${path}.${list}[${resource}]`, resource)),
  )
}

function amountErrors(path: string, item: LimitRangeItem, resource: string): Errors {
  const of = (name: ListName): Quantity | undefined =>
    item.type === 'Pod' && (name === 'default' || name === 'defaultRequest')
      ? undefined
      : parseQuantity(item[name]?.[resource] ?? '')
  const [min, max, limit, request] = [of('min'), of('max'), of('default'), of('defaultRequest')]
  const errors: FieldError[] = []
  const ordered = (
    name: ListName,
    shown: Quantity | undefined,
    [low, lowName]: readonly [Quantity | undefined, string],
    [high, highName]: readonly [Quantity | undefined, string],
  ): void => {
    if (!low || !high || low.nano <= high.nano) return
    const detail = `${lowName} value ${formatQuantity(low)} is greater than ${highName} value ${formatQuantity(high)}`
    errors.push(field.invalid(`${path}.${name}[${resource}]`, shown && formatQuantity(shown), detail))
  }
  ordered('min', min, [min, 'min'], [max, 'max'])
  ordered('defaultRequest', request, [min, 'min'], [request, 'default request'])
  ordered('defaultRequest', request, [request, 'default request'], [max, 'max'])
  ordered('defaultRequest', request, [request, 'default request'], [limit, 'default limit'])
  ordered('default', min, [min, 'min'], [limit, 'default'])
  ordered('default', max, [limit, 'default'], [max, 'max'])
  errors.push(...ratioErrors(`${path}.maxLimitRequestRatio[${resource}]`, of('maxLimitRequestRatio'), min, max))
  if (limit && request && !allowsOvercommit(resource) && limit.nano !== request.nano) {
    const detail = `default value ${formatQuantity(limit)} must equal to defaultRequest value ${formatQuantity(request)} in ${resource}`
    errors.push(field.invalid(`${path}.defaultRequest[${resource}]`, formatQuantity(request), detail))
  }
  return errors
}

/** Beyond this, thousandths would not fit (upstream: resource.MaxMilliValue). */
const MAX_MILLI = 9_223_372_036_854_775n

function ratioErrors(
  path: string,
  ratio: Quantity | undefined,
  min: Quantity | undefined,
  max: Quantity | undefined,
): Errors {
  if (!ratio) return []
  const shown = formatQuantity(ratio)
  const errors: FieldError[] =
    ratio.nano < 1_000_000_000n ? [field.invalid(path, shown, `ratio ${shown} is less than 1`)] : []
  if (!min || !max) return errors
  const fine = [ratio, min, max].every((each) => wholeValue(each) < MAX_MILLI)
  const value = fine ? Number(milliValue(ratio)) / 1000 : Number(wholeValue(ratio))
  const limit = fine
    ? Number(milliValue(max)) / Number(milliValue(min))
    : Number(wholeValue(max)) / Number(wholeValue(min))
  return value > limit
    ? [...errors, field.invalid(path, shown, `ratio ${shown} is greater than max/min = ${limit.toFixed(6)}`)]
    : errors
}
