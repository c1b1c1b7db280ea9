import { parseLetters } from './arguments.ts'
import { linesOf, readInputs, simpleProgram } from './text-program.ts'

/** head [-n N] FILE... */
export const head = simpleProgram('head', (process) => {
  const words = process.argv.slice(1).map((word) => word.replace(/^-(\d+)$/, '-n$1'))
  const { options, operands } = parseLetters(words, 'nc')
  const { texts, failed } = readInputs(process, operands)
  for (const { text } of texts) {
    const characters = options.get('c')
    if (characters !== undefined) process.out(text.slice(0, Number(characters)))
    else for (const line of linesOf(text).slice(0, Number(options.get('n') ?? 10))) process.out(`${line}\n`)
  }
  return failed ? 1 : 0
})
