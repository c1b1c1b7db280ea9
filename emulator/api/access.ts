/** Before a request is served: as whom it acts, what it wants, and whether it may. */
import type { AccessAttributes, Authorizer } from './authorizer.ts'
import { accessForbidden, internalError } from './errors.ts'
import { parseResourcePath } from './route.ts'
import type { ApiRequest, UserInfo } from './types.ts'

const RESOURCE_VERBS = { POST: 'create', PUT: 'update', PATCH: 'patch' } as const
const SERVICE_ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/

/** What a request wants to do (upstream: apiserver/pkg/endpoints/request/requestinfo.go). */
export function attributesOf(request: ApiRequest, user: UserInfo): AccessAttributes {
  const { method, path } = request
  const found = parseResourcePath(path)
  if (!found) return { user, verb: method.toLowerCase(), path }
  const name = found.name ?? nameSelected(request)
  const ownNamespace = found.resource === 'namespaces' && found.namespace === undefined ? found.name : undefined
  return {
    user,
    verb: resourceVerb(request, found.name !== undefined),
    path,
    resource: {
      group: found.group,
      resource: found.resource,
      subresource: found.subresource ?? '',
      namespace: found.namespace ?? ownNamespace ?? '',
      name,
    },
  }
}

function resourceVerb(request: ApiRequest, named: boolean): string {
  const { method } = request
  if (method === 'GET') {
    if (['true', '1'].includes(first(request, 'watch'))) return 'watch'
    return named ? 'get' : 'list'
  }
  if (method === 'DELETE') return named ? 'delete' : 'deletecollection'
  return RESOURCE_VERBS[method]
}

/** A list of one name, as `kubectl get pod web --watch` asks for, is asked for by that name. */
const nameSelected = (request: ApiRequest): string =>
  /(?:^|,)metadata\.name==?([^,]+)/.exec(first(request, 'fieldSelector'))?.[1] ?? ''

function first({ query }: ApiRequest, name: string): string {
  const value = query && Object.hasOwn(query, name) ? query[name] : undefined
  return (typeof value === 'string' ? value : value?.[0]) ?? ''
}

/**
 * Whom the request acts as. `Impersonate-User` and `Impersonate-Group` (several separated by commas) need the verb
 * `impersonate` on each (upstream: apiserver/pkg/endpoints/filters/impersonation). Throws StatusError.
 */
export function effectiveUser(authorizer: Authorizer, request: ApiRequest, user: UserInfo): UserInfo {
  const name = request.headers?.['impersonate-user'] ?? ''
  const groups = (request.headers?.['impersonate-group'] ?? '').split(/,\s*/).filter((group) => group !== '')
  if (name === '') {
    if (groups.length > 0) throw internalError(`requested [${groups.join(' ')}] without impersonating a user`)
    return user
  }
  const account = SERVICE_ACCOUNT.exec(name)
  const mayBe = (resource: string, wanted: string, namespace = '') =>
    checkAccess(authorizer, {
      user,
      verb: 'impersonate',
      path: request.path,
      resource: { group: '', resource, subresource: '', namespace, name: wanted },
    })
  if (account) mayBe('serviceaccounts', account[2] ?? '', account[1])
  else mayBe('users', name)
  for (const group of groups) mayBe('groups', group)
  const implied =
    account && groups.length === 0 ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`] : []
  const authenticated = name === 'system:anonymous' ? 'system:unauthenticated' : 'system:authenticated'
  return { name, groups: [...new Set([...groups, ...implied, authenticated])] }
}

/** Throws Forbidden unless the user may (upstream: apiserver/pkg/endpoints/filters/authorization.go). */
export function checkAccess(authorizer: Authorizer, attributes: AccessAttributes): void {
  const { allowed, reason } = authorizer.authorize(attributes)
  if (!allowed) throw accessForbidden(attributes, reason)
}
