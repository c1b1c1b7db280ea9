import { type ContainerProcess, type ContainerProgram, type Run, serve } from './program.ts'
import { readInputs } from './text-program.ts'

/** cat; without input on an open terminal it waits. */
export const cat: ContainerProgram = { name: 'cat', run }

function* run(process: ContainerProcess): Run {
  const paths = process.argv.slice(1).filter((word) => word === '-' || !word.startsWith('-'))
  if (paths.length === 0 && process.stdin === '' && process.interactive) return yield* serve()
  const { texts, failed } = readInputs({ ...process, argv: ['cat'] }, paths)
  for (const { text } of texts) process.out(text)
  return failed ? 1 : 0
}
