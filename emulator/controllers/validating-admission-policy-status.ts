import { jsonEqual } from '../api/json.ts'
import type { KindDefinition } from '../api/kind.ts'
import { apiVersion } from '../api/registry.ts'
import type { ExpressionWarning, ValidatingAdmissionPolicy } from '../generated/types.ts'
import { typedExpressionError } from '../kinds/admission/type-check.ts'
import { validatingAdmissionPolicy } from '../kinds/validating-admission-policy.ts'
import { defineController } from './controller.ts'

/** As many kinds are looked at, and no more (upstream: maxTypesToCheck). */
const MAX_KINDS = 10

/** Tells which expressions of a policy cannot fit the kinds that it matches (upstream: pkg/controller/validatingadmissionpolicystatus). */
export const createValidatingAdmissionPolicyStatusController = (kinds: readonly KindDefinition[]) =>
  defineController({
    name: 'validatingadmissionpolicy-status',
    for: validatingAdmissionPolicy,
    delayMs: [5, 20],
    reconcile(key, { objects }) {
      const policy = objects.get(validatingAdmissionPolicy, undefined, key.name)
      const observedGeneration = policy?.metadata?.generation
      if (!policy || observedGeneration === policy.status?.observedGeneration) return undefined
      const expressionWarnings = warningsOf(policy, kinds)
      const typeChecking = expressionWarnings.length > 0 ? { expressionWarnings } : {}
      const status = { ...policy.status, ...(observedGeneration !== undefined && { observedGeneration }), typeChecking }
      if (!jsonEqual(status, policy.status)) objects.updateStatus(validatingAdmissionPolicy, { ...policy, status })
      return undefined
    },
  })

function warningsOf(
  { spec = {} }: ValidatingAdmissionPolicy,
  kinds: readonly KindDefinition[],
): readonly ExpressionWarning[] {
  const matched = matchedKinds(spec, kinds)
  const check = (fieldRef: string, expression: string): readonly ExpressionWarning[] => {
    const texts = matched.flatMap((kind) => {
      const error = typedExpressionError(expression, kind, spec)
      return error === undefined ? [] : [`${apiVersion(kind)}, Kind=${kind.kind}: ${error}\n`]
    })
    return texts.length === 0 ? [] : [{ fieldRef, warning: texts.join('\n') }]
  }
  return (spec.validations ?? []).flatMap(({ expression, messageExpression = '' }, index) => [
    ...check(`spec.validations[${index}].expression`, expression),
    ...(messageExpression === '' ? [] : check(`spec.validations[${index}].messageExpression`, messageExpression)),
  ])
}

/** Kinds that rules name; those with an asterisk tell nothing. */
function matchedKinds(
  { matchConstraints }: NonNullable<ValidatingAdmissionPolicy['spec']>,
  kinds: readonly KindDefinition[],
): readonly KindDefinition[] {
  const rules = (matchConstraints?.resourceRules ?? []).filter(
    ({ apiGroups = [], apiVersions = [], resources = [] }) =>
      ![...apiGroups, ...apiVersions, ...resources].some((one) => one.includes('*')),
  )
  return kinds
    .filter(({ group, version, plural, custom }) =>
      rules.some(
        (rule) =>
          !custom &&
          rule.apiGroups?.includes(group) &&
          rule.apiVersions?.includes(version) &&
          rule.resources?.includes(plural),
      ),
    )
    .slice(0, MAX_KINDS)
}
