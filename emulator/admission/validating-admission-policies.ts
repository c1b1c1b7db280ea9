import type { AdmissionPlugin, AdmissionRequest } from '../api/admission.ts'
import { forbidden, StatusError } from '../api/errors.ts'
import type { Expression } from '../api/structural/cel.ts'
import type { ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding, Validation } from '../generated/types.ts'
import { policyExpression } from '../kinds/admission/expressions.ts'
import { validatingAdmissionPolicy as policyKind } from '../kinds/validating-admission-policy.ts'
import { validatingAdmissionPolicyBinding as bindingKind } from '../kinds/validating-admission-policy-binding.ts'
import {
  type Activation,
  activationOf,
  compileVariables,
  conditionsMet,
  failureText,
  withParams,
  withVariables,
} from './evaluation.ts'
import { resourcesMatch } from './matching.ts'
import { paramsOf } from './policy-params.ts'

const CODES = new Map([
  ['Unauthorized', 401],
  ['Forbidden', 403],
  ['RequestEntityTooLarge', 413],
  ['Invalid', 422],
])

interface Denial {
  readonly message: string
  readonly reason?: string
}

/** Asks the expressions of policies that are bound (upstream: apiserver/pkg/admission/plugin/policy/validating). */
export const validatingAdmissionPolicies: AdmissionPlugin = {
  name: 'ValidatingAdmissionPolicy',
  validate(request) {
    const bindings = request.objects.list(bindingKind)
    if (bindings.length === 0 || request.kind.group === policyKind.group) return
    const values = once(() => activationOf(request))
    const denials = request.objects.list(policyKind).flatMap((policy) => {
      const own = bindings.filter(({ spec }) => spec?.policyName === policy.metadata?.name)
      if (own.length === 0 || !resourcesMatch(policy.spec?.matchConstraints, request)) return []
      return own
        .filter(({ spec }) => resourcesMatch(spec?.matchResources, request))
        .flatMap((binding) => bindingDenials(policy, binding, request, values))
    })
    if (denials[0]) throw denied(request, denials[0])
  },
}

/** Works something out at most once. */
function once<T>(work: () => T): () => T {
  let known: { readonly value: T } | undefined
  return () => {
    known ??= { value: work() }
    return known.value
  }
}

function bindingDenials(
  policy: ValidatingAdmissionPolicy,
  binding: ValidatingAdmissionPolicyBinding,
  request: AdmissionRequest,
  values: () => Activation,
): readonly Denial[] {
  const name = policy.metadata?.name ?? ''
  const through = binding.metadata?.name ?? ''
  const fails = policy.spec?.failurePolicy !== 'Ignore'
  const deny = (message: string): string =>
    `ValidatingAdmissionPolicy '${name}' with binding '${through}' denied request: ${message}`
  const params = paramsOf(policy.spec?.paramKind, binding.spec?.paramRef, request)
  if ('error' in params) return fails ? [{ message: deny(`failed to configure binding: ${params.error}`) }] : []
  const actions = binding.spec?.validationActions ?? []
  const found = params.objects.flatMap((object) => decisions(policy, withParams(values(), object), fails))
  if (actions.includes('Warn'))
    for (const { message } of found)
      request.warn(`Validation failed for ValidatingAdmissionPolicy '${name}' with binding '${through}': ${message}`)
  return actions.includes('Deny') ? found.map((denial) => ({ ...denial, message: deny(denial.message) })) : []
}

/** What a policy says no to, in its own words. */
function decisions({ spec = {} }: ValidatingAdmissionPolicy, values: Activation, fails: boolean): readonly Denial[] {
  const met = conditionsMet(spec.matchConditions, () => values)
  if ('error' in met) return fails ? [{ message: met.error }] : []
  if (!met.met) return []
  const { variables, validations } = compile(spec)
  const activation = withVariables(values, variables)
  return validations.flatMap(({ validation, expression, message }): readonly Denial[] => {
    const outcome = expression.run(activation)
    const error = failureText(validation.expression, outcome)
    if (error !== undefined) return fails ? [{ message: error }] : []
    if (outcome.ok && outcome.value === true) return []
    return [{ message: messageOf(validation, message, activation), reason: validation.reason ?? 'Invalid' }]
  })
}

interface Compiled {
  readonly variables: ReadonlyMap<string, Expression>
  readonly validations: readonly {
    readonly validation: Validation
    readonly expression: Expression
    readonly message: Expression | undefined
  }[]
}

// allowed: results of a pure function, the same for every cluster
const compiled = new WeakMap<object, Compiled>()

function compile(spec: NonNullable<ValidatingAdmissionPolicy['spec']>): Compiled {
  const known = compiled.get(spec)
  if (known) return known
  const result = {
    variables: compileVariables(spec.variables),
    validations: (spec.validations ?? []).map((validation) => ({
      validation,
      expression: policyExpression(validation.expression),
      message: validation.messageExpression ? policyExpression(validation.messageExpression) : undefined,
    })),
  }
  compiled.set(spec, result)
  return result
}

const MAX_MESSAGE = 5 * 1024

function messageOf(validation: Validation, message: Expression | undefined, activation: Activation): string {
  const outcome = message?.run(activation)
  const spoken = outcome?.ok && typeof outcome.value === 'string' ? outcome.value.trim() : ''
  if (spoken !== '' && !spoken.includes('\n') && spoken.length <= MAX_MESSAGE) return spoken
  return validation.message?.trim() || `failed expression: ${validation.expression.trim()}`
}

function denied({ kind, name }: AdmissionRequest, { message, reason = 'Invalid' }: Denial): StatusError {
  const { status } = forbidden(kind, name, message, [{ message }])
  return new StatusError({ ...status, reason, code: CODES.get(reason) ?? 422 })
}
