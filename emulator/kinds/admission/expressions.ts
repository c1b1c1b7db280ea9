/** Expressions of policies and webhooks: their variables, and what keeps them from being stored (upstream: apiserver/pkg/admission/plugin/cel). */
import type { Environment } from '@marcbachmann/cel-js'
import { environmentOf } from '../../api/cel/environment.ts'
import { type FieldError, field } from '../../api/field.ts'
import { qualifiedNameErrors } from '../../api/names.ts'
import { compileExpression, type Expression } from '../../api/structural/cel.ts'
import type { MatchCondition, Variable } from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'

const AUTHORIZER = 'authorizer: kubernetes.authorization.Authorizer'
const COMMON = ['object', 'oldObject', 'request', 'namespaceObject']

/** What an expression may name. */
export interface Scope {
  readonly params: boolean
  readonly authorizer: boolean
  /** Those that a policy defines; undefined where there are none to be had. */
  readonly variables?: readonly string[]
}

export function scopeEnvironment({ params, authorizer, variables }: Scope): Environment {
  const environment = environmentOf(...COMMON, ...(params ? ['params'] : []), ...(authorizer ? [AUTHORIZER] : []))
  if (!variables) return environment
  const fields = Object.fromEntries(variables.map((name) => [name, 'dyn']))
  return environment.registerType('Variables', { fields }).registerVariable('variables', 'Variables')
}

const running = environmentOf(...COMMON, 'params', 'variables', AUTHORIZER)

/** An expression that will be run; it is known to compile. */
export const policyExpression = (source: string): Expression => compileExpression(source, running)

/** Does it compile, and to what it should? */
export function expressionErrors(
  path: string,
  source: string,
  environment: Environment,
  wanted: 'bool' | 'string' | 'any',
): readonly FieldError[] {
  const { error, type } = compileExpression(source, environment)
  if (error !== undefined) return [field.invalid(path, source, `compilation failed: ${error}`)]
  return wanted === 'any' || type === wanted || type === 'dyn'
    ? []
    : [field.invalid(path, source, `must evaluate to ${wanted}`)]
}

const MAX_CONDITIONS = 64

/** Upstream: pkg/apis/admissionregistration/validation validateMatchConditions. */
export function matchConditionErrors(
  path: string,
  conditions: readonly MatchCondition[] | undefined,
  params: boolean,
): readonly FieldError[] {
  if (!conditions?.length) return []
  const environment = scopeEnvironment({ params, authorizer: true })
  return [
    ...(conditions.length > MAX_CONDITIONS
      ? [
          {
            type: 'TooMany',
            path,
            value: conditions.length,
            detail: `must have at most ${MAX_CONDITIONS} items`,
          } as const,
        ]
      : []),
    ...conditions.flatMap(({ name = '', expression = '' }, index) => {
      const at = `${path}[${index}]`
      const source = expression.trim()
      return [
        ...(source === ''
          ? [field.required(`${at}.expression`)]
          : expressionErrors(`${at}.expression`, source, environment, 'bool')),
        ...(name === '' ? [field.required(`${at}.name`)] : nameErrors(`${at}.name`, name, qualifiedNameErrors)),
        ...(name !== '' && conditions.slice(0, index).some((other) => other.name === name)
          ? [field.duplicate(`${at}.name`, name)]
          : []),
      ]
    }),
  ]
}

/** Variables of a policy; each sees those before it (upstream: validateVariable). */
export function variableErrors(
  path: string,
  variables: readonly Variable[] | undefined,
  params: boolean,
): readonly FieldError[] {
  return (variables ?? []).flatMap(({ name = '', expression = '' }, index) => {
    const at = `${path}[${index}]`
    const before = (variables ?? []).slice(0, index).map((variable) => variable.name)
    const environment = scopeEnvironment({ params, authorizer: true, variables: before })
    return [
      ...(name.trim() === ''
        ? [field.required(`${at}.name`, 'name is not specified')]
        : /^[_a-zA-Z]\w*$/.test(name)
          ? []
          : [field.invalid(`${at}.name`, name, 'name is not a valid CEL identifier')]),
      ...(expression.trim() === ''
        ? [field.required(`${at}.expression`, 'expression is not specified')]
        : expressionErrors(`${at}.expression`, expression, environment, 'any')),
    ]
  })
}
