/** Labels on the command line (upstream: kubectl/pkg/cmd/label and generate.ParseLabels). */
import { KubectlError } from '../errors.ts'

/** `a=1,b=2`. Throws KubectlError. */
export function parseLabelList(text: string): { readonly [key: string]: string } {
  const labels: { [key: string]: string } = Object.create(null)
  for (const part of text.split(',')) {
    const [key = '', value, ...more] = part.split('=')
    if (value === undefined || more.length > 0 || key === '') throw new KubectlError(`unexpected label spec: ${part}`)
    labels[key] = value
  }
  return { ...labels }
}

const LABEL_VALUE = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/

/** What is wrong with a label's value, in the API's words. */
export function labelValueProblems(value: string): readonly string[] {
  const problems: string[] = []
  if (value.length > 63) problems.push('must be no more than 63 bytes')
  if (!LABEL_VALUE.test(value))
    problems.push(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    )
  return problems
}

const NAME_PART = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const SUBDOMAIN = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/

/** What is wrong with a key of a label or taint (upstream: apimachinery, validation.IsQualifiedName). */
export function qualifiedNameProblems(key: string): readonly string[] {
  const NAME_RULE =
    "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
  const parts = key.split('/')
  if (parts.length > 2)
    return [`a qualified name ${NAME_RULE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`]
  const [name = '', prefix] = parts.toReversed()
  const problems: string[] = []
  if (prefix === '') problems.push('prefix part must be non-empty')
  else if (prefix !== undefined && !SUBDOMAIN.test(prefix))
    problems.push(
      "prefix part a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    )
  if (name === '') problems.push('name part must be non-empty')
  else if (name.length > 63) problems.push('name part must be no more than 63 bytes')
  if (!NAME_PART.test(name)) problems.push(`name part ${NAME_RULE}`)
  return problems
}

type Requirement = { readonly key: string; readonly operator: string; readonly values?: readonly string[] }

const OPERATORS = { in: 'In', notin: 'NotIn' } as const

export interface ParsedSelector {
  readonly matchLabels?: { readonly [key: string]: string }
  readonly matchExpressions?: readonly Requirement[]
}

/** A selector's text as the API's matchLabels and matchExpressions (upstream: metav1.ParseToLabelSelector). Throws KubectlError. */
export function parseSelector(text: string): ParsedSelector {
  const matchLabels: { [key: string]: string } = Object.create(null)
  const matchExpressions: Requirement[] = []
  for (const part of text.split(/,(?![^(]*\))/).map((p) => p.trim())) {
    const equal = /^([^\s=!]+)\s*==?\s*([^\s=!]*)$/.exec(part)
    const unequal = /^([^\s=!]+)\s*!=\s*([^\s=!]*)$/.exec(part)
    const set = /^([^\s=!]+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(part)
    const bare = /^(!?)\s*([^\s=!(),]+)$/.exec(part)
    if (equal) matchLabels[equal[1] ?? ''] = equal[2] ?? ''
    else if (unequal) matchExpressions.push({ key: unequal[1] ?? '', operator: 'NotIn', values: [unequal[2] ?? ''] })
    else if (set)
      matchExpressions.push({
        key: set[1] ?? '',
        operator: OPERATORS[set[2] === 'in' ? 'in' : 'notin'],
        values: (set[3] ?? '')
          .split(',')
          .map((value) => value.trim())
          .sort(),
      })
    else if (bare) matchExpressions.push({ key: bare[2] ?? '', operator: bare[1] ? 'DoesNotExist' : 'Exists' })
    else
      throw new KubectlError(
        `couldn't parse the selector string ${JSON.stringify(text)}: unable to parse requirement${part.includes('(') && !part.includes(')') ? ": found '', expected: ',' or ')'" : ''}`,
      )
  }
  return {
    ...(Object.keys(matchLabels).length > 0 && { matchLabels: { ...matchLabels } }),
    ...(matchExpressions.length > 0 && { matchExpressions }),
  }
}
