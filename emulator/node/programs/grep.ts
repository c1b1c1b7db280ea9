import { RE2JS } from 're2js'
import { parseLetters } from './arguments.ts'
import { linesOf, readInputs, simpleProgram } from './text-program.ts'

const LONGEST = 1024

/** grep [-civqoEF] PATTERN FILE... */
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
  if (pattern.length > LONGEST) return undefined
  try {
    const expression = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0)
    return (line) => expression.matcher(line).find()
  } catch {
    return undefined
  }
}
