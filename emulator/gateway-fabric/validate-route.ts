import { no, type Said, yes } from './conditions.ts'
import { type Filter, type HeaderChanges, OWN_GROUP, type Route, type RouteMatch, type RouteRule } from './objects.ts'

/** What is wrong with the rules of a route. */
export interface Judged {
  /** Of each rule: whether it is served, answers 500 because of a filter, or is dropped. */
  readonly rules: readonly ('served' | 'broken' | 'dropped')[]
  /** Conditions in place of the usual ones. */
  readonly said: readonly Said[]
  /** No rule is left. */
  readonly invalid: boolean
}

interface Problems {
  readonly invalid: string[]
  readonly resolve: string[]
  readonly ignored: string[]
}

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT']
const HTTP_FILTERS = [
  'ResponseHeaderModifier',
  'RequestHeaderModifier',
  'ExtensionRef',
  'RequestRedirect',
  'URLRewrite',
  'RequestMirror',
  'CORS',
]
const GRPC_FILTERS = ['ResponseHeaderModifier', 'RequestHeaderModifier', 'RequestMirror', 'ExtensionRef']
const EXTENSIONS = ['SnippetsFilter', 'AuthenticationFilter']
const NOT_ALLOWED = new Set(['server', 'date', 'x-pad', 'content-type', 'content-length', 'connection'])

const quoted = (values: readonly string[]): string => values.map((value) => JSON.stringify(value)).join(', ')
const unsupported = (path: string, value: string, known: readonly string[]): string =>
  `${path}: Unsupported value: ${JSON.stringify(value)}: supported values: ${quoted(known)}`

/** Judges matches and filters (nginx-gateway-fabric: state/graph/httproute.go, common_filter.go). */
export function judgeRoute(route: Route, kind: string): Judged {
  const problems: Problems = { invalid: [], resolve: [], ignored: [] }
  const rules = (route.spec.rules ?? []).map((rule, index) => judgeRule(rule, `spec.rules[${index}]`, kind, problems))
  const served = rules.filter((rule) => rule === 'served').length
  const invalid = problems.invalid.length > 0 && served === 0
  return { rules, said: conditionsOf(problems, invalid), invalid }
}

function conditionsOf({ invalid, resolve, ignored }: Problems, allInvalid: boolean): readonly Said[] {
  const all = (texts: readonly string[]): string => (texts.length === 1 ? (texts[0] ?? '') : `[${texts.join(', ')}]`)
  const said: Said[] = []
  if (ignored.length > 0)
    said.push(yes('Accepted', `The following unsupported parameters were ignored: ${all(ignored)}`, 'UnsupportedField'))
  if (allInvalid) said.push(no('Accepted', 'UnsupportedValue', `All rules are invalid: ${all(invalid)}`))
  else if (invalid.length > 0)
    said.push(yes('PartiallyInvalid', `Dropped Rule(s): ${all(invalid)}`, 'UnsupportedValue'))
  if (resolve.length > 0) said.push(no('ResolvedRefs', 'InvalidFilter', all(resolve)))
  return said
}

function judgeRule(rule: RouteRule, path: string, kind: string, problems: Problems): Judged['rules'][number] {
  for (const [field, value] of [
    ['retry', rule.retry],
    ['sessionPersistence', rule.sessionPersistence],
  ] as const)
    if (value !== undefined) problems.ignored.push(`${path}.${field}: Forbidden: ${field} is not supported`)
  const before = problems.invalid.length
  for (const [index, match] of (rule.matches ?? []).entries())
    judgeMatch(match, `${path}.matches[${index}]`, problems.invalid)
  const fits = problems.invalid.length === before
  const filters = [...(rule.filters ?? []).entries()].filter(
    ([index, filter]) => !judgeFilter(filter, `${path}.filters[${index}]`, kind, problems),
  )
  if (!fits) return 'dropped'
  return filters.length > 0 ? 'broken' : 'served'
}

function judgeMatch(match: NonNullable<RouteRule['matches']>[number], path: string, problems: string[]): void {
  const { method, path: wanted } = match as RouteMatch
  if (typeof method === 'string' && !METHODS.includes(method))
    problems.push(unsupported(`${path}.method`, method, METHODS))
  const value = wanted?.value ?? '/'
  if (wanted?.type !== 'RegularExpression' && !/^\/[^\s{};]*$/.test(value)) {
    const why =
      "must start with / and must not include any whitespace character, `{`, `}` or `;` (e.g. '/',  or '/path',  or '/path/subpath-123', regex used for validation is '/[^\\s{};]*')"
    problems.push(`${path}.path.value: Invalid value: ${JSON.stringify(value)}: ${why}`)
  }
}

/** Can this filter be served? */
function judgeFilter(filter: Filter, path: string, kind: string, problems: Problems): boolean {
  const before = problems.invalid.length + problems.resolve.length
  const known = kind === 'GRPCRoute' ? GRPC_FILTERS : HTTP_FILTERS
  if (!known.includes(filter.type)) problems.invalid.push(unsupported(`${path}.type`, filter.type, known))
  else if (filter.type === 'ExtensionRef') judgeExtension(filter, `${path}.extensionRef`, problems)
  else if (filter.type === 'ResponseHeaderModifier') judgeHeaders(filter.responseHeaderModifier, path, problems.invalid)
  else if (filter.requestMirror?.percent !== undefined && filter.requestMirror.fraction !== undefined)
    problems.invalid.push(
      `${path}.requestMirror: Invalid value: ${JSON.stringify(filter.requestMirror)}: cannot set both percent and fraction`,
    )
  return problems.invalid.length + problems.resolve.length === before
}

function judgeExtension({ extensionRef }: Filter, path: string, { invalid, resolve }: Problems): void {
  const { group = '', kind = '', name = '' } = extensionRef ?? {}
  const before = invalid.length
  if (group !== OWN_GROUP) invalid.push(unsupported(path, group, [OWN_GROUP]))
  if (!EXTENSIONS.includes(kind)) invalid.push(unsupported(path, kind, EXTENSIONS))
  if (invalid.length === before) resolve.push(`${path}: Not found: ${JSON.stringify({ group, kind, name })}`)
}

function judgeHeaders(changes: HeaderChanges | undefined, path: string, problems: string[]): void {
  const named = (field: 'add' | 'set') => (changes?.[field] ?? []).map((header) => ({ field, header }))
  const removed = (changes?.remove ?? []).map((name) => ({ field: 'remove', header: { name, value: '' } }))
  for (const { field, header } of [...named('add'), ...named('set'), ...removed]) {
    const name = header.name.toLowerCase()
    if (NOT_ALLOWED.has(name) || name.startsWith('x-accel'))
      problems.push(`${path}.${field}: Invalid value: ${JSON.stringify(header)}: header name is not allowed`)
  }
}
