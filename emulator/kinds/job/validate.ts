import { byteLength } from '../../api/byte-length.ts'
import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import type { Job, JobSpec, PodTemplateSpec } from '../../generated/types.ts'
import { matchesLabelSelector } from '../format/labels.ts'
import { internalForm } from '../pod/internal-form.ts'
import { podTemplateErrors } from '../pod/validate.ts'
import { domainPathErrors } from '../validation/domain-path.ts'
import { nonNegativeErrors } from '../validation/numbers.ts'
import { labelSelectorErrors } from '../validation/selectors.ts'
import { sortedLabels } from '../workload/validate.ts'
import { generatedLabels } from './generated-labels.ts'
import { completionModeErrors, hostnameErrors, indexLimitErrors } from './validate-indexes.ts'
import { policyErrors } from './validate-policies.ts'

const MAX_MANAGED_BY = 63

/** Everything that can be wrong with a Job (upstream: pkg/apis/batch/validation ValidateJob, ValidateJobUpdate). */
export function validateJob(object: Job, old: Job | undefined): readonly FieldError[] {
  const { metadata, spec } = object
  if (!spec) return [field.required('spec')]
  const { selector, template } = spec
  const { labels } = template.metadata ?? {}
  const malformed = selector ? labelSelectorErrors('spec.selector', selector) : []
  const matches = malformed.length > 0 || (selector && matchesLabelSelector(selector, labels))
  const mismatch = '`selector` does not match template `labels`'
  return [
    ...(old || spec.manualSelector ? [] : generatedSelectorErrors(spec, metadata?.uid ?? '', metadata?.name ?? '')),
    ...jobSpecErrors('spec', spec),
    ...(selector ? malformed : [field.required('spec.selector')]),
    ...(matches ? [] : [field.invalid('spec.template.metadata.labels', sortedLabels(labels), mismatch)]),
    ...(old ? [] : hostnameErrors(object)),
    ...(old?.spec ? updateErrors(spec, old) : []),
  ]
}

/** Labels and selector are the Job's own to make: what its author wrote there must be the same (upstream: validateGeneratedSelector). */
function generatedSelectorErrors({ selector, template }: JobSpec, uid: string, name: string): readonly FieldError[] {
  const expected = generatedLabels(uid, name)
  const { labels } = template.metadata ?? {}
  const others = ['controller-uid', 'job-name', 'batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name']
  return [
    ...others.flatMap((key) => {
      const path = `spec.template.metadata.labels[${key}]`
      const detail = `must be '${expected[key]}'`
      if (labels?.[key] === undefined) return [field.required(path, detail)]
      return labels[key] === expected[key] ? [] : [field.invalid(path, sortedLabels(labels), detail)]
    }),
    ...(matchesLabelSelector(selector, expected)
      ? []
      : [field.invalid('spec.selector', selector, '`selector` not auto-generated')]),
  ]
}

/** What is asked of a Job's spec, wherever it stands (upstream: validateJobSpec). */
export function jobSpecErrors(path: string, spec: JobSpec): readonly FieldError[] {
  const { template } = spec
  return [
    ...nonNegativeErrors(`${path}.parallelism`, spec.parallelism),
    ...nonNegativeErrors(`${path}.completions`, spec.completions),
    ...nonNegativeErrors(`${path}.activeDeadlineSeconds`, spec.activeDeadlineSeconds),
    ...nonNegativeErrors(`${path}.backoffLimit`, spec.backoffLimit),
    ...nonNegativeErrors(`${path}.ttlSecondsAfterFinished`, spec.ttlSecondsAfterFinished),
    ...indexLimitErrors(path, spec),
    ...managedByErrors(`${path}.managedBy`, spec.managedBy),
    ...completionModeErrors(path, spec),
    ...policyErrors(path, spec),
    ...podReplacementErrors(path, spec),
    ...podTemplateErrors(`${path}.template`, template),
    ...restartErrors(`${path}.template.spec.restartPolicy`, template, spec.podFailurePolicy !== undefined),
  ]
}

function managedByErrors(path: string, value: string | undefined): readonly FieldError[] {
  if (value === undefined) return []
  return [
    ...domainPathErrors(path, value),
    ...(byteLength(value) > MAX_MANAGED_BY ? [field.tooLong(path, MAX_MANAGED_BY)] : []),
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

const INTERNAL_NAMES = new Map([
  ['podFailurePolicy', 'PodFailurePolicy'],
  ['successPolicy', 'SuccessPolicy'],
])

function updateErrors(spec: JobSpec, old: Job): readonly FieldError[] {
  const before = old.spec
  if (!before) return []
  const fixed = (name: ImmutableField): readonly FieldError[] =>
    jsonEqual(spec[name], before[name])
      ? []
      : [field.invalid(`spec.${name}`, internalForm(spec[name], INTERNAL_NAMES.get(name) ?? ''), 'field is immutable')]
  const idle = before.suspend === true && old.status?.startTime === undefined
  const compare = (template: PodTemplateSpec) => (idle ? withoutScheduling(template) : template)
  return [
    ...(spec.completionMode === 'Indexed' ? elasticErrors(spec, before) : fixed('completions')),
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

/** An indexed Job grows and shrinks as a whole (upstream: validateCompletions). */
function elasticErrors({ completions, parallelism }: JobSpec, old: JobSpec): readonly FieldError[] {
  return completions === undefined || completions === old.completions || completions === parallelism
    ? []
    : [field.invalid('spec.completions', completions, 'can only be modified in tandem with spec.parallelism')]
}

/** While a Job is suspended and has not begun, where its Pods are to run may still change (upstream: validatePodTemplateUpdate). */
function withoutScheduling({ metadata, spec }: PodTemplateSpec): PodTemplateSpec {
  const { labels: _labels, annotations: _annotations, ...rest } = metadata ?? {}
  if (!spec) return { metadata: rest }
  const { nodeSelector: _selector, tolerations: _tolerations, schedulingGates: _gates, affinity, ...kept } = spec
  const { nodeAffinity: _nodes, ...others } = affinity ?? {}
  const affinities = Object.keys(others).length > 0 && { affinity: others }
  return { metadata: rest, spec: { ...kept, ...affinities } }
}

/** The template as the API server prints its own form of it: metadata without a name of its own. */
const internalTemplate = ({ metadata, spec }: PodTemplateSpec) => ({ ...metadata, Spec: internalForm(spec, 'PodSpec') })
