import { type FieldError, field } from '../../api/field.ts'
import { parseQuantity } from '../../api/quantity.ts'

/** An amount that is at least zero, or more than that (upstream: ValidateNonnegativeQuantity, ValidatePositiveQuantityValue). */
export function amountErrors(
  path: string,
  text: string | undefined,
  bound: 'positive' | 'nonnegative',
): readonly FieldError[] {
  const quantity = parseQuantity(text ?? '')
  if (!quantity) return []
  if (bound === 'positive') return quantity.nano > 0n ? [] : [field.invalid(path, text, 'must be greater than zero')]
  return quantity.nano < 0n ? [field.invalid(path, text, 'must be greater than or equal to 0')] : []
}
