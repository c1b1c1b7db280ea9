/** Reads a YAML file of content/ against a zod schema; a mistake names the file and the line of the value at fault. */
import { EVENT_ID, type Event, getScalarValue, load, parseEvents, YAMLException } from 'js-yaml'
import type { z } from 'zod'
import { ContentError } from './content-error.ts'
import { readText, relativeToProject } from './files.ts'

/** Parses and checks one file. Throws ContentError at the first mistake found. */
export function readYaml<T>(file: string, schema: z.ZodType<T>): T {
  return parseYaml(readText(file), relativeToProject(file), schema)
}

/** As readYaml, for text that is already read. `file` is the name that errors give. */
export function parseYaml<T>(source: string, file: string, schema: z.ZodType<T>): T {
  let value: unknown
  try {
    value = load(source)
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error
    throw new ContentError(file, (error.mark?.line ?? 0) + 1, error.reason)
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const { at, sentence } = mistakeIn(parsed.error.issues)
  const where = at.length ? `${at.join('.')}: ` : ''
  throw new ContentError(file, lineOf(source, at), `${where}${sentence}`)
}

type Issue = z.core.$ZodIssue
interface Mistake {
  readonly at: readonly (string | number)[]
  readonly sentence: string
}

/** Where the first issue is and what to say of it. Of the shapes that a value may have, the nearest one speaks. */
export function mistakeIn([issue]: readonly Issue[]): Mistake {
  if (issue === undefined) return { at: [], sentence: 'is not valid' }
  const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
  if (issue.code === 'invalid_union') {
    const [nearest] = [...issue.errors].sort((a, b) => a.length - b.length || depthOf(b) - depthOf(a))
    if (nearest?.length) {
      const { at, sentence } = mistakeIn(nearest)
      return { at: [...path, ...at], sentence }
    }
  }
  if (issue.code === 'unrecognized_keys')
    return { at: [...path, issue.keys[0] ?? ''], sentence: 'there is no such field here' }
  return {
    at: path,
    sentence: issue.message.replace(/^Invalid input: expected (.+), received undefined$/, 'is missing ($1)'),
  }
}

const depthOf = ([issue]: readonly Issue[]): number => issue?.path.length ?? 0

/** The line (from 1) on which the value at `path` stands, or that of its nearest parent that exists. */
export function lineOf(source: string, path: readonly (string | number)[]): number {
  const events = parseEvents(source, {})
  let offset = 0
  let index = 1
  for (const part of path) {
    const child = findChild(events, index, source, part)
    if (child === undefined) break
    index = child.index
    offset = child.offset
  }
  return source.slice(0, offset).split('\n').length
}

interface Found {
  readonly index: number
  readonly offset: number
}

function findChild(events: readonly Event[], parent: number, source: string, part: string | number): Found | undefined {
  const open = events[parent]
  if (open?.type === EVENT_ID.MAPPING) {
    let at = parent + 1
    while (at < events.length && events[at]?.type !== EVENT_ID.POP) {
      const key = events[at]
      const value = skip(events, at)
      if (key?.type === EVENT_ID.SCALAR && getScalarValue(source, key) === String(part))
        return { index: value, offset: key.valueStart }
      at = skip(events, value)
    }
  }
  if (open?.type === EVENT_ID.SEQUENCE) {
    let at = parent + 1
    for (let i = 0; at < events.length && events[at]?.type !== EVENT_ID.POP; i++) {
      if (i === part) return { index: at, offset: startOf(events[at]) }
      at = skip(events, at)
    }
  }
  return undefined
}

/** Index just behind the node that begins at `at`. */
function skip(events: readonly Event[], at: number): number {
  let depth = 0
  let index = at
  do {
    const type = events[index]?.type
    if (type === EVENT_ID.MAPPING || type === EVENT_ID.SEQUENCE || type === EVENT_ID.DOCUMENT) depth++
    if (type === EVENT_ID.POP) depth--
    index++
  } while (depth > 0 && index < events.length)
  return index
}

function startOf(event: Event | undefined): number {
  if (event?.type === EVENT_ID.SCALAR) return event.valueStart
  if (event?.type === EVENT_ID.MAPPING || event?.type === EVENT_ID.SEQUENCE) return event.start
  return 0
}
