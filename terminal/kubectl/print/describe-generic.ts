import type { JsonValue, KubeObject } from '../../../emulator/index.ts'
import { goValue } from './go-format.ts'

/** Description of a kind that brings none of its own: every field, names in words (upstream: describe.go, GenericDescriberFor). */
export function describeGeneric(object: KubeObject): readonly string[] {
  const { metadata, ...rest } = object as KubeObject & { readonly [field: string]: JsonValue }
  const { name, namespace, labels, annotations, managedFields: _, ...more } = metadata ?? {}
  const pairs = (map: { readonly [key: string]: string } | undefined, separator: string) =>
    Object.entries(map ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([k, v]) => `${k}${separator}${v}`)
  const multi = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [`${title}:\t<none>`] : lines.map((line, i) => `${i === 0 ? `${title}:` : ''}\t${line}`)
  return [
    `Name:\t${name}`,
    `Namespace:\t${namespace ?? ''}`,
    ...multi('Labels', pairs(labels, '=')),
    ...multi('Annotations', pairs(annotations, ': ')),
    ...fields({ ...rest, metadata: more as { readonly [field: string]: JsonValue } }, ''),
    'Events:\t<none>',
  ]
}

function fields(value: { readonly [field: string]: JsonValue }, indent: string): readonly string[] {
  return Object.keys(value)
    .sort()
    .flatMap((key) => {
      const item = value[key] ?? null
      const title = `${indent}${words(key)}:`
      if (Array.isArray(item)) return [title, ...item.flatMap((entry: JsonValue) => entryLines(entry, `${indent}  `))]
      if (typeof item === 'object' && item !== null)
        return [title, ...fields(item as { readonly [f: string]: JsonValue }, `${indent}  `)]
      return [`${title}\t${goValue(item)}`]
    })
}

function entryLines(entry: JsonValue, indent: string): readonly string[] {
  return typeof entry === 'object' && entry !== null && !Array.isArray(entry)
    ? fields(entry as { readonly [f: string]: JsonValue }, indent)
    : [`${indent}${goValue(entry)}`]
}

/** `ingressClassName` is `Ingress Class Name`. */
function words(name: string): string {
  // Keys with anything but letters and dashes are learners' own (upstream: smartLabelFor).
  if (!/^[\p{L}-]*$/u.test(name)) return name
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/^./, (c) => c.toUpperCase())
    .replace(/\b(?:api|guid|osb|uid|url)\b/gi, (word) => word.toUpperCase())
}
