/** The verbs on objects and their collections. */
import type { DeleteOptions } from '../../generated/types.ts'
import { decode } from '../decode.ts'
import { badRequest, methodNotAllowed, unsupportedMediaType } from '../errors.ts'
import { isRecord } from '../json.ts'
import { type KindDefinition, storageName } from '../kind.ts'
import { type ApiContext, type Caller, strategyContext, type Target } from '../operations/context.ts'
import { createObject, identity } from '../operations/create.ts'
import { deletedStatus, deleteObject } from '../operations/delete.ts'
import { listPage } from '../operations/list.ts'
import { getObject } from '../operations/read.ts'
import { updateObject } from '../operations/update.ts'
import { applyPatchRequest } from '../patch/patch-request.ts'
import { allRenewed, renewed } from '../renewal.ts'
import { parseBody, readObject } from '../request-body.ts'
import { objectKey } from '../store.ts'
import type { ApiResponse } from '../types.ts'
import { answer, type Exchange } from './exchange.ts'
import { checkDeleteOptions } from './options.ts'
import { presentList, presentObject } from './present.ts'
import { watch } from './watch.ts'

/** A path without a name. */
export function onCollection(
  context: ApiContext,
  exchange: Exchange,
  kind: KindDefinition,
  namespace: string | undefined,
): ApiResponse {
  const { method } = exchange.request
  if (kind.answer && method !== 'POST') throw methodNotAllowed()
  switch (method) {
    case 'GET':
      return exchange.flag('watch')
        ? watch(context, exchange, kind, filterOf(exchange, namespace))
        : list(context, exchange, kind, namespace)
    case 'POST':
      return create(context, exchange, kind, namespace)
    case 'DELETE':
      return deleteCollection(context, exchange, kind, namespace)
    default:
      throw methodNotAllowed()
  }
}

/** A path with a name; `subresource` is one that the kind itself serves (`status`, …), or nothing. */
export function onObject(
  context: ApiContext,
  exchange: Exchange,
  target: Target,
  subresource: string | undefined,
): ApiResponse {
  const { kind } = target
  const { renewal } = context
  const now = context.clock.now()
  switch (exchange.request.method) {
    case 'GET':
      if (exchange.flag('watch') && !subresource) {
        const filter = { ...filterOf(exchange, target.namespace), fieldSelector: `metadata.name=${target.name}` }
        return watch(context, exchange, kind, filter)
      }
      return answer(
        exchange,
        200,
        presentObject(exchange, kind, renewed(renewal, kind, getObject(context, target)), now),
      )
    case 'PUT': {
      const object = read(exchange, kind)
      const existed = context.store.get(storageName(kind), objectKey(target.namespace, target.name)) !== undefined
      const updated = updateObject(context, exchange.caller, target, object, subresource ? { subresource } : {})
      return answer(exchange, existed ? 200 : 201, presentObject(exchange, kind, renewed(renewal, kind, updated), now))
    }
    case 'PATCH': {
      const { object, created } = applyPatchRequest(context, exchange, target, subresource)
      return answer(exchange, created ? 201 : 200, presentObject(exchange, kind, renewed(renewal, kind, object), now))
    }
    case 'DELETE': {
      if (subresource) throw methodNotAllowed()
      const options = deleteOptions(exchange)
      const { removed, object } = deleteObject(context, deleting(exchange, options), target, options)
      return answer(exchange, 200, removed && !kind.strategy?.gracePeriod ? deletedStatus(kind, object) : object)
    }
    default:
      throw methodNotAllowed()
  }
}

const filterOf = (exchange: Exchange, namespace: string | undefined) => ({
  namespace,
  labelSelector: exchange.query('labelSelector'),
  fieldSelector: exchange.query('fieldSelector'),
})

function read(exchange: Exchange, kind: KindDefinition) {
  const parsed = parseBody(exchange.request.body ?? '', exchange.request.headers?.['content-type'])
  return readObject(kind, parsed, exchange.validation, exchange.caller.warn, exchange.request.body)
}

function create(
  context: ApiContext,
  exchange: Exchange,
  kind: KindDefinition,
  namespace: string | undefined,
): ApiResponse {
  if (kind.scope === 'Namespaced' && namespace === undefined && !kind.answer) throw methodNotAllowed()
  if (kind.answer) {
    const asked = { ...read(exchange, kind), ...identity(kind) }
    return answer(exchange, 201, kind.answer(asked, strategyContext(context, exchange.caller)))
  }
  const object = createObject(context, exchange.caller, kind, namespace, read(exchange, kind))
  return answer(exchange, 201, presentObject(exchange, kind, object, context.clock.now()))
}

function list(
  context: ApiContext,
  exchange: Exchange,
  kind: KindDefinition,
  namespace: string | undefined,
): ApiResponse {
  exchange.integer('timeoutSeconds')
  const page = listPage(context, kind, {
    ...filterOf(exchange, namespace),
    limit: exchange.integer('limit') ?? 0,
    continue: exchange.query('continue') ?? '',
    resourceVersion: exchange.query('resourceVersion') ?? '',
    resourceVersionMatch: exchange.query('resourceVersionMatch') ?? '',
  })
  const objects = allRenewed(context.renewal, kind, page.objects)
  return answer(exchange, 200, presentList(exchange, kind, objects, page.metadata, context.clock.now()))
}

function deleteCollection(
  context: ApiContext,
  exchange: Exchange,
  kind: KindDefinition,
  namespace: string | undefined,
): ApiResponse {
  if (kind.scope === 'Namespaced' && namespace === undefined) throw methodNotAllowed()
  const options = deleteOptions(exchange)
  const caller = deleting(exchange, options)
  const page = listPage(context, kind, {
    ...filterOf(exchange, namespace),
    limit: 0,
    continue: '',
    resourceVersion: '',
    resourceVersionMatch: '',
  })
  const deleted = page.objects.map(
    (object) => deleteObject(context, caller, { kind, namespace, name: object.metadata?.name ?? '' }, options).object,
  )
  return answer(exchange, 200, presentList(exchange, kind, deleted, page.metadata, context.clock.now()))
}

/** A dry run may be asked for in the options' body too. */
const deleting = ({ caller }: Exchange, options: DeleteOptions): Caller => ({
  ...caller,
  dryRun: caller.dryRun || (options.dryRun?.includes('All') ?? false),
})

/** Options come in the body or, without one, in the query (upstream: rest handlers, DeleteResource). */
function deleteOptions(exchange: Exchange): DeleteOptions {
  const { body, headers } = exchange.request
  if (body === undefined || body === '') {
    const seconds = exchange.integer('gracePeriodSeconds')
    const policy = exchange.query('propagationPolicy')
    return checkDeleteOptions({
      ...(seconds !== undefined && { gracePeriodSeconds: seconds }),
      ...(policy !== undefined && { propagationPolicy: policy }),
      ...(exchange.flag('orphanDependents') && { orphanDependents: true }),
    })
  }
  const parsed = parseBody(body, headers?.['content-type'])
  if (!parsed.ok) throw badRequest(parsed.message)
  if (!isRecord(parsed.value)) throw unsupportedMediaType(['application/json'])
  const decoded = decode('DeleteOptions', parsed.value)
  if (!decoded.ok) throw badRequest(decoded.message)
  return checkDeleteOptions(decoded.value as DeleteOptions)
}
