import { type FieldError, field } from '../../api/field.ts'
import { qualifiedNameErrors } from '../../api/names.ts'
import type {
  AuditAnnotation,
  MutatingAdmissionPolicy,
  Mutation,
  ValidatingAdmissionPolicy,
  Validation,
} from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'
import { expressionErrors, matchConditionErrors, type Scope, scopeEnvironment, variableErrors } from './expressions.ts'
import { chosenErrors, matchResourcesErrors, paramKindErrors } from './match.ts'
import { FAILURE_POLICIES } from './validate.ts'

type Errors = readonly FieldError[]
type Spec = NonNullable<ValidatingAdmissionPolicy['spec']> | NonNullable<MutatingAdmissionPolicy['spec']>

const scopeOf = ({ paramKind, variables }: Spec, authorizer: boolean): Scope => ({
  params: paramKind !== undefined,
  authorizer,
  variables: (variables ?? []).map(({ name }) => name),
})

/** What both kinds of policies have (upstream: pkg/apis/admissionregistration/validation). */
function commonErrors(spec: Spec): Errors {
  const { matchConstraints: match, paramKind } = spec
  return [
    ...chosenErrors('spec.failurePolicy', spec.failurePolicy, FAILURE_POLICIES),
    ...(paramKind ? paramKindErrors('spec.paramKind', paramKind) : []),
    ...(match ? matchResourcesErrors('spec.matchConstraints', match) : [field.required('spec.matchConstraints')]),
    ...(match && !match.resourceRules?.length ? [field.required('spec.matchConstraints.resourceRules')] : []),
    ...matchConditionErrors('spec.matchConditions', spec.matchConditions, paramKind !== undefined),
    ...variableErrors('spec.variables', spec.variables, paramKind !== undefined),
  ]
}

const EMPTY = 'validations or auditAnnotations must contain at least one item'
const MAX_ANNOTATIONS = 20

/** Upstream: validateValidatingAdmissionPolicySpec. */
export function validatingPolicyErrors({ metadata, spec = {} }: ValidatingAdmissionPolicy): Errors {
  const { validations = [], auditAnnotations: annotations = [] } = spec
  const nothing = validations.length === 0 && annotations.length === 0
  return [
    ...commonErrors(spec),
    ...(nothing ? [field.required('spec.validations', EMPTY), field.required('spec.auditAnnotations', EMPTY)] : []),
    ...validations.flatMap((each, index) => validationErrors(`spec.validations[${index}]`, each, spec)),
    ...(annotations.length > MAX_ANNOTATIONS
      ? [
          field.invalid(
            'spec.auditAnnotations',
            annotations,
            `must not have more than ${MAX_ANNOTATIONS} auditAnnotations`,
          ),
        ]
      : []),
    ...annotations.flatMap((each, index) => [
      ...annotationErrors(`spec.auditAnnotations[${index}]`, each, metadata?.name ?? '', spec),
      ...(annotations.slice(0, index).some(({ key }) => key === each.key)
        ? [field.duplicate(`spec.auditAnnotations[${index}].key`, each.key)]
        : []),
    ]),
  ]
}

const REASONS = ['Forbidden', 'Invalid', 'RequestEntityTooLarge']

function validationErrors(path: string, validation: Validation, spec: Spec): Errors {
  const { expression = '', message = '', messageExpression = '', reason } = validation
  return [
    ...(expression.trim() === ''
      ? [field.required(`${path}.expression`, 'expression is not specified')]
      : expressionErrors(`${path}.expression`, expression, scopeEnvironment(scopeOf(spec, true)), 'bool')),
    ...(messageExpression === ''
      ? []
      : messageExpression.trim() === ''
        ? [field.invalid(`${path}.messageExpression`, messageExpression, 'must be non-empty if specified')]
        : expressionErrors(
            `${path}.messageExpression`,
            messageExpression,
            scopeEnvironment(scopeOf(spec, false)),
            'string',
          )),
    ...(message !== '' && message.trim() === ''
      ? [field.invalid(`${path}.message`, message, 'message must be non-empty if specified')]
      : /[\r\n]/.test(message.trim())
        ? [field.invalid(`${path}.message`, message, 'message must not contain line breaks')]
        : []),
    ...chosenErrors(`${path}.reason`, reason, REASONS),
  ]
}

const MAX_VALUE_EXPRESSION = 5 * 1024

function annotationErrors(path: string, { key = '', valueExpression = '' }: AuditAnnotation, name: string, spec: Spec) {
  const at = `${path}.valueExpression`
  return [
    ...(key === ''
      ? [field.required(`${path}.key`, 'key is not specified')]
      : nameErrors(`${path}.key`, `${name}/${key}`, qualifiedNameErrors).map((error) => ({ ...error, value: key }))),
    ...(valueExpression.trim() === ''
      ? [field.required(at, 'valueExpression is not specified')]
      : valueExpression.length > MAX_VALUE_EXPRESSION
        ? [field.required(at, `must not exceed ${MAX_VALUE_EXPRESSION} bytes in length`)]
        : expressionErrors(at, valueExpression, scopeEnvironment(scopeOf(spec, true)), 'any')),
  ]
}

/** Upstream: validateMutatingAdmissionPolicySpec. */
export function mutatingPolicyErrors({ spec = {} }: MutatingAdmissionPolicy): Errors {
  const { mutations = [], reinvocationPolicy } = spec
  return [
    ...commonErrors(spec),
    ...(mutations.length === 0 ? [field.required('spec.mutations', 'mutations must contain at least one item')] : []),
    ...mutations.flatMap((each, index) => mutationErrors(`spec.mutations[${index}]`, each, spec)),
    ...(reinvocationPolicy === undefined || reinvocationPolicy === ''
      ? [field.required('spec.reinvocationPolicy')]
      : chosenErrors('spec.reinvocationPolicy', reinvocationPolicy, ['IfNeeded', 'Never'])),
  ]
}

function mutationErrors(path: string, { patchType = '', applyConfiguration, jsonPatch }: Mutation, spec: Spec): Errors {
  const types = ['ApplyConfiguration', 'JSONPatch']
  if (patchType === '') return [field.required(`${path}.patchType`)]
  if (!types.includes(patchType)) return [field.notSupported(`${path}.patchType`, patchType, types)]
  const applies = patchType === 'ApplyConfiguration'
  const name = applies ? 'applyConfiguration' : 'jsonPatch'
  const chosen = applies ? applyConfiguration : jsonPatch
  const other = applies ? jsonPatch : applyConfiguration
  const must = `must be specified when patchType is ${patchType}`
  const not = `may not be specified when patchType is ${patchType}`
  if (!chosen) return [field.required(`${path}.${name}`, must)]
  const { expression = '' } = chosen
  return [
    ...(other ? [field.invalid(`${path}.${applies ? 'jsonPatch' : 'applyConfiguration'}`, '{}', not)] : []),
    ...(expression.trim() === ''
      ? [field.required(`${path}.${name}.expression`, 'expression is not specified')]
      : expressionErrors(`${path}.${name}.expression`, expression, scopeEnvironment(scopeOf(spec, true)), 'any')),
  ]
}
