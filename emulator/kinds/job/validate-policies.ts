import { type FieldError, field } from '../../api/field.ts'
import { qualifiedNameErrors } from '../../api/names.ts'
import type {
  JobSpec,
  PodFailurePolicyOnExitCodesRequirement,
  PodFailurePolicyOnPodConditionsPattern,
  PodFailurePolicyRule,
  SuccessPolicyRule,
} from '../../generated/types.ts'
import { internalForm } from '../pod/internal-form.ts'
import { nameErrors } from '../validation/names.ts'
import { nonNegativeErrors } from '../validation/numbers.ts'

const ACTIONS = ['Count', 'FailIndex', 'FailJob', 'Ignore']
const MAX_RULES = 20
const MAX_VALUES = 255
const MAX_INDEXES_TEXT = 65_536

/** Everything that can be wrong with a Job's policies of failure and success (upstream: pkg/apis/batch/validation validateJobSpec). */
export function policyErrors(path: string, spec: JobSpec): readonly FieldError[] {
  const { completions, podFailurePolicy, successPolicy } = spec
  const at = `${path}.successPolicy`
  return [
    ...(podFailurePolicy ? failurePolicyErrors(`${path}.podFailurePolicy.rules`, spec) : []),
    ...(successPolicy && spec.completionMode !== 'Indexed'
      ? [field.invalid(at, internalForm(successPolicy, 'SuccessPolicy'), 'requires indexed completion mode')]
      : []),
    ...(successPolicy && spec.completionMode === 'Indexed' && completions !== undefined
      ? successPolicyErrors(`${at}.rules`, successPolicy.rules ?? [], completions)
      : []),
  ]
}

function failurePolicyErrors(path: string, spec: JobSpec): readonly FieldError[] {
  const { containers = [], initContainers = [] } = spec.template?.spec ?? {}
  const names = new Set([...containers, ...initContainers].map(({ name }) => name))
  const rules = spec.podFailurePolicy?.rules ?? []
  return [
    ...tooMany(path, rules.length, MAX_RULES),
    ...rules.flatMap((rule, index) => failureRuleErrors(`${path}[${index}]`, rule, spec, names)),
  ]
}

const tooMany = (path: string, count: number, most: number): readonly FieldError[] =>
  count > most ? [{ type: 'TooMany', path, value: count, detail: `must have at most ${most} items` }] : []

function failureRuleErrors(
  path: string,
  { action, onExitCodes, onPodConditions = [] }: PodFailurePolicyRule,
  spec: JobSpec,
  names: ReadonlySet<string>,
): readonly FieldError[] {
  const both = onExitCodes && onPodConditions.length > 0
  const neither = !onExitCodes && onPodConditions.length === 0
  return [
    ...actionErrors(`${path}.action`, action, spec),
    ...(onExitCodes ? exitCodeErrors(`${path}.onExitCodes`, onExitCodes, names) : []),
    ...conditionErrors(`${path}.onPodConditions`, onPodConditions),
    ...(both ? [omitted(path, 'specifying both OnExitCodes and OnPodConditions is not supported')] : []),
    ...(neither ? [omitted(path, 'specifying one of OnExitCodes and OnPodConditions is required')] : []),
  ]
}

/** Upstream leaves the value out of these two sentences. */
const omitted = (path: string, detail: string): FieldError => ({ type: 'Invalid', path, detail })

function actionErrors(path: string, action: string | undefined, spec: JobSpec): readonly FieldError[] {
  if (!action) return [field.required(path, `valid values: [${ACTIONS.map((name) => JSON.stringify(name)).join(' ')}]`)]
  if (action === 'FailIndex')
    return spec.backoffLimitPerIndex === undefined
      ? [field.invalid(path, action, 'requires the backoffLimitPerIndex to be set')]
      : []
  return ACTIONS.includes(action) ? [] : [field.notSupported(path, action, ACTIONS)]
}

function exitCodeErrors(
  path: string,
  { containerName, operator, values = [] }: PodFailurePolicyOnExitCodesRequirement,
  names: ReadonlySet<string>,
): readonly FieldError[] {
  const valuesPath = `${path}.values`
  const ordered = values.every((value, index) => index === 0 || (values[index - 1] ?? value) <= value)
  return [
    ...(operator
      ? operator === 'In' || operator === 'NotIn'
        ? []
        : [field.notSupported(`${path}.operator`, operator, ['In', 'NotIn'])]
      : [field.required(`${path}.operator`, 'valid values: ["In" "NotIn"]')]),
    ...(containerName === undefined || names.has(containerName)
      ? []
      : [
          field.invalid(
            `${path}.containerName`,
            containerName,
            'must be one of the container or initContainer names in the pod template',
          ),
        ]),
    ...(values.length === 0 ? [field.invalid(valuesPath, values, 'at least one value is required')] : []),
    ...tooMany(valuesPath, values.length, MAX_VALUES),
    ...values.flatMap((value, index) => [
      ...(operator === 'In' && value === 0
        ? [field.invalid(`${valuesPath}[${index}]`, value, 'must not be 0 for the In operator')]
        : []),
      ...(values.indexOf(value) < index ? [field.duplicate(`${valuesPath}[${index}]`, value)] : []),
    ]),
    ...(ordered ? [] : [field.invalid(valuesPath, values, 'must be ordered')]),
  ]
}

function conditionErrors(
  path: string,
  patterns: readonly PodFailurePolicyOnPodConditionsPattern[],
): readonly FieldError[] {
  return [
    ...tooMany(path, patterns.length, MAX_RULES),
    ...patterns.flatMap(({ type = '', status = 'True' }, index) => [
      ...nameErrors(`${path}[${index}].type`, type, qualifiedNameErrors),
      ...(['False', 'True', 'Unknown'].includes(status)
        ? []
        : [field.notSupported(`${path}[${index}].status`, status, ['False', 'True', 'Unknown'])]),
    ]),
  ]
}

function successPolicyErrors(
  path: string,
  rules: readonly SuccessPolicyRule[],
  completions: number,
): readonly FieldError[] {
  return [
    ...(rules.length === 0
      ? [field.required(path, 'at least one rules must be specified when the successPolicy is specified')]
      : []),
    ...tooMany(path, rules.length, MAX_RULES),
    ...rules.flatMap((rule, index) => successRuleErrors(`${path}[${index}]`, rule, completions)),
  ]
}

function successRuleErrors(
  path: string,
  { succeededCount: count, succeededIndexes: text }: SuccessPolicyRule,
  completions: number,
): readonly FieldError[] {
  if (count === undefined && text === undefined)
    return [field.required(path, 'at least one of succeededCount or succeededIndexes must be specified')]
  const format = text === undefined ? undefined : indexesFormat(text, completions)
  const countPath = `${path}.succeededCount`
  return [
    ...(text !== undefined && text.length > MAX_INDEXES_TEXT
      ? [field.tooLong(`${path}.succeededIndexes`, MAX_INDEXES_TEXT)]
      : []),
    ...(typeof format === 'string'
      ? [field.invalid(`${path}.succeededIndexes`, text, `error parsing succeededIndexes: ${format}`)]
      : []),
    ...nonNegativeErrors(countPath, count),
    ...(count !== undefined && count > completions
      ? [
          field.invalid(
            countPath,
            count,
            `must be less than or equal to ${completions} (the number of specified completions)`,
          ),
        ]
      : []),
    ...(count !== undefined && format !== undefined && count > (typeof format === 'number' ? format : 0)
      ? [
          field.invalid(
            countPath,
            count,
            `must be less than or equal to ${typeof format === 'number' ? format : 0} (the number of indexes in the specified succeededIndexes field)`,
          ),
        ]
      : []),
  ]
}

/** How many indexes a text like `0-2,5` names, or what is wrong with it (upstream: validateIndexesFormat). */
function indexesFormat(text: string, completions: number): number | string {
  let total = 0
  let last = -1
  for (const part of text === '' ? [] : text.split(',')) {
    const bounds = part.split('-')
    if (bounds.length > 2)
      return `the fragment ${JSON.stringify(part)} violates the requirement that an index interval can have at most two parts separated by '-'`
    const numbers: number[] = []
    for (const bound of bounds) {
      if (!/^[+-]?\d+$/.test(bound)) return `cannot convert string to integer for index: ${JSON.stringify(bound)}`
      if (Number(bound) >= completions) return `too large index: ${JSON.stringify(bound)}`
      numbers.push(Number(bound))
    }
    const [first = 0, end = first] = numbers
    if (last >= first) return `non-increasing order, previous: ${last}, current: ${first}`
    if (bounds.length === 2 && first >= end) return `non-increasing order, previous: ${first}, current: ${end}`
    total += end - first + 1
    last = end
  }
  return total
}
