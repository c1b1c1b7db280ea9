import { type FieldError, field } from '../../api/field.ts'
import type { Container, ContainerResizePolicy } from '../../generated/types.ts'

const POLICIES = ['Always', 'Never', 'OnFailure']
const MAX_RULES = 20
const MAX_EXIT_CODES = 255

/** A container's own word on restarts (upstream: pkg/apis/core/validation validateContainerRestartPolicy). */
export function restartErrors(at: string, { restartPolicy, restartPolicyRules = [] }: Container) {
  const errors: FieldError[] = []
  const path = `${at}.restartPolicyRules`
  if (restartPolicy === undefined && restartPolicyRules.length > 0)
    errors.push(field.required(`${at}.restartPolicy`, 'must specify restartPolicy when restart rules are used'))
  if (restartPolicy !== undefined && !POLICIES.includes(restartPolicy))
    errors.push(field.notSupported(`${at}.restartPolicy`, restartPolicy, POLICIES))
  if (restartPolicyRules.length > MAX_RULES)
    errors.push({ type: 'TooLong', path, detail: `may not be more than ${MAX_RULES} bytes` })
  return [
    ...errors,
    ...restartPolicyRules.flatMap(({ action, exitCodes }, index): readonly FieldError[] => {
      const rule = `${path}[${index}]`
      const actions = ['Restart']
      return [
        ...(actions.includes(action) ? [] : [field.notSupported(`${rule}.action`, action, actions)]),
        ...(exitCodes
          ? exitCodeErrors(`${rule}.exitCodes`, exitCodes)
          : [field.required(`${rule}.exitCodes`, 'must be specified')]),
      ]
    }),
  ]
}

function exitCodeErrors(
  path: string,
  { operator, values = [] }: { readonly operator: string; readonly values?: readonly number[] },
): readonly FieldError[] {
  const operators = ['In', 'NotIn']
  return [
    ...(operators.includes(operator) ? [] : [field.notSupported(`${path}.operator`, operator, operators)]),
    ...(values.length > MAX_EXIT_CODES
      ? [{ type: 'TooLong', path: `${path}.values`, detail: `may not be more than ${MAX_EXIT_CODES} bytes` } as const]
      : []),
  ]
}

const RESOURCES = ['cpu', 'memory']
const RESTARTS = ['NotRequired', 'RestartContainer']

/** Does a resize restart the container? Upstream names the list, not the policy (validateResizePolicy). */
export function resizePolicyErrors(
  path: string,
  policies: readonly ContainerResizePolicy[],
  podRestartPolicy: string | undefined,
): readonly FieldError[] {
  const chosen = (value: string, supported: readonly string[]): readonly FieldError[] =>
    supported.includes(value) ? [] : [value === '' ? field.required(path) : field.notSupported(path, value, supported)]
  return policies.flatMap(({ resourceName, restartPolicy }, index) => [
    ...(policies.slice(0, index).some((other) => other.resourceName === resourceName)
      ? [field.duplicate(`${path}[${index}]`, resourceName)]
      : []),
    ...chosen(resourceName ?? '', RESOURCES),
    ...chosen(restartPolicy ?? '', RESTARTS),
    ...(podRestartPolicy === 'Never' && restartPolicy !== 'NotRequired'
      ? [field.invalid(path, restartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'")]
      : []),
  ])
}
