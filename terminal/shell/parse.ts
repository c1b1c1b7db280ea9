import type { ScriptNode } from 'just-bash'
import { parse } from 'just-bash'
import { plainHereDocuments } from './here-documents.ts'

export type Parsed =
  | { readonly kind: 'script'; readonly script: ScriptNode }
  /** More lines are needed: the prompt shows PS2. Where only a here-document lacks its end, the script runs without. */
  | { readonly kind: 'incomplete'; readonly script?: ScriptNode }
  /** `message` is what bash prints behind `bash: `. */
  | { readonly kind: 'error'; readonly message: string }

/** Parses what was typed so far. */
export function parseShell(text: string): Parsed {
  if (/(^|[^\\])(\\\\)*\\\n?$/.test(text) && endsInContinuation(text)) return { kind: 'incomplete' }
  let script: ScriptNode
  try {
    script = plainHereDocuments(parse(text))
  } catch (error) {
    return classify(text, error)
  }
  if (hasOpenHereDocument(script)) return { kind: 'incomplete', script }
  if (endsWithOperator(text)) return { kind: 'incomplete' }
  // The library runs what stands before the mistake; bash reads the whole line first.
  const deferred = text.includes('\n') ? undefined : script.statements.find((node) => node.deferredError !== undefined)
  if (deferred?.deferredError !== undefined) return { kind: 'error', message: deferred.deferredError.message }
  return { kind: 'script', script }
}

/** Bash's word for a script that ends too early. */
export const UNEXPECTED_END = 'syntax error: unexpected end of file'

const OPEN = /got EOF|unexpected EOF|unexpected end of/
const EMPTY_BODY = /near unexpected token `(fi|done|esac|else|elif|\}|\))'/

function classify(text: string, error: unknown): Parsed {
  if (!(error instanceof Error)) throw error
  const message = error.message.replace(/^Parse error at \d+:\d+: /, '').replace(/^line \d+: /, '')
  if (OPEN.test(message)) return { kind: 'incomplete' }
  // `if true; then` and `for …; do` complain about the missing body's end, which nobody typed yet.
  const token = EMPTY_BODY.exec(message)?.[1]
  if (token !== undefined && !text.trimEnd().endsWith(token)) return { kind: 'incomplete' }
  const expected = /^Expected \S+, got (\S+)/.exec(message)?.[1]
  return {
    kind: 'error',
    message: expected === undefined ? message : `syntax error near unexpected token \`${tokenText(text, error)}'`,
  }
}

function tokenText(text: string, error: Error): string {
  const token = 'token' in error ? error.token : undefined
  if (typeof token === 'object' && token !== null && 'value' in token && typeof token.value === 'string') {
    return token.value === '\n' || token.value === '' ? 'newline' : token.value
  }
  return text.trim().split(/\s+/).at(-1) ?? 'newline'
}

function endsInContinuation(text: string): boolean {
  const last = text.replace(/\n$/, '')
  const slashes = /\\+$/.exec(last)?.[0].length ?? 0
  if (slashes % 2 === 0) return false
  try {
    parse(`${last.slice(0, -1)}x`)
    return true
  } catch (error) {
    // Inside single quotes a backslash is a backslash; the open quote asks for more lines anyway.
    return error instanceof Error && OPEN.test(error.message)
  }
}

function endsWithOperator(text: string): boolean {
  const code = text.trimEnd()
  if (!/(\|\||&&|\|)$/.test(code)) return false
  try {
    // Complete with a word behind it and a comment's or quote's text would not care.
    const probe = parse(`${code} __slipway_probe`)
    return containsProbe(probe.statements.at(-1))
  } catch {
    return false
  }
}

function containsProbe(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false
  if (Array.isArray(node)) return node.some(containsProbe)
  const isProbe =
    'type' in node &&
    node.type === 'SimpleCommand' &&
    'name' in node &&
    JSON.stringify(node.name).includes('__slipway_probe')
  return isProbe || Object.values(node).some(containsProbe)
}

function hasOpenHereDocument(node: unknown): boolean {
  if (typeof node !== 'object' || node === null) return false
  if (Array.isArray(node)) return node.some(hasOpenHereDocument)
  if ('type' in node && node.type === 'HereDoc') return 'terminated' in node && node.terminated === false
  return Object.values(node).some(hasOpenHereDocument)
}
