import { parseLetters } from './arguments.ts'
import { type ContainerProcess, type ContainerProgram, type Run, sleep } from './program.ts'
import { linesOf, pathOf, readInputs } from './text-program.ts'

const POLL_MS = 1000

/** tail [-n N] [-f] FILE...: `tail -f /dev/null` keeps a container alive. */
export const tail: ContainerProgram = { name: 'tail', run }

function* run(process: ContainerProcess): Run {
  const words = process.argv.slice(1).map((word) => word.replace(/^-(\d+)$/, '-n$1'))
  const { options, operands } = parseLetters(words, 'ncs')
  const { texts, failed } = readInputs(process, operands)
  const count = options.get('n') ?? '10'
  for (const { text } of texts) {
    const lines = linesOf(text)
    const shown = count.startsWith('+')
      ? lines.slice(Number(count) - 1)
      : Number(count) === 0
        ? []
        : lines.slice(-Number(count))
    for (const line of shown) process.out(`${line}\n`)
  }
  const path = operands[0]
  if ((!options.has('f') && !options.has('F')) || path === undefined) return failed ? 1 : 0
  return yield* follow(process, pathOf(process, path))
}

function* follow(process: ContainerProcess, path: string): Run {
  if (path === '/dev/null') for (;;) yield { kind: 'forever' }
  let seen = (process.files.read(path) ?? '').length
  for (;;) {
    yield* sleep(POLL_MS)
    const text = process.files.read(path) ?? ''
    if (text.length > seen) process.out(text.slice(seen))
    seen = text.length
  }
}
