/** The API server: requests in, answers out, everything else in the store. */
import type { Clock, EventQueue, Random } from '../sim/types.ts'
import { type Authenticate, attributesOf, checkAccess, effectiveUser, requestUser } from './access.ts'
import type { AdmissionPlugin } from './admission.ts'
import { type Authorizer, alwaysAllow } from './authorizer.ts'
import type { ObjectClient } from './client.ts'
import { type DiscoveryAnswer, type DiscoveryContext, discover, type UnavailableApi } from './discovery.ts'
import { badRequest, methodNotAllowed, notAcceptable, pathNotFound, StatusError, serviceUnavailable } from './errors.ts'
import { createExchange, type Exchange, warnOfDeprecation } from './handlers/exchange.ts'
import { onCollection, onObject } from './handlers/objects.ts'
import { onProxy } from './handlers/proxy.ts'
import { onScale } from './handlers/scale.ts'
import { onSubresource } from './handlers/subresources.ts'
import { isRecord } from './json.ts'
import { type KindDefinition, resourceName } from './kind.ts'
import { namespaceLifecycle } from './namespace-lifecycle.ts'
import { isJson, parseAccept } from './negotiate.ts'
import { createObjectClient } from './object-client.ts'
import { openApi } from './openapi/documents.ts'
import { encodeSwagger, PROTOBUF_ACCEPT, PROTOBUF_TYPE } from './openapi/protobuf.ts'
import type { ApiContext, Caller } from './operations/context.ts'
import { onPlainPath } from './plain-paths.ts'
import { createGrowingRegistry, createRegistry, type Registry } from './registry.ts'
import type { Renewal } from './renewal.ts'
import { parseBody } from './request-body.ts'
import { parseResourcePath } from './route.ts'
import { createStore, type Store } from './store.ts'
import type { ProxyHandler, SubresourceHandler } from './subresource.ts'
import type { ApiRequest, ApiResponse, UserInfo } from './types.ts'
import { offers } from './verbs.ts'

export interface ApiServerOptions {
  readonly kinds: readonly KindDefinition[]
  /** Kinds that objects in the store define; the same list as long as they are the same. */
  readonly customKinds?: (store: Store) => readonly KindDefinition[]
  /** Versions of groups that are registered, and served by somebody who does not answer. */
  readonly unavailableApis?: (store: Store) => readonly UnavailableApi[]
  readonly clock: Clock
  readonly queue: EventQueue
  readonly random: Random
  /** Default: an empty store. */
  readonly store?: Store
  readonly subresources?: readonly SubresourceHandler[]
  readonly proxies?: readonly ProxyHandler[]
  /** Runs after the namespace checks that every API server makes. */
  readonly admission?: readonly AdmissionPlugin[]
  /** Asked before every request is served; default: everybody may do everything. */
  readonly authorizer?: Authorizer
  /** Who a bearer token stands for; default: nobody. */
  readonly authenticate?: Authenticate
  /** What readers see of times that move without a write; default: nothing does. */
  readonly renewal?: Renewal
  /** Public keys of ServiceAccounts' tokens, as `/openid/v1/jwks` tells them. */
  readonly tokenKeys?: () => readonly object[]
  /** Where discovery says the server is. */
  readonly serverAddress?: string
}

export interface ApiServer {
  /** Answers any request; never throws for anything a request can contain. */
  handle(request: ApiRequest): ApiResponse
  /** The in-process door for a component: `manager` owns the fields it writes. */
  client(user: UserInfo, manager: string, options?: Pick<Caller, 'checked'>): ObjectClient
  readonly store: Store
  readonly registry: Registry
}

export function createApiServer(options: ApiServerOptions): ApiServer {
  const { clock, queue, random } = options
  const store = options.store ?? createStore()
  const { customKinds } = options
  const registry = customKinds
    ? createGrowingRegistry(options.kinds, () => customKinds(store))
    : createRegistry(options.kinds)
  const subresources = options.subresources ?? []
  const lifecycle = namespaceLifecycle((name) => store.get('namespaces', name))
  const authorizer = options.authorizer ?? alwaysAllow
  const authenticate = options.authenticate ?? (() => undefined)
  let watches = 0
  const context: ApiContext = {
    registry,
    store,
    clock,
    queue,
    random,
    authorizer,
    authenticate,
    renewal: options.renewal ?? (() => undefined),
    admission: [lifecycle, ...(options.admission ?? [])],
    nextWatch: () => watches++,
    client: (caller) => createObjectClient(context, caller),
  }
  const unavailable = () => options.unavailableApis?.(store) ?? []
  const proxies = options.proxies ?? []
  const discovery = {
    registry,
    subresources: [...subresources, ...proxies],
    unavailable,
    serverAddress: options.serverAddress ?? '192.168.1.2:6443',
  }
  const plainPaths = {
    registry,
    store,
    serverAddress: discovery.serverAddress,
    tokenKeys: options.tokenKeys ?? (() => []),
  }
  return {
    store,
    registry,
    client: (user, manager, options) =>
      context.client({ user, manager, dryRun: false, silent: true, warn: () => {}, ...options }),
    handle(received) {
      const warnings: string[] = []
      try {
        const request = { ...received, user: effectiveUser(authorizer, received, requestUser(received, authenticate)) }
        checkAccess(authorizer, attributesOf(request, request.user))
        refuseUnavailable(request.path, unavailable)
        return (
          onPlainPath(plainPaths, request) ??
          onDocument(discovery, request) ??
          onProxy(context, proxies, request) ??
          onResource(context, subresources, createExchange(request, warnings))
        )
      } catch (error) {
        if (error instanceof StatusError) return failed(error, warnings)
        throw error
      }
    },
  }
}

function failed({ status }: StatusError, warnings: readonly string[]): ApiResponse {
  const retry = status.details?.retryAfterSeconds
  return {
    status: status.code ?? 500,
    headers: { 'content-type': 'application/json', ...(retry !== undefined && { 'retry-after': String(retry) }) },
    warnings,
    body: status,
  }
}

/** What is asked of an API that does not answer. */
function refuseUnavailable(path: string, unavailable: () => readonly UnavailableApi[]): void {
  const [, group, version] = /^\/apis\/([^/]+)\/([^/]+)/.exec(path) ?? []
  if (group === undefined || !group.includes('.')) return
  if (unavailable().some((api) => api.group === group && api.version === version)) throw serviceUnavailable()
}

/** Discovery and OpenAPI. */
function onDocument(discovery: DiscoveryContext, request: ApiRequest): ApiResponse | undefined {
  const { path, method, headers } = request
  const found = discover(discovery, path, headers?.accept) ?? openApiAnswer(discovery, path, headers?.accept)
  if (!found) return undefined
  if (method !== 'GET') throw methodNotAllowed()
  return { status: 200, headers: { 'content-type': found.contentType }, warnings: [], body: found.body }
}

function openApiAnswer(
  { registry }: DiscoveryContext,
  path: string,
  accept: string | undefined,
): DiscoveryAnswer | undefined {
  if (path !== '/openapi/v2' && !path.startsWith('/openapi/v3')) return undefined
  const body = openApi(registry, path)
  if (!isRecord(body)) throw pathNotFound()
  const types = parseAccept(accept)
  if (path === '/openapi/v2' && types[0]?.type === PROTOBUF_ACCEPT)
    return { contentType: PROTOBUF_TYPE, body: encodeSwagger(body) }
  if (!types.some(isJson)) throw notAcceptable(['application/json'])
  return { contentType: 'application/json', body }
}

function onResource(context: ApiContext, subresources: readonly SubresourceHandler[], exchange: Exchange): ApiResponse {
  const path = parseResourcePath(exchange.request.path)
  const kind = path && context.registry.byResource(path.group, path.version, path.resource)
  if (!kind || (kind.scope === 'Cluster' && path.namespace !== undefined)) throw pathNotFound()
  warnOfDeprecation(exchange, kind)
  if (path.subresource === undefined && kind.verbs && !offers(kind, exchange.request.method, path.name !== undefined))
    throw methodNotAllowed()
  if (kind.through) return onNamedIn(context, subresources, exchange, kind.through, path.namespace)
  if (path.name === undefined) return onCollection(context, exchange, kind, path.namespace)
  if ((kind.scope === 'Namespaced' && path.namespace === undefined) || kind.answer) throw pathNotFound()
  const target = { kind, namespace: path.namespace, name: path.name }
  if (path.subresource === undefined) return onObject(context, exchange, target, undefined)
  const resource = resourceName(kind)
  const handler = subresources.find((one) => one.resource === resource && one.subresource === path.subresource)
  if (handler) return onSubresource(context, exchange, target, handler)
  if (path.subresource !== 'scale' && kind.subresources?.includes(path.subresource))
    return onObject(
      context,
      exchange,
      target,
      kind.strategy?.subresourceUpdates?.[path.subresource] ? path.subresource : 'status',
    )
  if (path.subresource !== 'scale' || !kind.scale) throw pathNotFound()
  return onScale(context, exchange, target, kind.scale)
}

/** What is sent on to a subresource of the object that its own name tells. */
function onNamedIn(
  context: ApiContext,
  subresources: readonly SubresourceHandler[],
  exchange: Exchange,
  { resource, subresource }: NonNullable<KindDefinition['through']>,
  namespace: string | undefined,
): ApiResponse {
  const kind = context.registry.kinds.find((one) => resourceName(one) === resource)
  const handler = subresources.find((one) => one.resource === resource && one.subresource === subresource)
  const { body, headers } = exchange.request
  const parsed = parseBody(body ?? '', headers?.['content-type'])
  if (!parsed.ok) throw badRequest(parsed.message)
  const metadata = isRecord(parsed.value) && isRecord(parsed.value.metadata) ? parsed.value.metadata : {}
  if (!kind || !handler || namespace === undefined) throw pathNotFound()
  return onSubresource(context, exchange, { kind, namespace, name: String(metadata.name ?? '') }, handler)
}
