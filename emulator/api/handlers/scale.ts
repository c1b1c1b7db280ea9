/** The scale subresource: one small object over any kind that has replicas (upstream: autoscaling/v1 Scale). */
import type { Scale } from '../../generated/types.ts'
import { invalid, methodNotAllowed } from '../errors.ts'
import { field } from '../field.ts'
import type { KindDefinition } from '../kind.ts'
import type { ApiContext, Target } from '../operations/context.ts'
import { getObject } from '../operations/read.ts'
import { updateObject } from '../operations/update.ts'
import { patchObject } from '../patch/patch-request.ts'
import { parseBody, readObject } from '../request-body.ts'
import type { ApiResponse, KubeObject } from '../types.ts'
import { answer, type Exchange } from './exchange.ts'

type Scalable = NonNullable<KindDefinition['scale']>

/** What reads and patches a Scale: a kind of its own, though nothing stores it. */
export const scaleKind: KindDefinition<Scale> = {
  group: 'autoscaling',
  version: 'v1',
  kind: 'Scale',
  plural: 'scales',
  scope: 'Namespaced',
  schema: 'Scale',
  columns: [],
}

/** GET, PUT and PATCH of `…/scale`. */
export function onScale(context: ApiContext, exchange: Exchange, target: Target, scalable: Scalable): ApiResponse {
  const parent = getObject(context, target)
  const current = scaleOf(parent, scalable)
  const { method, headers, body } = exchange.request
  if (method === 'GET') return answer(exchange, 200, current)
  if (method !== 'PUT' && method !== 'PATCH') throw methodNotAllowed()
  const asked: Scale =
    method === 'PUT'
      ? readObject(
          scaleKind,
          parseBody(body ?? '', headers?.['content-type']),
          exchange.validation,
          exchange.caller.warn,
        )
      : patchObject(headers?.['content-type']?.split(';')[0]?.trim() ?? '', { kind: scaleKind }, current, exchange)
  const replicas = asked.spec?.replicas ?? 0
  if (replicas < 0)
    throw invalid(scaleKind, target.name, [
      field.invalid('spec.replicas', replicas, 'must be greater than or equal to 0'),
    ])
  const next = scalable.withReplicas(withVersion(parent, asked), replicas)
  const updated = updateObject(context, exchange.caller, target, next, { subresource: 'scale' })
  return answer(exchange, 200, scaleOf(updated, scalable))
}

function scaleOf(object: KubeObject, scalable: Scalable): Scale {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata ?? {}
  const selector = scalable.selector(object)
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: {
      ...(name !== undefined && { name }),
      ...(namespace !== undefined && { namespace }),
      ...(uid !== undefined && { uid }),
      ...(resourceVersion !== undefined && { resourceVersion }),
      ...(creationTimestamp !== undefined && { creationTimestamp }),
    },
    spec: { replicas: scalable.replicas(object) },
    status: { replicas: scalable.statusReplicas(object), ...(selector !== '' && { selector }) },
  }
}

/** A Scale's resourceVersion guards the parent's update. */
function withVersion(parent: KubeObject, { metadata }: Scale): KubeObject {
  const resourceVersion = metadata?.resourceVersion || parent.metadata?.resourceVersion
  return { ...parent, metadata: { ...parent.metadata, ...(resourceVersion !== undefined && { resourceVersion }) } }
}
