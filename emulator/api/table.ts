/** Server-side Tables: what `kubectl get` prints (upstream: apimachinery/pkg/apis/meta/v1, Table). */
import type { Column, KindDefinition } from './kind.ts'
import type { KubeObject } from './types.ts'

export interface TableOptions {
  readonly now: number
  /** `includeObject`: Metadata (default), Object or None. */
  readonly include: string | undefined
  readonly metadata: Readonly<Record<string, unknown>>
  /** Later Tables of a watch leave the columns out. */
  readonly withoutColumns?: boolean
}

/** A Table with one row an object. */
export function table(kind: KindDefinition, objects: readonly KubeObject[], options: TableOptions): unknown {
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: options.metadata,
    columnDefinitions: options.withoutColumns ? null : kind.columns.map(columnDefinition),
    rows: objects.map((object) => ({
      cells: kind.columns.map((column) => column.cell(object, { now: options.now })),
      ...(options.include !== 'None' && { object: options.include === 'Object' ? object : partialObject(object) }),
    })),
  }
}

/** `PartialObjectMetadata`: an object reduced to what every kind has. */
export function partialObject(object: KubeObject): unknown {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata ?? {} }
}

function columnDefinition(column: Column<KubeObject>): unknown {
  return {
    name: column.name,
    type: column.type ?? 'string',
    format: column.format ?? (column.name === 'Name' ? 'name' : ''),
    description: column.description ?? '',
    priority: column.priority ?? (column.wide ? 1 : 0),
  }
}
