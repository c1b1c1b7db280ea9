/** Objects in the form the client asked for: as they are, as a Table, or their metadata alone. */
import type { KindDefinition } from '../kind.ts'
import { apiVersion } from '../registry.ts'
import { partialObject, table } from '../table.ts'
import type { KubeObject } from '../types.ts'
import type { Exchange } from './exchange.ts'

/** One object. */
export function presentObject(exchange: Exchange, kind: KindDefinition, object: KubeObject, now: number): unknown {
  if (exchange.accept.as === 'table')
    return table(kind, [object], { now, include: exchange.query('includeObject'), metadata: versionOf(object) })
  return exchange.accept.as === 'partial' ? partialObject(object) : object
}

/** A list with its own metadata. */
export function presentList(
  exchange: Exchange,
  kind: KindDefinition,
  objects: readonly KubeObject[],
  metadata: Readonly<Record<string, unknown>>,
  now: number,
): unknown {
  if (exchange.accept.as === 'table')
    return table(kind, objects, { now, include: exchange.query('includeObject'), metadata })
  if (exchange.accept.as === 'partial')
    return {
      kind: 'PartialObjectMetadataList',
      apiVersion: 'meta.k8s.io/v1',
      metadata,
      items: objects.map(partialObject),
    }
  return { kind: kind.listKind ?? `${kind.kind}List`, apiVersion: apiVersion(kind), metadata, items: objects }
}

const versionOf = (object: KubeObject): Readonly<Record<string, unknown>> =>
  object.metadata?.resourceVersion === undefined ? {} : { resourceVersion: object.metadata.resourceVersion }
