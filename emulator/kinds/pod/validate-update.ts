import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import type { Container, Pod, PodSpec, Toleration } from '../../generated/types.ts'
import { unifiedDiff } from '../format/unified-diff.ts'
import { internalPodSpecLines } from './internal-form.ts'

const CHANGEABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',')

/** What may not change in a Pod once it exists (upstream: pkg/apis/core/validation ValidatePodUpdate). */
export function podUpdateErrors({ spec }: Pod, { spec: old }: Pod): readonly FieldError[] {
  if (!spec || !old) return []
  for (const list of ['containers', 'initContainers'] as const)
    if ((spec[list]?.length ?? 0) !== (old[list]?.length ?? 0))
      return [field.forbidden(`spec.${list}`, 'pod updates may not add or remove containers')]
  const deadline = deadlineErrors(spec, old)
  if (deadline.length > 0) return deadline
  const tolerations = [...tolerationErrors(spec.tolerations ?? [], old.tolerations ?? []), ...gateErrors(spec, old)]
  const compared = withOldFreedoms(spec, old)
  if (jsonEqual(compared, old)) return tolerations
  const diff = unifiedDiff(internalPodSpecLines(old), internalPodSpecLines(compared))
  return [
    ...tolerations,
    field.forbidden('spec', `pod updates may not change fields other than ${CHANGEABLE}\n${diff}`),
  ]
}

/** The new spec with everything that may change set back to what it was. */
function withOldFreedoms(spec: PodSpec, old: PodSpec): PodSpec {
  const { activeDeadlineSeconds: _deadline, tolerations: _tolerations, schedulingGates: _gates, ...rest } = spec
  const narrowed = isGated(old) && addsOnly(spec.nodeSelector, old.nodeSelector)
  const revived = spec.terminationGracePeriodSeconds === 1 && (old.terminationGracePeriodSeconds ?? 0) < 0
  return {
    ...rest,
    containers: withOldImages(spec.containers, old.containers),
    ...(spec.initContainers && { initContainers: withOldImages(spec.initContainers, old.initContainers) }),
    ...(old.activeDeadlineSeconds !== undefined && { activeDeadlineSeconds: old.activeDeadlineSeconds }),
    ...(old.tolerations && { tolerations: old.tolerations }),
    ...(old.schedulingGates && { schedulingGates: old.schedulingGates }),
    ...(narrowed && { nodeSelector: old.nodeSelector }),
    ...(revived && { terminationGracePeriodSeconds: old.terminationGracePeriodSeconds }),
  }
}

/** Gates only go away. */
function gateErrors({ schedulingGates: next = [] }: PodSpec, { schedulingGates: old = [] }: PodSpec) {
  return next.flatMap(({ name }, index) =>
    old.some((gate) => gate.name === name)
      ? []
      : [
          field.forbidden(
            `spec.schedulingGates[${index}]`,
            `only deletion is allowed, but found new scheduling gate '${name}'`,
          ),
        ],
  )
}

const isGated = ({ schedulingGates = [] }: PodSpec): boolean => schedulingGates.length > 0

/** A gated Pod may be narrowed to fewer nodes. */
const addsOnly = (next: PodSpec['nodeSelector'] = {}, old: PodSpec['nodeSelector'] = {}): boolean =>
  Object.entries(old).every(([key, value]) => Object.hasOwn(next, key) && next[key] === value)

const withOldImages = (containers: readonly Container[], old: readonly Container[] = []): readonly Container[] =>
  containers.map((container, index) => ({ ...container, image: old[index]?.image ?? '' }))

function deadlineErrors(
  { activeDeadlineSeconds: next }: PodSpec,
  { activeDeadlineSeconds: old }: PodSpec,
): readonly FieldError[] {
  const path = 'spec.activeDeadlineSeconds'
  if (old === undefined) return []
  if (next === undefined) return [field.invalid(path, null, 'must not update from a positive integer to nil value')]
  return next > old ? [field.invalid(path, next, 'must be less than or equal to previous value')] : []
}

/** Tolerations may be added; of existing ones only the seconds may change. */
function tolerationErrors(next: readonly Toleration[], old: readonly Toleration[]): readonly FieldError[] {
  const plain = ({ tolerationSeconds: _seconds, ...toleration }: Toleration): Omit<Toleration, 'tolerationSeconds'> =>
    toleration
  const kept = old.every((before) => next.some((after) => jsonEqual(plain(before), plain(after))))
  return kept
    ? []
    : [field.forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')]
}
