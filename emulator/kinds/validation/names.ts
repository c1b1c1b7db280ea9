import { type FieldError, field } from '../../api/field.ts'
import { labelValueErrors, qualifiedNameErrors } from '../../api/names.ts'
import { byBytes } from '../format/labels.ts'

/** One Invalid error for each thing a name rule finds wrong. */
export const nameErrors = (path: string, value: string, rule: (value: string) => readonly string[]): FieldError[] =>
  rule(value).map((detail) => field.invalid(path, value, detail))

/** Keys and values of a label map, e.g. of a selector (upstream: metav1validation.ValidateLabels). */
export function labelErrors(path: string, labels: { readonly [key: string]: string } | undefined): FieldError[] {
  return Object.entries(labels ?? {})
    .sort(([a], [b]) => byBytes(a, b))
    .flatMap(([key, value]) => [
      ...nameErrors(path, key, qualifiedNameErrors),
      ...nameErrors(path, value, labelValueErrors),
    ])
}
