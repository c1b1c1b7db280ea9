import { parseLetters } from './arguments.ts'
import type { ContainerProcess } from './program.ts'
import { pathOf, simpleProgram } from './text-program.ts'

/** rm [-rf] PATH... */
export const rm = simpleProgram('rm', (process) => {
  const { options, operands } = parseLetters(process.argv.slice(1))
  const recursive = options.has('r') || options.has('R')
  let status = 0
  for (const operand of operands) {
    const path = pathOf(process, operand)
    const kind = process.files.stat(path)?.kind
    if (kind === undefined && options.has('f')) continue
    const problem =
      kind === undefined
        ? 'No such file or directory'
        : kind === 'directory' && !recursive
          ? 'is a directory'
          : undefined
    if (problem === undefined) removeTree(process, path)
    else {
      process.err(kind === undefined ? `rm: can't remove '${operand}': ${problem}\n` : `rm: '${operand}' ${problem}\n`)
      status = 1
    }
  }
  return status
})

function removeTree(process: ContainerProcess, path: string): void {
  if (process.files.stat(path)?.kind === 'directory') {
    for (const name of process.files.list(path)) removeTree(process, `${path}/${name}`)
  }
  process.files.remove(path)
}
