/** `x-kubernetes-validations`: rules of a schema (upstream: apiextensions-apiserver/pkg/apiserver/schema/cel/validation.go). */
import type { ValidationRule } from '../../generated/types.ts'
import { type FieldError, field } from '../field.ts'
import { isRecord, jsonEqual } from '../json.ts'
import { compileExpression, type Expression } from './cel.ts'
import { celValue } from './cel-values.ts'
import { childPath, isEmbedded, itemsOf, type Json, propertyOf, type Schema, valuesOf } from './schema.ts'
import { type Before, fieldBefore, itemBefore } from './validate.ts'

export interface CompiledRule {
  readonly error?: string | undefined
  readonly usesOldSelf: boolean
  readonly expression: Expression
  readonly message: Expression | undefined
}

// allowed: results of a pure function, the same for every cluster
const compiled = new WeakMap<ValidationRule, CompiledRule>()

/** A rule ready to run, or why it is none. */
export function compileRule(rule: ValidationRule): CompiledRule {
  const known = compiled.get(rule)
  if (known) return known
  const expression = compileExpression(rule.rule)
  const returns = ['bool', 'dyn'].includes(expression.type) ? undefined : 'cel expression must evaluate to a bool'
  const result = {
    error: expression.error === undefined ? returns : `compilation failed: ${expression.error}`,
    usesOldSelf: /\boldSelf\b/.test(rule.rule),
    expression,
    message: rule.messageExpression ? compileExpression(rule.messageExpression) : undefined,
  }
  compiled.set(rule, result)
  return result
}

/** Rules that one object may be held against; upstream counts cost. */
const MAX_RUNS = 10_000

interface Budget {
  runs: number
}

/** What rules of the whole schema say of `object`. Rules about change ask only where there was something before. */
export function ruleErrors(schema: Schema, object: unknown, old: unknown): readonly FieldError[] {
  const budget = { runs: MAX_RUNS }
  return check(schema, object, '', old === undefined ? undefined : { value: old }, true, budget)
}

function check(
  schema: Schema,
  value: unknown,
  path: string,
  before: Before,
  root: boolean,
  budget: Budget,
): readonly FieldError[] {
  if (value === null || value === undefined || !mentionsRules(schema)) return []
  const own = schema['x-kubernetes-validations'] ? ownErrors(schema, value, path, before, root, budget) : []
  if (Array.isArray(value)) {
    const items = itemsOf(schema)
    if (!items) return own
    return [
      ...own,
      ...value.flatMap((item, index) =>
        check(items, item, `${path}[${index}]`, itemBefore(schema, item, before), isEmbedded(items), budget),
      ),
    ]
  }
  return isRecord(value) ? [...own, ...fieldErrors(schema, value, path, before, budget)] : own
}

function fieldErrors(
  schema: Schema,
  object: Json,
  path: string,
  before: Before,
  budget: Budget,
): readonly FieldError[] {
  const values = valuesOf(schema)
  const past = schema['x-kubernetes-map-type'] === 'atomic' ? undefined : before
  return Object.entries(object).flatMap(([name, inner]) => {
    const own = propertyOf(schema, name)
    if (own) return check(own, inner, childPath(path, name), fieldBefore(name, past), isEmbedded(own), budget)
    return values ? check(values, inner, `${path}[${name}]`, fieldBefore(name, past), isEmbedded(values), budget) : []
  })
}

// allowed: results of a pure function, the same for every cluster
const mentioning = new WeakMap<Schema, boolean>()

/** Are there rules in this schema or below? */
function mentionsRules(schema: Schema): boolean {
  const known = mentioning.get(schema)
  if (known !== undefined) return known
  const inner = [...Object.values(schema.properties ?? {}), itemsOf(schema), valuesOf(schema)]
  const found =
    (schema['x-kubernetes-validations']?.length ?? 0) > 0 ||
    inner.some((one) => one !== undefined && mentionsRules(one))
  mentioning.set(schema, found)
  return found
}

function ownErrors(
  schema: Schema,
  value: unknown,
  path: string,
  before: Before,
  root: boolean,
  budget: Budget,
): readonly FieldError[] {
  const self = celValue(schema, value, root)
  const oldSelf = before && celValue(schema, before.value, root)
  const unchanged = before !== undefined && jsonEqual(before.value, value)
  const at = path === '' ? '<nil>' : path
  const errors: FieldError[] = []
  for (const rule of schema['x-kubernetes-validations'] ?? []) {
    const { usesOldSelf, expression, message, error } = compileRule(rule)
    if (usesOldSelf && !before && !rule.optionalOldSelf) continue
    if (!usesOldSelf && unchanged) continue
    if (--budget.runs < 0)
      return [
        ...errors,
        field.invalid(
          at,
          schema.type ?? '',
          'validation failed due to running out of cost budget, no further validation rules will be run',
        ),
      ]
    if (error !== undefined) {
      errors.push(field.invalid(at, schema.type ?? '', `rule compile error: ${error}`))
      continue
    }
    const variables = { self, oldSelf: oldSelf ?? null }
    const result = expression.run(variables)
    if (result.ok && result.value === true) continue
    errors.push(
      result.ok
        ? broken(schema, rule, at, message, variables)
        : failed(schema, rule, at, result.error, result.overBudget),
    )
  }
  return errors
}

const ruleText = ({ rule, message = '' }: ValidationRule): string => (message === '' ? rule.trim() : message.trim())

function failed(schema: Schema, rule: ValidationRule, path: string, error: string, overBudget: boolean): FieldError {
  const text = error.startsWith('no such overload')
    ? `'${error}': call arguments did not match a supported operator, function or macro signature for rule: ${ruleText(rule)}`
    : overBudget
      ? `'${error}': no further validation rules will be run due to call cost exceeds limit for rule: ${ruleText(rule)}`
      : `${error} evaluating rule: ${ruleText(rule)}`
  return field.invalid(path, schema.type ?? '', text)
}

/** A rule that says no, in its own words. */
function broken(
  schema: Schema,
  rule: ValidationRule,
  path: string,
  message: Expression | undefined,
  variables: { readonly self: unknown; readonly oldSelf: unknown },
): FieldError {
  const detail = spoken(message, variables) ?? (rule.message ? rule.message.trim() : `failed rule: ${rule.rule.trim()}`)
  const at = rule.fieldPath ? `${path === '<nil>' ? '' : path}${rule.fieldPath}`.replace(/^\./, '') : path
  switch (rule.reason) {
    case 'FieldValueForbidden':
      return field.forbidden(at, detail)
    case 'FieldValueRequired':
      return field.required(at, detail)
    case 'FieldValueDuplicate':
      return field.duplicate(at, schema.type ?? '')
    default:
      return field.invalid(at, schema.type ?? '', detail)
  }
}

/** What a message expression makes; nothing where it fails or makes no single line. */
function spoken(
  message: Expression | undefined,
  variables: { readonly self: unknown; readonly oldSelf: unknown },
): string | undefined {
  const result = message?.run(variables)
  if (!result?.ok || typeof result.value !== 'string') return undefined
  const text = result.value.trim()
  return text === '' || text.includes('\n') ? undefined : text
}
