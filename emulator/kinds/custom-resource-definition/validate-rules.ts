import type { Environment } from '@marcbachmann/cel-js'
import { typedEnvironment } from '../../api/cel/typed.ts'
import { type FieldError, field } from '../../api/field.ts'
import { compileExpression } from '../../api/structural/cel.ts'
import { compileRule } from '../../api/structural/rules.ts'
import type { Schema } from '../../api/structural/schema.ts'
import type { ValidationRule } from '../../generated/types.ts'

const REASONS = ['FieldValueDuplicate', 'FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired']

interface Place {
  readonly uncorrelated: string | undefined
  /** The schema has errors already, and rules on it would only confuse. */
  readonly quiet: boolean
}

/** Rules of a schema, as text and as expressions (upstream: ValidateCustomResourceDefinitionOpenAPISchema). */
export function ruleDefinitionErrors(schema: Schema, path: string, place: Place): readonly FieldError[] {
  const rules = schema['x-kubernetes-validations'] ?? []
  const texts = rules.flatMap((rule, index) => textErrors(rule, `${path}.x-kubernetes-validations[${index}]`))
  if (place.quiet || texts.length > 0) return texts
  const types = rules.length === 0 ? undefined : typedRules(schema, path.endsWith('.openAPIV3Schema'))
  return rules.flatMap((rule, index) =>
    expressionErrors(rule, `${path}.x-kubernetes-validations[${index}]`, place, types),
  )
}

/** Expressions about this schema, checked by its types (upstream: apiextensions-apiserver/pkg/apiserver/schema/cel/compilation.go). */
function typedRules(schema: Schema, root: boolean): Environment {
  const variables = new Map([
    ['self', schema],
    ['oldSelf', schema],
  ])
  return typedEnvironment(variables, root)
}

const hasLines = (text: string): boolean => /[\n\r]/.test(text)

function textErrors(rule: ValidationRule, path: string): readonly FieldError[] {
  const { message = '', messageExpression = '', reason } = rule
  const errors: FieldError[] = []
  if (rule.rule.trim() === '') errors.push(field.required(`${path}.rule`, 'rule is not specified'))
  else if (message !== '' && message.trim() === '')
    errors.push(field.invalid(`${path}.message`, message, 'message must be non-empty if specified'))
  else if (hasLines(message.trim()))
    errors.push(field.invalid(`${path}.message`, message, 'message must not contain line breaks'))
  else if (hasLines(rule.rule.trim()) && message.trim() === '')
    errors.push(field.required(`${path}.message`, 'message must be specified if rule contains line breaks'))
  if (messageExpression !== '' && messageExpression.trim() === '')
    errors.push(field.required(`${path}.messageExpression`, 'messageExpression must be non-empty if specified'))
  if (reason !== undefined && !REASONS.includes(reason))
    errors.push(field.notSupported(`${path}.reason`, reason, REASONS))
  return errors
}

function expressionErrors(
  rule: ValidationRule,
  path: string,
  place: Place,
  types: Environment | undefined,
): readonly FieldError[] {
  const compiled = compileRule(rule)
  const typed = compiled.error === undefined && types ? compileExpression(rule.rule, types) : undefined
  if (typed?.error !== undefined)
    return [field.invalid(`${path}.rule`, internalRule(rule), `compilation failed: ${typed.error}`)]
  if (compiled.error !== undefined) return [field.invalid(`${path}.rule`, internalRule(rule), compiled.error)]
  if (compiled.usesOldSelf && place.uncorrelated !== undefined)
    return [
      field.invalid(
        `${path}.rule`,
        rule.rule,
        `oldSelf cannot be used on the uncorrelatable portion of the schema within ${place.uncorrelated}`,
      ),
    ]
  if (!compiled.usesOldSelf && rule.optionalOldSelf !== undefined)
    return [
      field.invalid(`${path}.optionalOldSelf`, rule.optionalOldSelf, 'may not be set if oldSelf is not used in rule'),
    ]
  return []
}

/** As the API server prints its own, unversioned form of a rule (upstream: pkg/apis/apiextensions/types_jsonschema.go). */
const internalRule = (rule: ValidationRule): object => ({
  Rule: rule.rule,
  Message: rule.message ?? '',
  MessageExpression: rule.messageExpression ?? '',
  Reason: rule.reason ?? null,
  FieldPath: rule.fieldPath ?? '',
  OptionalOldSelf: rule.optionalOldSelf ?? null,
})
