/** Requests to `…/proxy/…`: handed on as they are (upstream: registry/core/{pod,service,node}/rest). */
import { resourceName } from '../kind.ts'
import type { ApiContext } from '../operations/context.ts'
import { parseResourcePath } from '../route.ts'
import type { ProxyHandler } from '../subresource.ts'
import type { ApiRequest, ApiResponse } from '../types.ts'
import { createExchange } from './exchange.ts'

/** Undefined for every other request. */
export function onProxy(
  context: ApiContext,
  handlers: readonly ProxyHandler[],
  request: ApiRequest,
): ApiResponse | undefined {
  const path = parseResourcePath(request.path)
  if (path?.name === undefined || !/^proxy(\/|$)/.test(path.subresource ?? '')) return undefined
  const kind = context.registry.byResource(path.group, path.version, path.resource)
  const handler = kind && handlers.find(({ resource }) => resource === resourceName(kind))
  if (!handler) return undefined
  const behind = request.path.slice(request.path.indexOf('/proxy', request.path.indexOf(`/${path.resource}/`)) + 6)
  return handler.forward({
    namespace: path.namespace,
    name: path.name,
    path: `${behind.startsWith('/') ? behind : '/'}${queryText(request)}`,
    request,
    objects: context.client(createExchange(request, []).caller),
  })
}

function queryText({ query = {} }: ApiRequest): string {
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}
