/** Dispatch to contributed subresources. */
import { attributesOf, checkAccess } from '../access.ts'
import { badRequest, methodNotAllowed } from '../errors.ts'
import type { ApiContext, Target } from '../operations/context.ts'
import { getObject } from '../operations/read.ts'
import { parseBody } from '../request-body.ts'
import type { SubresourceHandler } from '../subresource.ts'
import type { ApiResponse } from '../types.ts'
import { answer, type Exchange, text } from './exchange.ts'

/** Answers with what the handler says about the existing object at `target`. */
export function onSubresource(
  context: ApiContext,
  exchange: Exchange,
  target: Target,
  handler: SubresourceHandler,
): ApiResponse {
  const { method, query, headers, body } = exchange.request
  if (!handler.methods.includes(method)) throw methodNotAllowed()
  if (handler.alsoNeeds !== undefined)
    checkAccess(context.authorizer, {
      ...attributesOf(exchange.request, exchange.caller.user),
      verb: handler.alsoNeeds,
    })
  const parsed = body ? parseBody(body, headers?.['content-type']) : undefined
  if (parsed && !parsed.ok) throw badRequest(parsed.message)
  const response = handler.handle({
    ...target,
    object: getObject(context, target),
    method,
    query: new Map(Object.keys(query ?? {}).map((name) => [name, exchange.query(name) ?? ''])),
    queryAll: exchange.queryAll,
    upgrades: headers?.upgrade !== undefined,
    body: parsed?.value,
    user: exchange.caller.user,
    dryRun: exchange.caller.dryRun,
    now: context.clock.now(),
    objects: context.client(exchange.caller),
    warn: exchange.caller.warn,
  })
  const status = response.status ?? 200
  if (response.connection)
    return {
      status: 101,
      headers: {},
      warnings: exchange.warnings,
      body: undefined,
      connection: response.connection,
    }
  if (response.stream)
    return {
      status,
      headers: { 'content-type': response.contentType ?? 'text/plain' },
      warnings: exchange.warnings,
      body: undefined,
      stream: response.stream,
    }
  return response.contentType !== undefined
    ? text(exchange, status, String(response.body), response.contentType)
    : answer(exchange, status, response.body)
}
