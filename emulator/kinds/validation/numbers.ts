import { type FieldError, field } from '../../api/field.ts'

/** Zero or more. */
export function nonNegativeErrors(path: string, value: number | undefined): readonly FieldError[] {
  return value !== undefined && value < 0 ? [field.invalid(path, value, 'must be greater than or equal to 0')] : []
}

/** A count or a share; upstream prints the doubled percent sign of its format string. */
export function intOrPercentErrors(path: string, value: number | string | undefined): readonly FieldError[] {
  if (typeof value === 'string')
    return /^[0-9]+%$/.test(value) ? [] : [field.invalid(path, value, "must be an integer or percentage (e.g '5%%')")]
  return nonNegativeErrors(path, value)
}
