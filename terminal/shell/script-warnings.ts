import type { ScriptNode } from 'just-bash'
import { parse } from 'just-bash'
import type { WordPart } from './nodes.ts'

/** Words that one range may make: the library goes no further, and would not say so. */
const MAX_RANGE = 10_000

/**
 * What bash says of a script when it has read it, without its name in front: of ranges for which it finds no memory, and
 * of here-documents that never end (braces.c mkseq, make_cmd.c make_here_document). Ranges that are too large become
 * plain text in place, as bash leaves them.
 */
export function warningsOf(script: ScriptNode): readonly string[] {
  const found: string[] = []
  visit(script, 1, found)
  return found
}

/** The same for a text; none if it is no script. */
export function warningsOfText(text: string): readonly string[] {
  if (!text.includes('<<') && !text.includes('..')) return []
  try {
    return warningsOf(parse(text))
  } catch {
    return []
  }
}

function visit(node: unknown, line: number, found: string[]): void {
  if (typeof node !== 'object' || node === null) return
  const own = 'line' in node && typeof node.line === 'number' ? node.line : line
  if (isOpenDocument(node)) {
    found.push(`warning: here-document at line ${own} delimited by end-of-file (wanted \`${node.delimiter}')`)
  }
  if (hasParts(node)) node.parts = node.parts.map((part) => withoutHugeRange(part, found))
  for (const child of Object.values(node)) visit(child, own, found)
}

function withoutHugeRange(part: WordPart, found: string[]): WordPart {
  if (part.type !== 'BraceExpansion') return part
  const [range] = part.items
  if (range?.type !== 'Range' || typeof range.start !== 'number' || typeof range.end !== 'number') return part
  const { start, end, step, startStr = String(start), endStr = String(end) } = range
  const count = Math.floor(Math.abs(end - start) / Math.max(1, Math.abs(step ?? 1))) + 1
  if (count <= MAX_RANGE) return part
  found.push(`brace expansion: failed to allocate memory for ${count} elements`)
  return { type: 'SingleQuoted', value: `{${startStr}..${endStr}${step === undefined ? '' : `..${step}`}}` }
}

function hasParts(node: object): node is { parts: WordPart[] } {
  return 'parts' in node && Array.isArray(node.parts)
}

function isOpenDocument(node: object): node is { delimiter: string } {
  return 'type' in node && node.type === 'HereDoc' && 'terminated' in node && node.terminated === false
}
