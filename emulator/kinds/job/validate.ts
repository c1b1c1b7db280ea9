import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import type { Job, JobSpec, PodTemplateSpec } from '../../generated/types.ts'
import { matchesLabelSelector } from '../format/labels.ts'
import { internalForm } from '../pod/internal-form.ts'
import { podTemplateErrors } from '../pod/validate.ts'
import { nonNegativeErrors } from '../validation/numbers.ts'
import { labelSelectorErrors } from '../validation/selectors.ts'
import { policyErrors } from './validate-policies.ts'

const MAX_INDEXED = 100_000

/** Everything that can be wrong with a Job (upstream: pkg/apis/batch/validation ValidateJob, ValidateJobUpdate). */
export function validateJob({ metadata, spec }: Job, old: Job | undefined): readonly FieldError[] {
  if (!spec) return [field.required('spec')]
  const { selector, template } = spec
  return [
    ...(old || spec.manualSelector ? [] : generatedSelectorErrors(spec, metadata?.uid ?? '', metadata?.name ?? '')),
    ...jobSpecErrors('spec', spec),
    ...(selector ? labelSelectorErrors('spec.selector', selector) : [field.required('spec.selector')]),
    ...(!selector || matchesLabelSelector(selector, template.metadata?.labels)
      ? []
      : [
          field.invalid(
            'spec.template.metadata.labels',
            template.metadata?.labels,
            '`selector` does not match template `labels`',
          ),
        ]),
    ...(old?.spec ? updateErrors(spec, old) : []),
  ]
}

function generatedSelectorErrors({ selector }: JobSpec, uid: string, name: string): readonly FieldError[] {
  const expected = {
    'batch.kubernetes.io/controller-uid': uid,
    'batch.kubernetes.io/job-name': name,
    'controller-uid': uid,
    'job-name': name,
  }
  return matchesLabelSelector(selector, expected)
    ? []
    : [field.invalid('spec.selector', selector, '`selector` not auto-generated')]
}

/** What is asked of a Job's spec, wherever it stands (upstream: validateJobSpec). */
export function jobSpecErrors(path: string, spec: JobSpec): readonly FieldError[] {
  const { completions, parallelism, completionMode, template } = spec
  const indexed = completionMode === 'Indexed'
  return [
    ...nonNegativeErrors(`${path}.parallelism`, parallelism),
    ...nonNegativeErrors(`${path}.completions`, completions),
    ...nonNegativeErrors(`${path}.activeDeadlineSeconds`, spec.activeDeadlineSeconds),
    ...nonNegativeErrors(`${path}.backoffLimit`, spec.backoffLimit),
    ...nonNegativeErrors(`${path}.ttlSecondsAfterFinished`, spec.ttlSecondsAfterFinished),
    ...(completionMode === undefined || indexed || completionMode === 'NonIndexed'
      ? []
      : [field.notSupported(`${path}.completionMode`, completionMode, ['Indexed', 'NonIndexed'])]),
    ...(indexed && completions === undefined
      ? [field.required(`${path}.completions`, 'when completion mode is Indexed')]
      : []),
    ...(indexed && (parallelism ?? 0) > MAX_INDEXED
      ? [
          field.invalid(
            `${path}.parallelism`,
            parallelism,
            `must be less than or equal to ${MAX_INDEXED} when completion mode is Indexed`,
          ),
        ]
      : []),
    ...policyErrors(path, spec),
    ...podReplacementErrors(path, spec),
    ...podTemplateErrors(`${path}.template`, template),
    ...restartErrors(`${path}.template.spec.restartPolicy`, template, spec.podFailurePolicy !== undefined),
  ]
}

function podReplacementErrors(
  path: string,
  { podReplacementPolicy: policy, podFailurePolicy }: JobSpec,
): readonly FieldError[] {
  if (podFailurePolicy && policy !== undefined && policy !== 'Failed')
    return [field.notSupported(`${path}.podReplacementPolicy`, policy, ['Failed'])]
  return policy === undefined || policy === 'Failed' || policy === 'TerminatingOrFailed'
    ? []
    : [field.notSupported(`${path}.podReplacementPolicy`, policy, ['Failed', 'TerminatingOrFailed'])]
}

/** Always is what a template without a policy gets, so it counts as missing. */
function restartErrors(path: string, { spec }: PodTemplateSpec, hasFailurePolicy: boolean): readonly FieldError[] {
  const policy = spec?.restartPolicy ?? ''
  if (hasFailurePolicy && policy === 'OnFailure')
    return [field.invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified')]
  if (policy === 'OnFailure' || policy === 'Never') return []
  return policy === '' || policy === 'Always'
    ? [field.required(path, 'valid values: "OnFailure", "Never"')]
    : [field.notSupported(path, policy, ['OnFailure', 'Never'])]
}

type ImmutableField =
  | 'completions'
  | 'selector'
  | 'completionMode'
  | 'podFailurePolicy'
  | 'backoffLimitPerIndex'
  | 'managedBy'
  | 'successPolicy'

function updateErrors(spec: JobSpec, old: Job): readonly FieldError[] {
  const before = old.spec
  if (!before) return []
  const elastic = spec.completionMode === 'Indexed' && spec.completions === spec.parallelism
  const fixed = (name: ImmutableField): readonly FieldError[] =>
    jsonEqual(spec[name], before[name]) ? [] : [field.invalid(`spec.${name}`, spec[name], 'field is immutable')]
  const idle = before.suspend === true && old.status?.startTime === undefined
  const compare = (template: PodTemplateSpec) => (idle ? withoutScheduling(template) : template)
  return [
    ...(elastic && before.completionMode === 'Indexed' ? [] : fixed('completions')),
    ...fixed('selector'),
    ...(jsonEqual(compare(spec.template), compare(before.template))
      ? []
      : [field.invalid('spec.template', internalTemplate(spec.template), 'field is immutable')]),
    ...fixed('completionMode'),
    ...fixed('podFailurePolicy'),
    ...fixed('backoffLimitPerIndex'),
    ...fixed('managedBy'),
    ...fixed('successPolicy'),
  ]
}

/** While a Job is suspended and has not begun, where its Pods are to run may still change. */
function withoutScheduling({ metadata, spec }: PodTemplateSpec): PodTemplateSpec {
  const { labels: _labels, annotations: _annotations, ...rest } = metadata ?? {}
  if (!spec) return { metadata: rest }
  const {
    nodeSelector: _selector,
    tolerations: _tolerations,
    affinity: _affinity,
    schedulingGates: _gates,
    ...kept
  } = spec
  return { metadata: rest, spec: kept }
}

/** The template as the API server prints its own form of it: metadata without a name of its own. */
const internalTemplate = ({ metadata, spec }: PodTemplateSpec) => ({ ...metadata, Spec: internalForm(spec, 'PodSpec') })
