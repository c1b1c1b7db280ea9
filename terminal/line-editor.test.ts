import xterm from '@xterm/headless'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyDecoder } from './editor/keys.ts'
import { graphemes } from './editor/width.ts'
import { LineEditor } from './line-editor.ts'

const HISTORY = ['kubectl get pods', 'echo 한글 "두 글자"', 'for i in 1 2\ndo echo $i\ndone']

function createEditor(columns: number): { editor: LineEditor; written(): string; press(data: string): void } {
  let written = ''
  const editor = new LineEditor({
    write: (data) => {
      written += data
    },
    size: () => ({ columns }),
  })
  const decoder = new KeyDecoder()
  editor.begin('$ ', HISTORY)
  const press = (data: string): void => {
    for (const key of decoder.decode(data)) {
      const outcome = editor.press(key)
      if (outcome.kind === 'complete') editor.apply({ start: outcome.cursor, candidates: [] })
      else if (outcome.kind !== 'editing') editor.begin('$ ', HISTORY)
    }
  }
  return { editor, written: () => written, press }
}

/** Keys as people and fuzzers press them: text of many scripts, control characters, whole and broken sequences. */
const keystrokes = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  { weight: 2, arbitrary: fc.constantFrom('가나다', '👩‍👩‍👧', 'e\u0301', '日本', '\t', '🇰🇷', ' word') },
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 31 }).map((code) => String.fromCharCode(code)) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom('[A', '[B', '[C', '[D', '[H', '[F', '[3~', '[1;5C', '[1;5D', 'b', 'f', 'd', '.', '\u007f')
      .map((end) => `\u001b${end}`),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('\u001b[200~a\nb\u001b[201~', '\u001b[200~open', '\u001b[', '\u001bO', '\u007f'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
)

describe('LineEditor', () => {
  it('stays consistent whatever is sent', () => {
    fc.assert(
      fc.property(fc.array(keystrokes, { maxLength: 40 }), fc.integer({ min: 2, max: 40 }), (keys, columns) => {
        const { editor, press } = createEditor(columns)
        for (const key of keys) press(key)
        expect(editor.cursor.column).toBeGreaterThanOrEqual(0)
        expect(editor.cursor.column).toBeLessThan(columns + 2)
        expect(graphemes(editor.text).join('')).toBe(editor.text)
      }),
      { numRuns: 300 },
    )
  })

  it('puts the cursor where the screen has it', async () => {
    const text = fc
      .array(fc.constantFrom('a', 'b c', '가', '나다', ' ', '"q"', '日'), { maxLength: 30 })
      .map((parts) => parts.join(''))
    const moves = fc.array(
      fc.constantFrom('\u001b[D', '\u001b[C', '\u0001', '\u0005', '\u007f', '\u001bb', 'x', '라'),
      { maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(text, moves, fc.integer({ min: 8, max: 40 }), async (typed, keys, columns) => {
        const { editor, press, written } = createEditor(columns)
        press(typed)
        for (const key of keys) press(key)
        const terminal = new xterm.Terminal({ cols: columns, rows: 30, allowProposedApi: true })
        await new Promise<void>((resolve) => {
          terminal.write(written(), resolve)
        })
        const { cursorX, cursorY } = terminal.buffer.active
        expect([cursorX, cursorY]).toEqual([editor.cursor.column, editor.cursor.row])
        const rows = Array.from(
          { length: 30 },
          (_, row) => terminal.buffer.active.getLine(row)?.translateToString(false) ?? '',
        )
        const shown = rows.join('').replaceAll(' ', '')
        expect(shown).toBe(`$${editor.text}`.replaceAll(' ', ''))
      }),
      { numRuns: 60 },
    )
  })

  it('refuses what no line can hold', () => {
    const { editor, press, written } = createEditor(80)
    press('x'.repeat(70_000))
    expect(editor.text).toBe('')
    expect(written()).toContain('\u0007')
  })
})
