import type { LabelSelector } from '../../generated/types.ts'

type StringMap = { readonly [key: string]: string }

/** `app=web,tier=front`, sorted, or `<none>` (upstream: apimachinery/pkg/labels Set.String, FormatLabels). */
export function formatLabels(labels: StringMap | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([key, value]) => `${key}=${value}`)
  return pairs.length > 0 ? pairs.sort(byBytes).join(',') : '<none>'
}

/** A label selector in the API's text form; empty when it selects everything or is absent. */
export function labelSelectorText(selector: LabelSelector | undefined): string {
  const parts: (readonly [key: string, text: string])[] = []
  for (const [key, value] of Object.entries(selector?.matchLabels ?? {})) parts.push([key, `${key}=${value}`])
  for (const { key, operator, values = [] } of selector?.matchExpressions ?? [])
    parts.push([key, expressionText(key, operator, values)])
  return parts
    .sort(([a], [b]) => byBytes(a, b))
    .map(([, text]) => text)
    .join(',')
}

function expressionText(key: string, operator: string, values: readonly string[]): string {
  if (operator === 'Exists') return key
  if (operator === 'DoesNotExist') return `!${key}`
  return `${key} ${operator.toLowerCase()} (${[...values].sort(byBytes).join(',')})`
}

/** Does a label selector match? An absent selector matches nothing, an empty one everything. */
export function matchesLabelSelector(selector: LabelSelector | undefined, labels: StringMap | undefined): boolean {
  if (!selector) return false
  const { matchLabels, matchExpressions = [] } = selector
  if (matchLabels)
    for (const key of Object.keys(matchLabels))
      if (!labels || !Object.hasOwn(labels, key) || labels[key] !== matchLabels[key]) return false
  return matchExpressions.every((expression) => matchesExpression(expression, labels))
}

function matchesExpression(
  { key, operator, values = [] }: NonNullable<LabelSelector['matchExpressions']>[number],
  labels: StringMap | undefined,
): boolean {
  const has = labels !== undefined && Object.hasOwn(labels, key)
  if (operator === 'Exists') return has
  if (operator === 'DoesNotExist') return !has
  const included = has && values.includes(labels[key] ?? '')
  return operator === 'In' ? included : !included
}

/** Go sorts strings by their bytes; for the characters that keys may have that is code-unit order. */
export const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
