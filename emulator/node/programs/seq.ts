import { simpleProgram } from './text-program.ts'

const MOST = 100_000

/** seq [FIRST [STEP]] LAST */
export const seq = simpleProgram('seq', (process) => {
  const numbers = process.argv.slice(1).map(Number)
  const [first, step, last] =
    numbers.length === 1
      ? [1, 1, numbers[0] ?? 0]
      : numbers.length === 2
        ? [numbers[0] ?? 1, 1, numbers[1] ?? 0]
        : [numbers[0] ?? 1, numbers[1] ?? 1, numbers[2] ?? 0]
  if (numbers.length === 0 || numbers.some(Number.isNaN) || step === 0) {
    process.err('seq: invalid number\n')
    return 1
  }
  const count = Math.min(MOST, Math.floor((last - first) / step) + 1)
  for (let index = 0; index < count; index += 1) process.out(`${first + index * step}\n`)
  return 0
})
