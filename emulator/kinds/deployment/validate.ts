import { type FieldError, field } from '../../api/field.ts'
import type { Deployment, DeploymentStrategy } from '../../generated/types.ts'
import { beyondWholeErrors, intOrPercentErrors, intOrPercentValue, nonNegativeErrors } from '../validation/numbers.ts'
import { internalStrategy, selectorChangeErrors, selectorErrors, templateErrors } from '../workload/validate.ts'

/** Everything that can be wrong with a Deployment (upstream: pkg/apis/apps/validation ValidateDeployment, registry/apps/deployment ValidateUpdate). */
export function validateDeployment({ spec }: Deployment, old: Deployment | undefined): readonly FieldError[] {
  const seconds = spec?.minReadySeconds ?? 0
  const deadline = spec?.progressDeadlineSeconds
  return [
    ...nonNegativeErrors('spec.replicas', spec?.replicas),
    ...selectorErrors(spec?.selector),
    ...templateErrors(spec?.selector, spec?.template),
    ...strategyErrors('spec.strategy', spec?.strategy ?? {}),
    ...nonNegativeErrors('spec.minReadySeconds', seconds),
    ...nonNegativeErrors('spec.revisionHistoryLimit', spec?.revisionHistoryLimit),
    ...nonNegativeErrors('spec.progressDeadlineSeconds', deadline),
    ...(deadline !== undefined && deadline <= seconds
      ? [field.invalid('spec.progressDeadlineSeconds', deadline, 'must be greater than minReadySeconds')]
      : []),
    ...(old ? selectorChangeErrors(spec?.selector, old.spec?.selector) : []),
  ]
}

function strategyErrors(path: string, { type, rollingUpdate }: DeploymentStrategy): readonly FieldError[] {
  if (type === 'Recreate')
    return rollingUpdate
      ? [field.forbidden(`${path}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")]
      : []
  if (type !== 'RollingUpdate')
    return [field.notSupported(path, internalStrategy({ type, rollingUpdate }), ['Recreate', 'RollingUpdate'])]
  const { maxUnavailable, maxSurge } = rollingUpdate ?? {}
  const at = `${path}.rollingUpdate`
  const nothing = intOrPercentValue(maxUnavailable) === 0 && intOrPercentValue(maxSurge) === 0
  return [
    ...intOrPercentErrors(`${at}.maxUnavailable`, maxUnavailable),
    ...intOrPercentErrors(`${at}.maxSurge`, maxSurge),
    ...(nothing ? [field.invalid(`${at}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0')] : []),
    ...beyondWholeErrors(`${at}.maxUnavailable`, maxUnavailable),
  ]
}
