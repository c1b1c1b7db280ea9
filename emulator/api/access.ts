/** Before a request is served: as whom it acts, what it wants, and whether it may. */

import type { AccessAttributes, Authorizer, ResourceAccess } from './authorizer.ts'
import { accessForbidden, internalError, unauthorized } from './errors.ts'
import { ADMIN } from './handlers/exchange.ts'
import { isYes } from './query-flag.ts'
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
  const fields = first(request, 'fieldSelector')
  const ownNamespace = found.resource === 'namespaces' && found.namespace === undefined ? found.name : undefined
  return {
    user,
    verb: resourceVerb(request, found.name !== undefined),
    path,
    ...(fields !== undefined && { fields }),
    resource: {
      group: found.group,
      resource: found.resource,
      subresource: (found.subresource ?? '').replace(/\/.*/s, ''),
      namespace: found.namespace ?? ownNamespace ?? '',
      name,
    },
  }
}

function resourceVerb(request: ApiRequest, named: boolean): string {
  const { method } = request
  if (method === 'GET') {
    if (isYes(first(request, 'watch'))) return 'watch'
    return named ? 'get' : 'list'
  }
  if (method === 'DELETE') return named ? 'delete' : 'deletecollection'
  return RESOURCE_VERBS[method]
}

/** A list of one name, as `kubectl get pod web --watch` asks for, is asked for by that name. */
const nameSelected = (request: ApiRequest): string =>
  /(?:^|,)metadata\.name==?([^,]+)/.exec(first(request, 'fieldSelector') ?? '')?.[1] ?? ''

function first({ query }: ApiRequest, name: string): string | undefined {
  const value = query && Object.hasOwn(query, name) ? query[name] : undefined
  return typeof value === 'string' ? value : value?.[0]
}

/** What a request proves itself with. */
export interface Credentials {
  readonly token?: string
  /** In PEM. */
  readonly certificate?: string
  /** For whom the token has to be good; default: the API server. */
  readonly audiences?: readonly string[]
}

/** Who stands behind credentials; undefined where they are none. */
export type Authenticate = (credentials: Credentials) => UserInfo | undefined

/**
 * Who sends the request: whom its client certificate or its bearer token stands for, else whom its connection vouches
 * for. A request without any of them comes from kubeadm's admin: who reaches a cluster so knows its secret address.
 */
export function requestUser(request: ApiRequest, authenticate: Authenticate): UserInfo {
  const token = /^bearer +(\S+)/i.exec(request.headers?.authorization ?? '')?.[1]
  const certificate = request.clientCertificate
  if (token === undefined && certificate === undefined) return request.user ?? ADMIN
  const user = authenticate({
    ...(token !== undefined && { token }),
    ...(certificate !== undefined && { certificate }),
  })
  if (!user) throw unauthorized()
  return user
}

/**
 * Whom the request acts as. `Impersonate-User`, `-Uid`, `-Group` (several separated by commas) and `-Extra-…` need the
 * verb `impersonate` on each (upstream: apiserver/pkg/endpoints/filters/impersonation). Throws StatusError.
 */
export function effectiveUser(authorizer: Authorizer, request: ApiRequest, user: UserInfo): UserInfo {
  const header = (key: string): string => request.headers?.[key] ?? ''
  const name = header('impersonate-user')
  const uid = header('impersonate-uid')
  const groups = listed(header('impersonate-group'))
  const extra = impersonatedExtra(request)
  if (name === '') {
    if (groups.length > 0 || uid !== '' || extra.length > 0)
      throw internalError(
        `requested [${[...groups, ...(uid === '' ? [] : [uid])].join(' ')}] without impersonating a user`,
      )
    return user
  }
  const account = SERVICE_ACCOUNT.exec(name)
  const mayBe = (resource: string, wanted: string, place: Partial<ResourceAccess> = {}) =>
    checkAccess(authorizer, {
      user,
      verb: 'impersonate',
      path: request.path,
      resource: { group: '', resource, subresource: '', namespace: '', name: wanted, ...place },
    })
  if (account) mayBe('serviceaccounts', account[2] ?? '', { namespace: account[1] ?? '' })
  else mayBe('users', name)
  if (uid !== '') mayBe('uids', uid, { group: 'authentication.k8s.io' })
  for (const group of groups) mayBe('groups', group)
  for (const [key, values] of extra)
    for (const value of values) mayBe('userextras', value, { group: 'authentication.k8s.io', subresource: key })
  const implied =
    account && groups.length === 0 ? ['system:serviceaccounts', `system:serviceaccounts:${account[1]}`] : []
  const authenticated = name === 'system:anonymous' ? 'system:unauthenticated' : 'system:authenticated'
  return {
    name,
    groups: [...new Set([...groups, ...implied, authenticated])],
    ...(uid !== '' && { uid }),
    ...(extra.length > 0 && { extra: Object.fromEntries(extra) }),
  }
}

const listed = (text: string): readonly string[] => text.split(/,\s*/).filter((one) => one !== '')

const EXTRA = 'impersonate-extra-'

function impersonatedExtra({
  headers = {},
}: ApiRequest): readonly (readonly [key: string, values: readonly string[]])[] {
  return Object.entries(headers).flatMap(([name, value]) => {
    if (!name.startsWith(EXTRA)) return []
    return [[percentDecoded(name.slice(EXTRA.length)), listed(value)] as const]
  })
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Throws Forbidden unless the user may (upstream: apiserver/pkg/endpoints/filters/authorization.go). */
export function checkAccess(authorizer: Authorizer, attributes: AccessAttributes): void {
  const { allowed, reason } = authorizer.authorize(attributes)
  if (!allowed) throw accessForbidden(attributes, reason)
}
