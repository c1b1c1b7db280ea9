import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import { dns1123LabelErrors } from '../../api/names.ts'
import type {
  PodTemplateSpec,
  RollingUpdateStatefulSetStrategy,
  StatefulSet,
  StatefulSetSpec,
} from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'
import { beyondWholeErrors, intOrPercentErrors, intOrPercentValue, nonNegativeErrors } from '../validation/numbers.ts'
import { selectorErrors, templateErrors } from '../workload/validate.ts'

const POLICIES = ['OrderedReady', 'Parallel']

/** What an update may change, in the order in which the refusal lists it. */
const CHANGEABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
] as const

/** Everything that can be wrong with a StatefulSet (upstream: pkg/apis/apps/validation ValidateStatefulSet, ValidateStatefulSetUpdate). */
export function validateStatefulSet({ spec }: StatefulSet, old: StatefulSet | undefined): readonly FieldError[] {
  if (!spec) return [field.required('spec')]
  const policy = spec.podManagementPolicy
  return [
    ...(POLICIES.includes(policy ?? '')
      ? []
      : [field.invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'")]),
    ...strategyErrors(spec),
    ...retentionErrors(spec),
    ...nonNegativeErrors('spec.replicas', spec.replicas),
    ...nonNegativeErrors('spec.minReadySeconds', spec.minReadySeconds),
    ...nonNegativeErrors('spec.ordinals.start', spec.ordinals?.start),
    ...(spec.serviceName && !old ? nameErrors('spec.serviceName', spec.serviceName, dns1123LabelErrors) : []),
    ...selectorErrors(spec.selector, 'statefulset'),
    ...templateErrors(spec.selector, withClaims(spec), 'StatefulSet'),
    ...(old?.spec ? updateErrors(spec, old.spec) : []),
  ]
}

function strategyErrors({ updateStrategy }: StatefulSetSpec): readonly FieldError[] {
  const { type, rollingUpdate } = updateStrategy ?? {}
  const path = 'spec.updateStrategy'
  if (type === 'OnDelete')
    return rollingUpdate
      ? [
          field.invalid(
            `${path}.rollingUpdate`,
            internalRolling(rollingUpdate),
            "only allowed for updateStrategy 'RollingUpdate'",
          ),
        ]
      : []
  if (type !== 'RollingUpdate')
    return [
      field.invalid(
        path,
        { Type: type ?? '', RollingUpdate: rollingUpdate ? internalRolling(rollingUpdate) : null },
        "must be 'RollingUpdate' or 'OnDelete'",
      ),
    ]
  const { partition, maxUnavailable: most } = rollingUpdate ?? {}
  const mostPath = `${path}.rollingUpdate.maxUnavailable`
  return [
    ...nonNegativeErrors(`${path}.rollingUpdate.partition`, partition),
    ...intOrPercentErrors(mostPath, most),
    ...(most !== undefined && intOrPercentValue(most) === 0 ? [field.invalid(mostPath, most, 'cannot be 0')] : []),
    ...beyondWholeErrors(mostPath, most),
  ]
}

/** As the API server prints its own form of it. */
const internalRolling = ({ partition = 0, maxUnavailable }: RollingUpdateStatefulSetStrategy) => ({
  Partition: partition,
  MaxUnavailable: maxUnavailable ?? null,
})

function retentionErrors({ persistentVolumeClaimRetentionPolicy: policy }: StatefulSetSpec): readonly FieldError[] {
  return (['whenDeleted', 'whenScaled'] as const).flatMap((when) => {
    const value = policy?.[when]
    return value === undefined || value === 'Retain' || value === 'Delete'
      ? []
      : [field.notSupported(`spec.persistentVolumeClaimRetentionPolicy.${when}`, value, ['Retain', 'Delete'])]
  })
}

/** The template as its Pods will have it: with a volume for each claim. */
function withClaims({ template, volumeClaimTemplates = [] }: StatefulSetSpec): PodTemplateSpec {
  if (!template.spec || volumeClaimTemplates.length === 0) return template
  const names = volumeClaimTemplates.map(({ metadata }) => metadata?.name ?? '')
  const own = (template.spec.volumes ?? []).filter(({ name }) => !names.includes(name))
  return {
    ...template,
    spec: { ...template.spec, volumes: [...own, ...names.map((name) => ({ name, emptyDir: {} }))] },
  }
}

function updateErrors(spec: StatefulSetSpec, old: StatefulSetSpec): readonly FieldError[] {
  const fixed = (whole: StatefulSetSpec) =>
    Object.fromEntries(Object.entries(whole).filter(([key]) => !CHANGEABLE.some((name) => name === key)))
  if (jsonEqual(fixed(spec), fixed(old))) return []
  const names = CHANGEABLE.map((name) => `'${name}'`)
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  return [field.forbidden('spec', `updates to statefulset spec for fields other than ${list} are forbidden`)]
}
