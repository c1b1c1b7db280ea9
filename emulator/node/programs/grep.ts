import { parseLetters } from './arguments.ts'
import { linesOf, readInputs, simpleProgram } from './text-program.ts'

const SLOW = /(\([^)]*[*+][^)]*\)|\[[^\]]*\])[*+]{1,2}|\*\*|\{\d{3,}/

/** grep [-civqoEF] PATTERN FILE... Patterns that can be slow are refused. */
export const grep = simpleProgram('grep', (process) => {
  const { options, operands } = parseLetters(process.argv.slice(1), 'em')
  const [pattern = '', ...files] = options.has('e') ? [options.get('e') ?? '', ...operands] : operands
  const matches = matcher(pattern, options.has('F'), options.has('i'))
  if (matches === undefined) {
    process.err(`grep: bad regex '${pattern}'\n`)
    return 2
  }
  const { texts, failed } = readInputs(process, files)
  let total = 0
  for (const { path, text } of texts) {
    const hits = linesOf(text).filter((line) => matches(line) !== options.has('v'))
    total += hits.length
    const prefix = texts.length > 1 ? `${path}:` : ''
    if (options.has('q')) continue
    if (options.has('c')) process.out(`${prefix}${hits.length}\n`)
    else for (const line of hits) process.out(`${prefix}${line}\n`)
  }
  return failed ? 2 : total > 0 ? 0 : 1
})

function matcher(pattern: string, fixed: boolean, ignoreCase: boolean): ((line: string) => boolean) | undefined {
  if (fixed) return (line) => line.includes(pattern)
  if (SLOW.test(pattern) || pattern.length > 200) return undefined
  try {
    const expression = new RegExp(pattern.replace(/\[\[:space:\]\]/g, '\\s'), ignoreCase ? 'i' : '')
    return (line) => expression.test(line.slice(0, 2000))
  } catch {
    return undefined
  }
}
