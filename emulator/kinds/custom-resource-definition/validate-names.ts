import { type FieldError, field } from '../../api/field.ts'
import { dns1035LabelErrors } from '../../api/names.ts'
import type { CustomResourceDefinitionNames } from '../../generated/types.ts'

/** One error that joins what is wrong with a DNS-1035 label; `before` introduces it. */
export function labelText(path: string, value: string, shown = value, before = ''): readonly FieldError[] {
  const errors = dns1035LabelErrors(value)
  return errors.length === 0 ? [] : [field.invalid(path, shown, `${before}${errors.join(',')}`)]
}

const MIXED = 'may have mixed case, but should otherwise match: '

/** Names of a resource and its kind (upstream: ValidateCustomResourceDefinitionNames). */
export function nameErrors(names: CustomResourceDefinitionNames, path: string): readonly FieldError[] {
  const { plural, singular = '', kind, listKind = '', shortNames = [], categories = [] } = names
  const given = (value: string, errors: readonly FieldError[]) => (value === '' ? [] : errors)
  return [
    ...given(plural, labelText(`${path}.plural`, plural)),
    ...given(singular, labelText(`${path}.singular`, singular)),
    ...given(kind, labelText(`${path}.kind`, kind.toLowerCase(), kind, MIXED)),
    ...given(listKind, labelText(`${path}.listKind`, listKind.toLowerCase(), listKind, MIXED)),
    ...shortNames.flatMap((name, index) => labelText(`${path}.shortNames[${index}]`, name)),
    ...(kind !== '' && kind === listKind
      ? [field.invalid(`${path}.listKind`, listKind, 'kind and listKind may not be the same')]
      : []),
    ...categories.flatMap((name, index) => labelText(`${path}.categories[${index}]`, name)),
  ]
}
