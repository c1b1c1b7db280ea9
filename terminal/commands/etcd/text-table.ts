/** A table as olekukonko/tablewriter draws it: heads in the middle, numbers to the right. */
export function boxTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => (row[at] ?? '').length)))
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+\n`
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
  const head = heads.map((text, at) => centred(text, widths[at] ?? 0))
  const body = rows.map((row) => line(row.map((text, at) => cell(text, widths[at] ?? 0))))
  return `${rule}${line(head)}${rule}${body.join('')}${rule}`
}

const NUMBER = /^-?\d+(\.\d+)?%?$/
const cell = (text: string, width: number): string => (NUMBER.test(text) ? text.padStart(width) : text.padEnd(width))

function centred(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2)
  return `${' '.repeat(left)}${text}`.padEnd(width)
}
