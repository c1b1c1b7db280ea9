import { type FieldError, field } from '../../api/field.ts'
import { labelValueErrors, qualifiedNameErrors } from '../../api/names.ts'
import type { LabelSelector, LabelSelectorRequirement } from '../../generated/types.ts'
import { labelErrors, nameErrors } from './names.ts'

/** A label selector (upstream: apimachinery/pkg/apis/meta/v1/validation ValidateLabelSelector). */
export function labelSelectorErrors(path: string, selector: LabelSelector): readonly FieldError[] {
  return [
    ...labelErrors(`${path}.matchLabels`, selector.matchLabels),
    ...(selector.matchExpressions ?? []).flatMap((expression, index) =>
      expressionErrors(`${path}.matchExpressions[${index}]`, expression),
    ),
  ]
}

function expressionErrors(
  path: string,
  { key, operator, values = [] }: LabelSelectorRequirement,
): readonly FieldError[] {
  return [
    ...operatorErrors(path, operator, values),
    ...nameErrors(`${path}.key`, key, qualifiedNameErrors),
    ...values.flatMap((value, index) => nameErrors(`${path}.values[${index}]`, value, labelValueErrors)),
  ]
}

function operatorErrors(path: string, operator: string, values: readonly string[]): readonly FieldError[] {
  if (operator === 'In' || operator === 'NotIn')
    return values.length > 0
      ? []
      : [field.required(`${path}.values`, "must be specified when `operator` is 'In' or 'NotIn'")]
  if (operator === 'Exists' || operator === 'DoesNotExist')
    return values.length === 0
      ? []
      : [field.forbidden(`${path}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")]
  return [field.invalid(`${path}.operator`, operator, 'not a valid selector operator')]
}
