import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import type { LabelSelector, PodTemplateSpec } from '../../generated/types.ts'
import { matchesLabelSelector } from '../format/labels.ts'
import { podTemplateErrors } from '../pod/validate.ts'
import { labelSelectorErrors } from '../validation/selectors.ts'

/** The selector of a Deployment or ReplicaSet: there, well-formed and not empty. */
export function selectorErrors(selector: LabelSelector | undefined, kind = 'deployment'): readonly FieldError[] {
  if (!selector) return [field.required('spec.selector')]
  const errors = labelSelectorErrors('spec.selector', selector)
  return isEmptySelector(selector)
    ? [...errors, field.invalid('spec.selector', selector, `empty selector is invalid for ${kind}`)]
    : errors
}

const isEmptySelector = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  Object.keys(matchLabels ?? {}).length + (matchExpressions?.length ?? 0) === 0

/** The template must carry the labels that the selector asks for, and be a valid Pod that always restarts (upstream: ValidatePodTemplateSpecForReplicaSet). */
export function templateErrors(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
  kind = 'ReplicaSet',
): readonly FieldError[] {
  const path = 'spec.template'
  if (!template) return [field.required(path)]
  const { metadata, spec } = template
  const matches = (selector && isEmptySelector(selector)) || matchesLabelSelector(selector, metadata?.labels)
  const errors: FieldError[] = matches
    ? []
    : [
        field.invalid(
          `${path}.metadata.labels`,
          sortedLabels(metadata?.labels),
          '`selector` does not match template `labels`',
        ),
      ]
  errors.push(...podTemplateErrors(path, template))
  if (spec?.restartPolicy !== 'Always')
    errors.push(field.notSupported(`${path}.spec.restartPolicy`, spec?.restartPolicy ?? '', ['Always']))
  if (spec?.activeDeadlineSeconds !== undefined)
    errors.push(
      field.forbidden(`${path}.spec.activeDeadlineSeconds`, `activeDeadlineSeconds in ${kind} is not Supported`),
    )
  return errors
}

/** Go prints maps sorted by key. */
function sortedLabels(labels: { readonly [key: string]: string } | undefined) {
  return labels && Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** What a controller selects is fixed for its life. */
export function selectorChangeErrors(
  selector: LabelSelector | undefined,
  old: LabelSelector | undefined,
): readonly FieldError[] {
  if (jsonEqual(selector, old)) return []
  const sorted = selector?.matchLabels ? { ...selector, matchLabels: sortedLabels(selector.matchLabels) } : selector
  return [field.invalid('spec.selector', sorted, 'field is immutable')]
}
