import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import type { Container, NodeSelectorTerm, Pod, PodSpec, Toleration } from '../../generated/types.ts'
import { unifiedDiff } from '../format/unified-diff.ts'
import { internalPodSpecLines } from './internal-form.ts'
import { annotationUpdateErrors, podAnnotationErrors } from './validate-annotations.ts'
import { imageSpaceErrors } from './validate-containers.ts'
import { tolerationsErrors } from './validate-tolerations.ts'

const CHANGEABLE = [
  '`spec.containers[*].image`',
  '`spec.initContainers[*].image`',
  '`spec.activeDeadlineSeconds`',
  '`spec.tolerations` (only additions to existing tolerations)',
  '`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)',
].join(',')

/** What may not change in a Pod once it exists (upstream: pkg/apis/core/validation ValidatePodUpdate). */
export function podUpdateErrors({ metadata, spec }: Pod, { metadata: before, spec: old }: Pod): readonly FieldError[] {
  if (!spec || !old) return []
  const errors = [
    ...annotationUpdateErrors('metadata.annotations', metadata?.annotations, before?.annotations),
    ...podAnnotationErrors('metadata.annotations', metadata?.annotations, spec),
  ]
  for (const list of ['containers', 'initContainers'] as const) {
    if ((spec[list]?.length ?? 0) !== (old[list]?.length ?? 0))
      return [...errors, field.forbidden(`spec.${list}`, 'pod updates may not add or remove containers')]
    errors.push(...(spec[list] ?? []).flatMap((each, index) => imageErrors(`spec.${list}[${index}]`, each)))
  }
  const { stop, found } = deadlineErrors(spec, old)
  errors.push(...found)
  if (stop) return errors
  errors.push(...tolerationErrors(spec.tolerations ?? [], old.tolerations ?? []), ...gateErrors(spec, old))
  const compared = withOldFreedoms(spec, old)
  if (isGated(old)) errors.push(...narrowingErrors(spec, old))
  if (jsonEqual(compared, old)) return errors
  const diff = unifiedDiff(internalPodSpecLines(old), internalPodSpecLines(compared))
  return [...errors, field.forbidden('spec', `pod updates may not change fields other than ${CHANGEABLE}\n${diff}`)]
}

const imageErrors = (at: string, container: Container): readonly FieldError[] => [
  ...(container.image ? [] : [field.required(`${at}.image`)]),
  ...imageSpaceErrors(at, container),
]

/** The new spec with everything that may change set back to what it was. */
function withOldFreedoms(spec: PodSpec, old: PodSpec): PodSpec {
  const { activeDeadlineSeconds: _deadline, tolerations: _tolerations, schedulingGates: _gates, ...rest } = spec
  const gated = isGated(old)
  const { nodeSelector, affinity, ...others } = rest
  const revived = spec.terminationGracePeriodSeconds === 1 && (old.terminationGracePeriodSeconds ?? 0) < 0
  return {
    ...(gated ? others : rest),
    ...(gated && old.nodeSelector && { nodeSelector: old.nodeSelector }),
    ...(gated && withOldNodeAffinity(affinity, old.affinity)),
    containers: withOldImages(spec.containers, old.containers),
    ...(spec.initContainers && { initContainers: withOldImages(spec.initContainers, old.initContainers) }),
    ...(old.activeDeadlineSeconds !== undefined && { activeDeadlineSeconds: old.activeDeadlineSeconds }),
    ...(old.tolerations && { tolerations: old.tolerations }),
    ...(old.schedulingGates && { schedulingGates: old.schedulingGates }),
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
            `spec.schedulingGates[${index}].name`,
            `only deletion is allowed, but found new scheduling gate '${name}'`,
          ),
        ],
  )
}

const isGated = ({ schedulingGates = [] }: PodSpec): boolean => schedulingGates.length > 0

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution'

/** A gated Pod may be narrowed to fewer nodes (upstream: validateNodeSelectorMutation, validateNodeAffinityMutation). */
function narrowingErrors(spec: PodSpec, old: PodSpec): readonly FieldError[] {
  const [next, before] = [spec.nodeSelector ?? {}, old.nodeSelector ?? {}]
  const kept = Object.entries(before).every(([key, value]) => Object.hasOwn(next, key) && next[key] === value)
  const path = `spec.affinity.nodeAffinity.${REQUIRED}.nodeSelectorTerms`
  const terms = spec.affinity?.nodeAffinity?.[REQUIRED]?.nodeSelectorTerms ?? []
  const oldTerms = old.affinity?.nodeAffinity?.[REQUIRED]?.nodeSelectorTerms ?? []
  const selector = kept
    ? []
    : [
        field.invalid(
          'spec.nodeSelector',
          next,
          'only additions to spec.nodeSelector are allowed (no mutations or deletions)',
        ),
      ]
  if (oldTerms.length > 0 && terms.length !== oldTerms.length)
    return [
      ...selector,
      field.invalid(path, terms, 'no additions/deletions to non-empty NodeSelectorTerms list are allowed'),
    ]
  return [
    ...selector,
    ...oldTerms.flatMap((oldTerm, index) =>
      addsOnly(terms[index] ?? {}, oldTerm)
        ? []
        : [field.invalid(`${path}[${index}]`, terms[index], 'only additions are allowed (no mutations or deletions)')],
    ),
  ]
}

function addsOnly(next: NodeSelectorTerm, old: NodeSelectorTerm): boolean {
  const parts = ['matchExpressions', 'matchFields'] as const
  const length = (term: NodeSelectorTerm): number => parts.reduce((sum, part) => sum + (term[part]?.length ?? 0), 0)
  if (length(old) === 0 && length(next) > 0) return false
  return parts.every((part) => jsonEqual(next[part]?.slice(0, old[part]?.length ?? 0) ?? [], old[part] ?? []))
}

/** What a gated Pod wants of nodes set back; a new affinity that says nothing else goes with it. */
function withOldNodeAffinity(next: PodSpec['affinity'], old: PodSpec['affinity']): Pick<PodSpec, 'affinity'> {
  const { nodeAffinity: _wanted, ...others } = next ?? {}
  const affinity = { ...others, ...(old?.nodeAffinity && { nodeAffinity: old.nodeAffinity }) }
  return old || Object.keys(affinity).length > 0 ? { affinity } : {}
}

const withOldImages = (containers: readonly Container[], old: readonly Container[] = []): readonly Container[] =>
  containers.map((container, index) => ({ ...container, image: old[index]?.image ?? '' }))

/** Shorter is allowed, longer is not; some mistakes end the checks. */
function deadlineErrors({ activeDeadlineSeconds: next }: PodSpec, { activeDeadlineSeconds: old }: PodSpec) {
  const path = 'spec.activeDeadlineSeconds'
  const refuse = (value: number | null, detail: string, stop: boolean) => ({
    stop,
    found: [field.invalid(path, value, detail)],
  })
  if (next === undefined)
    return old === undefined
      ? { stop: false, found: [] }
      : refuse(null, 'must not update from a positive integer to nil value', false)
  if (next < 0 || next > 2147483647) return refuse(next, 'must be between 0 and 2147483647, inclusive', true)
  if (old !== undefined && old < next) return refuse(next, 'must be less than or equal to previous value', true)
  return { stop: false, found: [] }
}

/** Tolerations may be added; of existing ones only the seconds may change (upstream: validateOnlyAddedTolerations). */
function tolerationErrors(next: readonly Toleration[], old: readonly Toleration[]): readonly FieldError[] {
  const plain = ({ tolerationSeconds: _seconds, ...toleration }: Toleration): Omit<Toleration, 'tolerationSeconds'> =>
    toleration
  const kept = old.every((before) => next.some((after) => jsonEqual(plain(before), plain(after))))
  return kept
    ? tolerationsErrors('spec.tolerations', next)
    : [field.forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')]
}
