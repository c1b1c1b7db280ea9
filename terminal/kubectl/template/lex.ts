import { TemplateError } from './nodes.ts'

/** Text between actions, or the words of one action. */
export type Piece = { readonly text: string } | { readonly words: readonly string[] }

const WORD =
  /\s+|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)+'|:=|=|\||,|\(|\)|\$\w*(?:\.\w+)*|(?:\.\w+)+|\.|[+-]?\d[\w.]*|\w+/y

/** Splits a template at `{{ }}`, honouring the trim markers `{{- ` and ` -}}` and comments. */
export function lex(source: string): readonly Piece[] {
  const pieces: Piece[] = []
  let at = 0
  let trimNext = false
  while (at < source.length) {
    const open = source.indexOf('{{', at)
    let text = source.slice(at, open < 0 ? undefined : open)
    if (trimNext) text = text.trimStart()
    trimNext = false
    if (open < 0) {
      if (text) pieces.push({ text })
      break
    }
    let inside = open + 2
    if (/^-\s/.test(source.slice(inside, inside + 2))) {
      text = text.trimEnd()
      inside += 1
    }
    if (text) pieces.push({ text })
    const action = readAction(source, inside)
    if (action.words) pieces.push({ words: action.words })
    trimNext = action.trim
    at = action.end
  }
  return pieces
}

function readAction(source: string, start: number): { words?: readonly string[]; trim: boolean; end: number } {
  const comment = /^\s*\/\*[\s\S]*?\*\/(\s+-)?\s*\}\}/.exec(source.slice(start))
  if (comment) return { trim: comment[1] !== undefined, end: start + comment[0].length }
  const words: string[] = []
  let at = start
  for (;;) {
    const close = /^(?:\s+(-)\}\}|\s*\}\})/.exec(source.slice(at, at + 400))
    if (close) return { words, trim: close[1] !== undefined, end: at + close[0].length }
    if (at >= source.length) throw new TemplateError('unclosed action')
    WORD.lastIndex = at
    const match = WORD.exec(source)
    if (!match) {
      const c = source[at] ?? ''
      if (c === '"') throw new TemplateError('unterminated quoted string')
      if (c === '\n') throw new TemplateError('unclosed action')
      throw new TemplateError(
        `unrecognized character in action: U+${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')} '${c}'`,
      )
    }
    if (match[0].trim() !== '') words.push(match[0])
    else words.push(' ')
    at += match[0].length
  }
}
