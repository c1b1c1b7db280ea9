import { createdAt, nameOf, namespaceOf } from '../controllers/metadata.ts'
import type { Rule } from './configuration.ts'
import type { Route, RouteMatch, RouteRule } from './objects.ts'
import type { ResolvedRule } from './targets.ts'
import type { Judged } from './validate-route.ts'

const DEFAULT_SECONDS = 60

/** A rule with what decides between it and others of the same host. */
export interface RankedRule {
  readonly rule: Rule
  readonly created: number
  readonly index: number
}

/** The matches of a route as rules, one each. */
export function rulesOf(
  route: Route,
  kind: string,
  resolved: readonly ResolvedRule[],
  judged: Judged['rules'],
): readonly RankedRule[] {
  const about = { kind, namespace: namespaceOf(route), name: nameOf(route) }
  return (route.spec.rules ?? []).flatMap((rule, index) => {
    const { matches, filters = [] } = rule
    const { targets = [], mirrors = [] } = resolved[index] ?? {}
    if (judged[index] === 'dropped') return []
    const each = matches === undefined || matches.length === 0 ? [{}] : matches
    return each.map((match) => ({
      rule: {
        route: about,
        match: asHttp(match),
        filters,
        targets,
        mirrors,
        readSeconds: secondsOf(rule),
        ...(judged[index] === 'broken' && { broken: true as const }),
      },
      created: createdAt(route),
      index,
    }))
  })
}

/** A match of a GRPCRoute names a service and a method: together the path of a POST. */
function asHttp(match: NonNullable<RouteRule['matches']>[number]): RouteMatch {
  const { method, ...rest } = match
  if (method === undefined || typeof method === 'string') return { ...rest, ...(method !== undefined && { method }) }
  const { service, method: name, type } = method
  if (type === 'RegularExpression')
    return { ...rest, path: { type, value: `/${service ?? '[^/]+'}/${name ?? '[^/]+'}` } }
  if (service !== undefined && name !== undefined)
    return { ...rest, path: { type: 'Exact', value: `/${service}/${name}` } }
  if (service !== undefined) return { ...rest, path: { type: 'PathPrefix', value: `/${service}` } }
  return { ...rest, path: { type: 'RegularExpression', value: `/[^/]+/${name ?? '[^/]+'}` } }
}

/** The shorter of a rule's timeouts; 0s stands for none. */
function secondsOf({ timeouts }: RouteRule): number {
  const given = [timeouts?.request, timeouts?.backendRequest].flatMap((text) => {
    const seconds = text === undefined ? 0 : durationOf(text)
    return seconds > 0 ? [seconds] : []
  })
  return given.length > 0 ? Math.min(...given) : DEFAULT_SECONDS
}

const UNITS: { readonly [unit: string]: number } = { h: 3600, m: 60, s: 1, ms: 0.001 }

/** Seconds of a duration of the Gateway API: `1m30s`, `500ms` (GEP-2257). */
export function durationOf(text: string): number {
  return [...text.matchAll(/(\d{1,5})(ms|h|m|s)/g)].reduce(
    (sum, [, count, unit = 's']) => sum + Number(count) * (UNITS[unit] ?? 0),
    0,
  )
}

const PATH_ORDER = ['Exact', 'PathPrefix', 'RegularExpression']

/**
 * Which rule wins (Gateway API: HTTPRouteRule.matches): exact paths, the longest prefix, then, as nginx has it, regular
 * expressions; a method; more headers; more query parameters; the older route; its name; the earlier rule.
 */
export function byPrecedence(a: RankedRule, b: RankedRule): number {
  const [one, two] = [a.rule, b.rule]
  const path = ({ match }: Rule) => ({ type: match.path?.type ?? 'PathPrefix', value: match.path?.value ?? '/' })
  const order = (rule: Rule): number => PATH_ORDER.indexOf(path(rule).type)
  const name = ({ route }: Rule): string => `${route.namespace}/${route.name}`
  return (
    order(one) - order(two) ||
    path(two).value.length - path(one).value.length ||
    Number(two.match.method !== undefined) - Number(one.match.method !== undefined) ||
    (two.match.headers?.length ?? 0) - (one.match.headers?.length ?? 0) ||
    (two.match.queryParams?.length ?? 0) - (one.match.queryParams?.length ?? 0) ||
    a.created - b.created ||
    (name(one) < name(two) ? -1 : name(one) > name(two) ? 1 : 0) ||
    a.index - b.index
  )
}
