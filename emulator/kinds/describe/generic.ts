import { isRecord } from '../../api/json.ts'
import type { DescribeContext } from '../../api/kind.ts'
import type { KubeObject } from '../../api/types.ts'
import { byBytes } from '../format/labels.ts'
import { eventLines } from './events.ts'
import { annotationLines, indent, labelLines } from './lines.ts'

/** Describes any object by walking over its fields, for kinds without a describer of their own (upstream: describe.go genericDescriber). */
export function describeGeneric(kind: string, object: KubeObject, context: DescribeContext): readonly string[] {
  const { metadata } = object
  return [
    `Name:\t${metadata?.name ?? ''}`,
    `Namespace:\t${metadata?.namespace ?? ''}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
    ...fieldLines(object, ''),
    ...eventLines(kind, object, context),
  ]
}

const SKIPPED = new Set([
  '.metadata.managedFields',
  '.metadata.name',
  '.metadata.namespace',
  '.metadata.labels',
  '.metadata.annotations',
])

function fieldLines(content: object, path: string): readonly string[] {
  return Object.entries(content)
    .filter(([name, value]) => value !== undefined && !SKIPPED.has(`${path}.${name}`))
    .sort(([a], [b]) => byBytes(a, b))
    .flatMap(([name, value]) => valueLines(fieldTitle(name), value, `${path}.${name}`))
}

function valueLines(title: string, value: unknown, path: string): readonly string[] {
  if (Array.isArray(value))
    return [
      `${title}:`,
      ...indent(
        1,
        value.flatMap((item) => (isRecord(item) ? fieldLines(item, path) : [goText(item)])),
      ),
    ]
  if (isRecord(value)) return [`${title}:`, ...indent(1, fieldLines(value, path))]
  return `${title}:\t${goText(value)}`.split('\n')
}

const goText = (value: unknown): string => (value === null ? '<nil>' : String(value))

const ACRONYMS = new Set(['API', 'URL', 'UID', 'OSB', 'GUID'])

/** `clusterIP` as `Cluster IP`; names with other signs than letters and hyphens stay (upstream: describe.go smartLabelFor). */
function fieldTitle(name: string): string {
  if (!/^[\p{L}-]*$/u.test(name)) return name
  const words = name.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|-+/gu) ?? []
  return words
    .map((word) =>
      ACRONYMS.has(word.toUpperCase()) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join(' ')
}
