import type { ContainerProcess, ContainerProgram, Run } from './program.ts'
import { readInputs } from './text-program.ts'

/** cat; with an open standard input it repeats what is typed until that ends. */
export const cat: ContainerProgram = { name: 'cat', run }

function* run(process: ContainerProcess): Run {
  const paths = process.argv.slice(1).filter((word) => word === '-' || !word.startsWith('-'))
  if (paths.length === 0 && process.stdin === '' && process.interactive) return yield* repeat(process)
  const { texts, failed } = readInputs({ ...process, argv: ['cat'] }, paths)
  for (const { text } of texts) process.out(text)
  return failed ? 1 : 0
}

function* repeat(process: ContainerProcess): Run {
  for (;;) {
    const line = yield { kind: 'line', prompt: '' }
    if (line === undefined) return 0
    process.out(`${line}\n`)
  }
}
