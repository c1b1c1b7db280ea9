import type { FileTree } from '../files.ts'
import { resolvePath } from '../paths.ts'
import type { Wait } from '../programs/program.ts'
import { evaluateArithmetic } from './arithmetic.ts'
import type { Node, Word, WordPart } from './ast.ts'
import { ExpansionError } from './control.ts'
import { hasPattern, matchesPattern } from './patterns.ts'
import type { ShellState } from './state.ts'

export interface Expander {
  readonly state: ShellState
  readonly files: FileTree
  /** Runs a command substitution and returns what it printed. */
  capture(body: Node): Generator<Wait, string, string | undefined>
}

type Piece = { readonly text: string; readonly quoted: boolean; readonly splits?: boolean; readonly fieldEnd?: boolean }
type Expansion<T> = Generator<Wait, T, string | undefined>

/** All words of a command as fields: expansion, field splitting, pathname expansion, quote removal. */
export function* expandWords(words: readonly Word[], expander: Expander): Expansion<string[]> {
  const fields: string[] = []
  for (const word of words) {
    const pieces: Piece[] = []
    for (const part of word) pieces.push(...(yield* expandPart(part, expander)))
    for (const field of splitFields(pieces)) fields.push(...expandPath(field, expander))
  }
  return fields
}

/** Characters that one word or variable may hold: a container has no more memory than that for its shell. */
const MAX_TEXT = 1 << 20

function within(text: string): string {
  if (text.length > MAX_TEXT) throw new ExpansionError('out of memory')
  return text
}

/** One word as one text, without splitting: assignments, redirections, here-documents. */
export function* expandText(word: Word, expander: Expander): Expansion<string> {
  let text = ''
  for (const part of word)
    for (const piece of yield* expandPart(part, expander))
      text = within(text + piece.text + (piece.fieldEnd === true ? ' ' : ''))
  return text
}

/** One word as a pattern: quoted characters stand for themselves. */
export function* expandPattern(word: Word, expander: Expander): Expansion<string> {
  let text = ''
  for (const part of word) {
    for (const piece of yield* expandPart(part, expander))
      text += piece.quoted ? piece.text.replace(/[*?[\\]/g, '\\$&') : piece.text
  }
  return text
}

function* expandPart(part: WordPart, expander: Expander): Expansion<readonly Piece[]> {
  switch (part.kind) {
    case 'text':
      return [{ text: tilde(part, expander), quoted: part.quoted }]
    case 'command': {
      const output = yield* expander.capture(part.body)
      return [{ text: output.replace(/\n+$/, ''), quoted: part.quoted }].map(unquotedSplits)
    }
    case 'arithmetic': {
      const expression = yield* expandText(part.expression, expander)
      const value = evaluateArithmetic(expression, (name) => expander.state.get(name) ?? '')
      if (value === undefined) throw new ExpansionError('arithmetic syntax error')
      return [{ text: String(value), quoted: part.quoted }]
    }
    case 'variable':
      return yield* expandVariable(part, expander)
  }
}

/** Marks text that came from an unquoted expansion, so that it is split at blanks. */
function unquotedSplits(piece: Piece): Piece {
  return piece.quoted ? piece : { ...piece, splits: true }
}

function tilde(part: { readonly text: string; readonly quoted: boolean }, { state }: Expander): string {
  if (part.quoted || !(part.text === '~' || part.text.startsWith('~/'))) return part.text
  return (state.get('HOME') ?? '/root') + part.text.slice(1)
}

function* expandVariable(
  part: Extract<WordPart, { kind: 'variable' }>,
  expander: Expander,
): Expansion<readonly Piece[]> {
  const { state } = expander
  if (part.name === '@' && part.quoted && part.operator === undefined) {
    const parameters = state.parameters.slice(1)
    return parameters.map((text, index) => ({ text, quoted: true, fieldEnd: index < parameters.length - 1 }))
  }
  const value = state.get(part.name)
  const { operator } = part
  if (operator === undefined) return [unquotedSplits({ text: value ?? '', quoted: part.quoted })]
  if (operator === '#' && part.word === undefined) return [{ text: String((value ?? '').length), quoted: part.quoted }]
  const word = part.word ?? []
  if (operator.startsWith('#') || operator.startsWith('%')) {
    const pattern = yield* expandPattern(word, expander)
    return [unquotedSplits({ text: strip(value ?? '', operator, pattern), quoted: part.quoted })]
  }
  const missing = value === undefined || (operator.startsWith(':') && value === '')
  const action = operator.at(-1)
  if (action === '+' ? missing : !missing) {
    return [unquotedSplits({ text: action === '+' ? '' : (value ?? ''), quoted: part.quoted })]
  }
  const text = yield* expandText(word, expander)
  if (action === '?') throw new ExpansionError(`${part.name}: ${text || 'parameter not set'}`)
  if (action === '=') state.variables.set(part.name, text)
  return [unquotedSplits({ text, quoted: part.quoted })]
}

function strip(value: string, operator: string, pattern: string): string {
  const lengths = Array.from({ length: value.length + 1 }, (_, index) => index)
  if (operator.length === 2) lengths.reverse()
  for (const length of lengths) {
    const prefix = operator.startsWith('#')
    const candidate = prefix ? value.slice(0, length) : value.slice(value.length - length)
    if (matchesPattern(pattern, candidate)) return prefix ? value.slice(length) : value.slice(0, value.length - length)
  }
  return value
}

interface Field {
  readonly text: string
  /** With quoted characters escaped, to match against file names. */
  readonly pattern: string
}

function splitFields(pieces: readonly Piece[]): readonly Field[] {
  const fields: Field[] = []
  let text = ''
  let pattern = ''
  let open = false
  const close = (): void => {
    if (open) fields.push({ text, pattern })
    text = ''
    pattern = ''
    open = false
  }
  for (const piece of pieces) {
    if (piece.quoted) open = true
    for (const character of piece.text) {
      if (piece.splits === true && /\s/.test(character)) close()
      else {
        open = true
        text += character
        pattern += piece.quoted && '*?[\\'.includes(character) ? `\\${character}` : character
      }
    }
    if (piece.fieldEnd === true) close()
  }
  close()
  return fields
}

function expandPath(field: Field, { files, state }: Expander): readonly string[] {
  if (!hasPattern(field.pattern.replace(/\\./g, ''))) return [field.text]
  const absolute = field.pattern.startsWith('/')
  let found = [absolute ? '/' : '']
  for (const segment of field.pattern.split('/').filter((part) => part !== '')) {
    found = found.flatMap((prefix) => {
      const directory = resolvePath(state.cwd, prefix === '' ? '.' : prefix)
      const names = files.list(directory).filter((name) => matchesPattern(segment, name))
      const visible = names.filter((name) => !name.startsWith('.') || segment.startsWith('.'))
      return visible.map((name) => (prefix === '' || prefix.endsWith('/') ? prefix + name : `${prefix}/${name}`))
    })
  }
  return found.length === 0 ? [field.text] : found
}
