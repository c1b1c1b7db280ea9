import { ageColumn, humanDuration } from '../../api/age.ts'
import { findResults } from '../../api/jsonpath/evaluate.ts'
import { JsonPathError, type PathNode } from '../../api/jsonpath/nodes.ts'
import { parseJsonPath } from '../../api/jsonpath/parse.ts'
import type { Column } from '../../api/kind.ts'
import type { JsonValue, KubeObject } from '../../api/types.ts'
import type { CustomResourceColumnDefinition } from '../../generated/types.ts'
import { nameColumn } from '../columns.ts'

type Cell = string | number | boolean | null

/** What `kubectl get` shows of a custom resource (upstream: registry/customresource/tableconvertor). */
export function customColumns(
  columns: readonly CustomResourceColumnDefinition[] | undefined,
): readonly Column<KubeObject>[] {
  if (!columns?.length) return [nameColumn, { ...ageColumn, type: 'date' }]
  return [nameColumn, ...columns.map(customColumn)]
}

function customColumn(definition: CustomResourceColumnDefinition): Column<KubeObject> {
  let path: readonly PathNode[] | undefined
  return {
    name: definition.name,
    type: definition.type as Column<KubeObject>['type'],
    format: definition.format ?? '',
    description:
      definition.description || `Custom resource definition column (in JSONPath format): ${definition.jsonPath}`,
    priority: definition.priority ?? 0,
    cell(object, { now }) {
      path ??= pathOf(definition.jsonPath)
      const value = valueAt(path, object)
      return value === undefined || value === null ? null : cellOf(definition.type, value, now)
    },
  }
}

/** A path that cannot be read shows nothing. */
export function pathOf(jsonPath: string): readonly PathNode[] {
  try {
    return parseJsonPath(`{${jsonPath}}`)
  } catch (error) {
    if (error instanceof JsonPathError) return []
    throw error
  }
}

/** The first value at a path; undefined where there is none. */
export function valueAt(path: readonly PathNode[], object: unknown): JsonValue | undefined {
  try {
    return findResults(path, object as JsonValue, { allowMissing: true })[0]?.[0]
  } catch (error) {
    if (error instanceof JsonPathError) return undefined
    throw error
  }
}

function cellOf(type: string, value: Exclude<JsonValue, null>, now: number): Cell {
  switch (type) {
    case 'integer':
      return typeof value === 'number' ? Math.trunc(value) : null
    case 'number':
      return typeof value === 'number' ? value : null
    case 'boolean':
      return typeof value === 'boolean' ? value : null
    case 'date':
      return typeof value === 'string' ? sinceText(value, now) : null
    default:
      return typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}

function sinceText(value: string, now: number): string {
  const then = Date.parse(value)
  return Number.isNaN(then) ? '<invalid>' : humanDuration(now - then)
}
