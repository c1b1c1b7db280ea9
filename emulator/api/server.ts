/** The API server: requests in, answers out, everything else in the store. */
import type { Clock, EventQueue, Random } from '../sim/types.ts'
import type { AdmissionPlugin } from './admission.ts'
import type { ObjectClient } from './client.ts'
import { pathNotFound, StatusError } from './errors.ts'
import { createExchange, warnOfDeprecation } from './handlers/exchange.ts'
import { onCollection, onObject } from './handlers/objects.ts'
import type { KindDefinition } from './kind.ts'
import { createObjectClient } from './object-client.ts'
import type { ApiContext } from './operations/context.ts'
import { createRegistry, type Registry } from './registry.ts'
import { parseResourcePath, type ResourcePath } from './route.ts'
import { createStore, type Store } from './store.ts'
import type { SubresourceHandler } from './subresource.ts'
import type { ApiRequest, ApiResponse, UserInfo } from './types.ts'

export interface ApiServerOptions {
  readonly kinds: readonly KindDefinition[]
  readonly clock: Clock
  readonly queue: EventQueue
  readonly random: Random
  /** Default: an empty store. */
  readonly store?: Store
  readonly subresources?: readonly SubresourceHandler[]
  readonly admission?: readonly AdmissionPlugin[]
}

export interface ApiServer {
  /** Answers any request; never throws for anything a request can contain. */
  handle(request: ApiRequest): ApiResponse
  /** The in-process door for a component: `manager` owns the fields it writes. */
  client(user: UserInfo, manager: string): ObjectClient
  readonly store: Store
  readonly registry: Registry
}

export function createApiServer(options: ApiServerOptions): ApiServer {
  const { clock, queue, random } = options
  const store = options.store ?? createStore()
  const registry = createRegistry(options.kinds)
  let watches = 0
  const context: ApiContext = {
    registry,
    store,
    clock,
    queue,
    random,
    admission: options.admission ?? [],
    nextWatch: () => watches++,
    client: (caller) => createObjectClient(context, caller),
  }
  return {
    store,
    registry,
    client: (user, manager) => context.client({ user, manager, dryRun: false, warn: () => {} }),
    handle(request) {
      try {
        return route(context, request)
      } catch (error) {
        if (error instanceof StatusError) return failed(error)
        throw error
      }
    },
  }
}

function failed({ status }: StatusError): ApiResponse {
  const retry = status.details?.retryAfterSeconds
  return {
    status: status.code ?? 500,
    headers: { 'content-type': 'application/json', ...(retry !== undefined && { 'retry-after': String(retry) }) },
    warnings: [],
    body: status,
  }
}

function route(context: ApiContext, request: ApiRequest): ApiResponse {
  const path = parseResourcePath(request.path)
  if (!path) throw pathNotFound()
  return onResource(context, request, path)
}

function onResource(context: ApiContext, request: ApiRequest, path: ResourcePath): ApiResponse {
  const kind = context.registry.byResource(path.group, path.version, path.resource)
  if (!kind || (kind.scope === 'Cluster' && path.namespace !== undefined)) throw pathNotFound()
  const exchange = createExchange(request)
  warnOfDeprecation(exchange, kind)
  if (path.name === undefined) return onCollection(context, exchange, kind, path.namespace)
  if (kind.scope === 'Namespaced' && path.namespace === undefined) throw pathNotFound()
  const target = { kind, namespace: path.namespace, name: path.name }
  if (path.subresource === undefined) return onObject(context, exchange, target, undefined)
  if (path.subresource === 'status' && kind.subresources?.includes('status'))
    return onObject(context, exchange, target, 'status')
  throw pathNotFound()
}
