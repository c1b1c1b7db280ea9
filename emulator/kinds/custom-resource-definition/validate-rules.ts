import { type FieldError, field } from '../../api/field.ts'
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
  return rules.flatMap((rule, index) => expressionErrors(rule, `${path}.x-kubernetes-validations[${index}]`, place))
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

function expressionErrors(rule: ValidationRule, path: string, place: Place): readonly FieldError[] {
  const compiled = compileRule(rule)
  if (compiled.error !== undefined) return [field.invalid(`${path}.rule`, rule, compiled.error)]
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
