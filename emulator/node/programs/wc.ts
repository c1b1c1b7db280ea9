import { parseLetters } from './arguments.ts'
import { readInputs, simpleProgram } from './text-program.ts'

/** wc [-lwc] FILE... */
export const wc = simpleProgram('wc', (process) => {
  const { options, operands } = parseLetters(process.argv.slice(1))
  const { texts, failed } = readInputs(process, operands)
  for (const { path, text } of texts) {
    const counts = {
      l: text.split('\n').length - 1,
      w: text.split(/\s+/).filter((word) => word !== '').length,
      c: text.length,
    }
    const chosen = (['l', 'w', 'c'] as const).filter((letter) => options.size === 0 || options.has(letter))
    const numbers = chosen.map((letter) =>
      chosen.length === 1 ? String(counts[letter]) : String(counts[letter]).padStart(9),
    )
    process.out(`${numbers.join(' ')}${path === '-' ? '' : ` ${path}`}\n`)
  }
  return failed ? 1 : 0
})
