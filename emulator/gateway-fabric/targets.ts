import { nameOf, namespaceOf } from '../controllers/metadata.ts'
import type { EndpointSlice, Service } from '../generated/types.ts'
import type { Backends } from '../ingress-nginx/backends.ts'
import { type JudgedPolicy, type PolicySources, policyFor } from './backend-tls.ts'
import { no, type Said, yes } from './conditions.ts'
import type { Rule, Target } from './configuration.ts'
import { isGranted } from './grants.ts'
import { type BackendReference, GROUP, type ReferenceGrant, type Route } from './objects.ts'

export interface TargetSources extends PolicySources {
  readonly grants: readonly ReferenceGrant[]
  service(namespace: string, name: string): Service | undefined
  slices(namespace: string, service: string): readonly EndpointSlice[]
}

/** The backends of one rule, and those that get copies. */
export interface ResolvedRule {
  readonly targets: readonly Target[]
  readonly mirrors: Rule['mirrors']
}

/** The backendRefs of each rule, and what the ResolvedRefs condition says of them. */
export interface Resolved {
  readonly rules: readonly ResolvedRule[]
  readonly condition: Said
  /** Policies of its backends. */
  readonly policies: readonly JudgedPolicy[]
}

/** Resolves a route's backendRefs (nginx-gateway-fabric: state/graph/backend_refs.go). The first problem is told. */
export function resolveTargets(route: Route, kind: string, backends: Backends, sources: TargetSources): Resolved {
  let condition = yes('ResolvedRefs', 'All references are resolved')
  const policies = new Map<string, JudgedPolicy>()
  const rules = (route.spec.rules ?? []).map(({ backendRefs = [], filters = [] }, rule) => {
    const judge = (reference: BackendReference, path: string): Target => {
      const { name, port, weight = 1, filters: own = [], namespace = namespaceOf(route) } = reference
      const missing = problemOf(reference, path, route, kind, sources)
      const service = missing ? undefined : sources.service(namespace, name)
      const judged = service && policyFor(service, port ?? 0, sources)
      if (judged) policies.set(`${namespace}/${nameOf(judged.policy)}`, judged)
      const bad = judged !== undefined && judged.tls === undefined
      const problem = missing ?? (bad ? policyProblem(judged) : undefined)
      if (problem !== undefined && condition.status === 'True') condition = problem
      const backend = problem ? '' : backends.of(namespace, { service: { name, port: { number: port ?? 0 } } })
      return {
        weight,
        backend,
        filters: own,
        ...(problem && { problem: problem.message }),
        ...(judged?.tls && { tls: judged.tls }),
      }
    }
    const mirrors = filters.flatMap(({ requestMirror }, index) => {
      if (requestMirror === undefined) return []
      const path = `spec.rules[${rule}].filters[${index}].requestMirror.backendRef`
      const { backend } = judge(requestMirror.backendRef, path)
      const { percent, fraction } = requestMirror
      const [share, of] = fraction ? [fraction.numerator, fraction.denominator ?? 100] : [percent ?? 100, 100]
      return backend === '' ? [] : [{ backend, share, of }]
    })
    const targets = backendRefs.map((reference, index) => judge(reference, `spec.rules[${rule}].backendRefs[${index}]`))
    return { targets, mirrors }
  })
  return { rules, condition, policies: [...policies.values()] }
}

const policyProblem = ({ said }: JudgedPolicy): Said =>
  no('ResolvedRefs', 'UnsupportedValue', `The backend TLS policy is invalid: ${said[0]?.message ?? ''}`)

function problemOf(
  { group = '', kind = 'Service', name, namespace: wanted, port }: BackendReference,
  path: string,
  route: Route,
  routeKind: string,
  sources: TargetSources,
): Said | undefined {
  const problem = (reason: string, field: string, text: string) =>
    no('ResolvedRefs', reason, `${path}${field}: ${text}`)
  if (group !== '' && group !== 'core')
    return problem('InvalidKind', '.group', `Unsupported value: ${JSON.stringify(group)}: supported values: "core", ""`)
  if (kind !== 'Service')
    return problem('InvalidKind', '.kind', `Unsupported value: ${JSON.stringify(kind)}: supported values: "Service"`)
  const own = namespaceOf(route)
  const namespace = wanted ?? own
  const from = { group: GROUP, kind: routeKind, namespace: own }
  if (!isGranted(sources.grants, from, { group: '', kind: 'Service', namespace, name })) {
    const text = `Backend ref to Service ${namespace}/${name} not permitted by any ReferenceGrant`
    return problem('RefNotPermitted', '.namespace', `Forbidden: ${text}`)
  }
  if (port === undefined) return problem('UnsupportedValue', '.port', 'Required value: port cannot be nil')
  const service = sources.service(namespace, name)
  if (service === undefined) return problem('BackendNotFound', '.name', `Not found: ${JSON.stringify(name)}`)
  if (service.spec?.ports?.some((one) => one.port === port)) return undefined
  return problem('BackendNotFound', '.port', `Not found: ${port}`)
}
