/** What expressions of policies and webhooks see of a request, and what they answer (upstream: apiserver/pkg/admission/plugin/cel). */
import type { AdmissionRequest } from '../api/admission.ts'
import { CelAuthorizer } from '../api/cel/access.ts'
import { dynamicValue } from '../api/cel/dynamic.ts'
import type { Expression, Outcome } from '../api/structural/cel.ts'
import type { KubeObject } from '../api/types.ts'
import type { MatchCondition, Variable } from '../generated/types.ts'
import { policyExpression } from '../kinds/admission/expressions.ts'
import { namespace as namespaceKind } from '../kinds/namespace.ts'

export type Activation = { readonly [name: string]: unknown }

/** `request` as AdmissionReviews and expressions show it. */
export function requestOf({
  kind,
  operation,
  namespace,
  name,
  subresource,
  user,
  dryRun,
  object,
  old,
}: AdmissionRequest) {
  const { group, version } = kind
  const gvk = { group, version, kind: kind.kind }
  const gvr = { group, version, resource: kind.plural }
  return {
    uid: object?.metadata?.uid ?? old?.metadata?.uid ?? '',
    kind: gvk,
    resource: gvr,
    ...(subresource !== undefined && { subResource: subresource }),
    requestKind: gvk,
    requestResource: gvr,
    ...(subresource !== undefined && { requestSubResource: subresource }),
    ...(name !== '' && { name }),
    ...(namespace !== undefined && { namespace }),
    operation,
    userInfo: {
      username: user.name,
      ...(user.uid !== undefined && { uid: user.uid }),
      groups: user.groups,
      ...(user.extra && { extra: user.extra }),
    },
    dryRun,
  }
}

/** Values of `object`, `request` and the like for one request. */
export function activationOf(request: AdmissionRequest): Activation {
  const { kind, namespace, name, subresource, object, old, user, authorizer } = request
  const isNamespace = kind.group === '' && kind.kind === 'Namespace'
  const around =
    namespace === undefined || isNamespace ? undefined : request.objects.get(namespaceKind, undefined, namespace)
  return {
    object: dynamicValue(object),
    oldObject: dynamicValue(old),
    request: dynamicValue(requestOf(request)),
    namespaceObject: dynamicValue(around),
    params: null,
    variables: new Map(),
    authorizer: new CelAuthorizer(authorizer, user, {
      group: kind.group,
      resource: kind.plural,
      subresource: subresource ?? '',
      namespace: namespace ?? '',
      name,
    }),
  }
}

/**
 * The activation with variables that are worked out when they are asked for, and fail those who ask. The library knows
 * maps by their constructor, so this is a Map with ways of its own to look into it.
 */
export function withVariables(activation: Activation, expressions: ReadonlyMap<string, Expression>): Activation {
  const known = new Map<string, unknown>()
  const variables = new Map<string, unknown>()
  const get = (name: string): unknown => {
    if (known.has(name)) return known.get(name)
    const outcome = expressions.get(name)?.run({ ...activation, variables })
    if (outcome?.ok === false) throw new Error(`composited variable "${name}" fails to evaluate: ${outcome.error}`)
    known.set(name, outcome?.value)
    return outcome?.value
  }
  return { ...activation, variables: Object.assign(variables, { get, has: (name: string) => expressions.has(name) }) }
}

export const compileVariables = (variables: readonly Variable[] = []): ReadonlyMap<string, Expression> =>
  new Map(variables.map(({ name, expression }) => [name, policyExpression(expression)]))

export const withParams = (activation: Activation, params: KubeObject | undefined): Activation => ({
  ...activation,
  params: dynamicValue(params),
})

/** What an expression that was to answer says went wrong. */
export function failureText(source: string, outcome: Outcome): string | undefined {
  return outcome.ok ? undefined : `expression '${source}' resulted in error: ${outcome.error}`
}

export type Met = { readonly met: boolean } | { readonly error: string }

/** Conditions before anything else: one that says no ends it, errors count only where none says no (upstream: webhook/matchconditions/matcher.go). */
export function conditionsMet(conditions: readonly MatchCondition[] | undefined, activation: () => Activation): Met {
  if (!conditions?.length) return { met: true }
  const values = activation()
  const errors: string[] = []
  for (const { expression } of conditions) {
    const outcome = policyExpression(expression).run(values)
    if (outcome.ok && outcome.value !== true) return { met: false }
    const error = failureText(expression, outcome)
    if (error !== undefined) errors.push(error)
  }
  const [first] = errors
  if (first === undefined) return { met: true }
  return { error: errors.length === 1 ? first : `[${errors.join(', ')}]` }
}

/** The request with another object; its other properties are read when they are needed. */
export function withObject(request: AdmissionRequest, object: KubeObject): AdmissionRequest {
  return Object.create(request, { object: { value: object, enumerable: true } }) as AdmissionRequest
}
