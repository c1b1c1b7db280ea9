import { type FieldError, field } from '../../api/field.ts'
import { labelValueErrors, qualifiedNameErrors } from '../../api/names.ts'
import type { Toleration } from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Upstream: pkg/apis/core/validation ValidateTolerations. */
export const tolerationsErrors = (path: string, tolerations: readonly Toleration[] = []): readonly FieldError[] =>
  tolerations.flatMap((toleration, index) => tolerationErrors(`${path}[${index}]`, toleration))

function tolerationErrors(path: string, toleration: Toleration): readonly FieldError[] {
  const { key = '', operator = '', value = '', effect = '', tolerationSeconds } = toleration
  const errors: FieldError[] = key === '' ? [] : nameErrors(`${path}.key`, key, qualifiedNameErrors)
  if (key === '' && operator !== 'Exists')
    errors.push(
      field.invalid(
        `${path}.operator`,
        operator,
        'operator must be Exists when `key` is empty, which means "match all values and all keys"',
      ),
    )
  if (tolerationSeconds !== undefined && effect !== 'NoExecute')
    errors.push(field.invalid(`${path}.effect`, effect, "effect must be 'NoExecute' when `tolerationSeconds` is set"))
  if (operator === 'Exists') {
    if (value !== '')
      errors.push(field.invalid(`${path}.operator`, value, "value must be empty when `operator` is 'Exists'"))
  } else if (operator === 'Equal' || operator === '') {
    const wrong = labelValueErrors(value)
    if (wrong.length > 0) errors.push(field.invalid(`${path}.operator`, value, wrong.join(';')))
  } else errors.push(field.notSupported(`${path}.operator`, operator, ['Equal', 'Exists']))
  if (effect !== '' && !EFFECTS.includes(effect)) errors.push(field.notSupported(`${path}.effect`, effect, EFFECTS))
  return errors
}
