import { RE2JS } from 're2js'
import type { Resource } from './resource.ts'
import { type Mapping, mappingOf, textOf } from './values.ts'

const LONGEST_PATTERN = 200

/** Patterns are anchored regular expressions, as Go reads them; one that is none matches itself. */
function matches(pattern: string, texts: readonly string[]): boolean {
  if (pattern === '') return true
  try {
    if (pattern.length > LONGEST_PATTERN) return texts.includes(pattern)
    const expression = RE2JS.compile(pattern)
    return texts.some((text) => expression.matches(text))
  } catch {
    return texts.includes(pattern)
  }
}

function holds(selector: string, values: Mapping): boolean {
  if (selector === '') return true
  return selector.split(',').every((part) => {
    const [key = '', value] = part.split(/==?/).map((text) => text.trim())
    if (key.endsWith('!')) return textOf(values[key.slice(0, -1).trim()]) !== value
    return value === undefined ? key in values : textOf(values[key]) === value
  })
}

/** Whether a target or selector means the resource, by any name it has had. */
export function selects(target: Mapping, resource: Resource): boolean {
  const field = (name: string) => textOf(target[name])
  return (
    matches(field('group'), [resource.group]) &&
    matches(field('version'), [resource.version]) &&
    matches(field('kind'), [resource.kind]) &&
    matches(field('name'), resource.names) &&
    matches(field('namespace'), [resource.namespace, resource.originalNamespace]) &&
    holds(field('labelSelector'), resource.labels) &&
    holds(field('annotationSelector'), mappingOf(mappingOf(resource.object.metadata).annotations))
  )
}
