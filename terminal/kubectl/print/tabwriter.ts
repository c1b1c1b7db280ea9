/** Elastic tab stops as Go's text/tabwriter: a column is a run of consecutive lines that have a tab-terminated cell there. */
export interface TabwriterOptions {
  readonly minWidth: number
  readonly padding: number
  /** Column widths of the page before this one; a column never gets narrower (kubectl keeps them while it watches). */
  readonly remembered?: number[]
}

/** Tables of `kubectl get` and custom columns (upstream: cli-runtime/pkg/printers/tabwriter.go). */
export const TABLE: TabwriterOptions = { minWidth: 6, padding: 3 }
/** `kubectl describe` (upstream: kubectl/pkg/describe/describe.go, tabbedString). */
export const DESCRIBE: TabwriterOptions = { minWidth: 0, padding: 2 }

/** Aligns `text`, whose cells end in tabs. A line's last cell has no tab and is never padded. */
export function alignTabs(text: string, options: TabwriterOptions): string {
  if (!text.includes('\t')) return text
  const lines = text.split('\n').map((line) => line.split('\t'))
  const widths: number[][] = lines.map(() => [])
  measure(lines, widths, 0, lines.length, 0, options)
  return lines
    .map((cells, row) =>
      cells.map((cell, column) => pad(cell, column < cells.length - 1 ? widths[row]?.[column] : undefined)).join(''),
    )
    .join('\n')
}

function measure(
  lines: readonly (readonly string[])[],
  widths: number[][],
  start: number,
  end: number,
  column: number,
  options: TabwriterOptions,
): void {
  let row = start
  while (row < end) {
    if (cellsOf(lines, row) <= column) {
      row++
      continue
    }
    const blockStart = row
    let width = options.minWidth
    let discardable = true
    while (row < end && cellsOf(lines, row) > column) {
      const cell = lines[row]?.[column] ?? ''
      width = Math.max(width, displayWidth(cell) + options.padding)
      if (cell !== '') discardable = false
      row++
    }
    if (discardable && options.minWidth === 0) width = options.padding
    if (options.remembered) {
      width = Math.max(width, options.remembered[column] ?? 0)
      options.remembered[column] = width
    }
    for (let i = blockStart; i < row; i++) (widths[i] ?? [])[column] = width
    measure(lines, widths, blockStart, row, column + 1, options)
  }
}

/** How many tab-terminated cells a line has. */
function cellsOf(lines: readonly (readonly string[])[], row: number): number {
  return (lines[row]?.length ?? 1) - 1
}

function pad(cell: string, width: number | undefined): string {
  return width === undefined ? cell : cell + ' '.repeat(Math.max(0, width - displayWidth(cell)))
}

/** Go counts runes. */
function displayWidth(cell: string): number {
  return Array.from(cell).length
}
