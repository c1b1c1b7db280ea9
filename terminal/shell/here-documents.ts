import type { ScriptNode } from 'just-bash'
import type { WordPart } from './nodes.ts'

/**
 * Text of here-documents as bash leaves it: patterns and `~` mean nothing there. The library would look for files and take
 * quotes out of brackets, so that `command: ['sleep']` lost its quotes.
 */
export function plainHereDocuments(script: ScriptNode): ScriptNode {
  visit(script)
  return script
}

function visit(node: unknown): void {
  if (typeof node !== 'object' || node === null) return
  if (isHereDocument(node)) node.content.parts = node.content.parts.map(plain)
  for (const child of Object.values(node)) visit(child)
}

interface HereDocument {
  readonly content: { parts: WordPart[] }
}

function isHereDocument(node: object): node is HereDocument {
  return 'type' in node && node.type === 'HereDoc'
}

function plain(part: WordPart): WordPart {
  if (part.type === 'Glob') return { type: 'Literal', value: part.pattern }
  return part.type === 'TildeExpansion' ? { type: 'Literal', value: `~${part.user ?? ''}` } : part
}
