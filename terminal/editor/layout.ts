import { graphemes, graphemeWidth, visible } from './width.ts'

export interface Position {
  readonly row: number
  readonly column: number
}

export interface Layout {
  /** What to write, with every wrap made explicit where the terminal would leave it open. */
  readonly output: string
  readonly cursor: Position
  readonly end: Position
}

const TAB = 8

/**
 * Where text lands on a screen of `columns`, starting at `start`. A wide character that does not fit goes to the next
 * row whole; a row that is exactly full leaves the cursor on the next one, which needs a blank to be written there.
 */
export function layoutText(text: string, cursor: number, columns: number, start: Position): Layout {
  let { row, column } = start
  let output = ''
  let offset = 0
  let at: Position | undefined
  const newRow = (): void => {
    row += 1
    column = 0
  }
  for (const part of graphemes(text)) {
    if (offset >= cursor && at === undefined) at = { row, column }
    offset += part.length
    if (part === '\n') {
      output += '\r\n'
      newRow()
      continue
    }
    const shown = part === '\t' ? ' '.repeat(TAB - (column % TAB)) : visible(part)
    const width = part === '\t' ? shown.length : graphemeWidth(part)
    for (const [piece, cells] of part === '\t'
      ? Array.from(shown, (blank) => [blank, 1] as const)
      : [[shown, width] as const]) {
      if (column + cells > columns && column > 0) newRow()
      output += piece
      column += cells
      if (column >= columns) {
        output += ' \r'
        newRow()
      }
    }
  }
  const end = { row, column }
  return { output, cursor: at ?? end, end }
}

/** Moves the cursor from one place to another by relative steps, which scrolling does not disturb. */
export function moveCursor(from: Position, to: Position): string {
  const rows = to.row - from.row
  const vertical = rows === 0 ? '' : rows < 0 ? `\u001b[${-rows}A` : `\u001b[${rows}B`
  if (vertical === '' && from.column === to.column) return ''
  return `${vertical}\r${to.column === 0 ? '' : `\u001b[${to.column}C`}`
}
