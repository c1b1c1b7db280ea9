import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import type { LabelSelector, PodTemplateSpec, RollingUpdateDeployment } from '../../generated/types.ts'
import { matchesLabelSelector } from '../format/labels.ts'
import { podTemplateErrors } from '../pod/validate.ts'
import { labelSelectorErrors } from '../validation/selectors.ts'

/** The selector of a Deployment or ReplicaSet: there, well-formed and not empty. */
export function selectorErrors(selector: LabelSelector | undefined, kind = 'deployment'): readonly FieldError[] {
  if (!selector) return [field.required('spec.selector')]
  return [...labelSelectorErrors('spec.selector', selector), ...emptySelectorErrors(selector, kind)]
}

export const emptySelectorErrors = (selector: LabelSelector | undefined, kind: string): readonly FieldError[] =>
  selector && isEmptySelector(selector)
    ? [field.invalid('spec.selector', selector, `empty selector is invalid for ${kind}`)]
    : []

const isEmptySelector = ({ matchLabels, matchExpressions }: LabelSelector): boolean =>
  Object.keys(matchLabels ?? {}).length + (matchExpressions?.length ?? 0) === 0

/**
 * The template must carry the labels that the selector asks for, and be a valid Pod that always restarts; with a selector
 * that cannot be read, a ReplicaSet's is not looked at (upstream: ValidatePodTemplateSpecForReplicaSet and its callers).
 */
export function templateErrors(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
  kind = 'ReplicaSet',
): readonly FieldError[] {
  const malformed = selector && labelSelectorErrors('spec.selector', selector).length > 0
  if (!malformed) return [...mismatchErrors(selector, template), ...runningErrors(template, kind)]
  const unreadable = (detail: string) => [field.invalid('spec.selector', selector, detail)]
  return kind === 'StatefulSet'
    ? [...unreadable(''), ...endlessErrors(template, kind)]
    : unreadable('invalid label selector')
}

/** What is selected must be what the template makes. */
export function mismatchErrors(
  selector: LabelSelector | undefined,
  template: PodTemplateSpec | undefined,
): readonly FieldError[] {
  const labels = template?.metadata?.labels
  if (selector && (isEmptySelector(selector) || matchesLabelSelector(selector, labels))) return []
  const detail = '`selector` does not match template `labels`'
  return [field.invalid('spec.template.metadata.labels', sortedLabels(labels), detail)]
}

/** A valid Pod that always restarts. */
export function runningErrors(template: PodTemplateSpec | undefined, kind: string): readonly FieldError[] {
  if (!template) return [field.required('spec.template')]
  return [...podTemplateErrors('spec.template', template), ...endlessErrors(template, kind)]
}

function endlessErrors(template: PodTemplateSpec | undefined, kind: string): readonly FieldError[] {
  const { restartPolicy = '', activeDeadlineSeconds } = template?.spec ?? {}
  const path = 'spec.template.spec'
  return [
    ...(restartPolicy === 'Always' ? [] : [field.notSupported(`${path}.restartPolicy`, restartPolicy, ['Always'])]),
    ...(activeDeadlineSeconds === undefined
      ? []
      : [field.forbidden(`${path}.activeDeadlineSeconds`, `activeDeadlineSeconds in ${kind} is not Supported`)]),
  ]
}

interface Strategy {
  readonly type?: string | undefined
  readonly rollingUpdate?: RollingUpdateDeployment | undefined
}

/** The strategy of a Deployment or DaemonSet as the API server prints its own form of it. */
export const internalStrategy = ({ type = '', rollingUpdate }: Strategy) => ({
  Type: type,
  RollingUpdate: rollingUpdate
    ? { MaxUnavailable: rollingUpdate.maxUnavailable ?? 0, MaxSurge: rollingUpdate.maxSurge ?? 0 }
    : null,
})

/** Go prints maps sorted by key. */
export function sortedLabels(labels: { readonly [key: string]: string } | undefined) {
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
