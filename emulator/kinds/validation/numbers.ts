import { type FieldError, field } from '../../api/field.ts'
import { percentErrors } from '../../api/names.ts'
import { nameErrors } from './names.ts'

/** Zero or more. */
export function nonNegativeErrors(path: string, value: number | undefined): readonly FieldError[] {
  return value !== undefined && value < 0 ? [field.invalid(path, value, 'must be greater than or equal to 0')] : []
}

/** A count or a share (upstream: pkg/apis/apps/validation ValidatePositiveIntOrPercent). */
export function intOrPercentErrors(path: string, value: number | string | undefined): readonly FieldError[] {
  return typeof value === 'string' ? nameErrors(path, value, percentErrors) : nonNegativeErrors(path, value)
}

/** A share of the whole, not of more than it (upstream: IsNotMoreThan100Percent). */
export function beyondWholeErrors(path: string, value: number | string | undefined): readonly FieldError[] {
  const beyond = typeof value === 'string' && /^\d+%$/.test(value) && intOrPercentValue(value) > 100
  return beyond ? [field.invalid(path, value, 'must not be greater than 100%')] : []
}

/** The number in a count or a share; what is neither counts as nothing (upstream: getIntOrPercentValue). */
export function intOrPercentValue(value: number | string | undefined): number {
  if (typeof value !== 'string') return value ?? 0
  return /^[+-]?\d+$|^\d+%$/.test(value) ? Number.parseInt(value, 10) : 0
}
