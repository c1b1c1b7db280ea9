import { expandEscapes } from './echo.ts'
import { simpleProgram } from './text-program.ts'

/** printf with %s %d %i %x %c %b %%, widths, and the format used again while arguments remain. */
export const printf = simpleProgram('printf', (process) => {
  const [, format, ...values] = process.argv
  if (format === undefined) {
    process.err('printf: missing operand\n')
    return 1
  }
  const rest = [...values]
  do {
    process.out(formatOnce(format, rest))
  } while (rest.length > 0 && /%[^%]/.test(format))
  return 0
})

function formatOnce(format: string, values: string[]): string {
  return expandEscapes(format).replace(/%(-?\d*)(?:\.\d+)?([sdicxb%])/g, (_, width: string, kind: string) => {
    if (kind === '%') return '%'
    const value = values.shift() ?? ''
    const text = convert(kind, value)
    const length = Math.min(200, Math.abs(Number(width) || 0))
    if (width.startsWith('-')) return text.padEnd(length)
    return text.padStart(length, /^0\d/.test(width) ? '0' : ' ')
  })
}

function convert(kind: string, value: string): string {
  if (kind === 'd' || kind === 'i') return String(Math.trunc(Number(value) || 0))
  if (kind === 'x') return Math.trunc(Number(value) || 0).toString(16)
  if (kind === 'c') return value.slice(0, 1)
  return kind === 'b' ? expandEscapes(value) : value
}
