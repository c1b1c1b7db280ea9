import { parseLetters } from './arguments.ts'
import { pathOf, simpleProgram } from './text-program.ts'

/** tee [-a] FILE... */
export const tee = simpleProgram('tee', (process) => {
  const { options, operands } = parseLetters(process.argv.slice(1))
  for (const operand of operands) {
    const path = pathOf(process, operand)
    const before = options.has('a') ? (process.files.read(path) ?? '') : ''
    process.files.write(path, before + process.stdin)
  }
  process.out(process.stdin)
  return 0
})
