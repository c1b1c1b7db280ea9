import { findProgram } from '../find-program.ts'
import type { ContainerProcess, ContainerProgram, Run, Wait } from './program.ts'

const UNITS: { readonly [unit: string]: number } = { '': 1, s: 1, m: 60, h: 3_600, d: 86_400 }
const TERMINATED = 143
const KILLED = 137
const TIMED_OUT = 124

/** timeout [-s SIG] [-k SECS] SECS PROGRAM...: ends a program when its time is up, with busybox's status or coreutils'. */
export const timeout: ContainerProgram = { name: 'timeout', run }

function* run(process: ContainerProcess): Run {
  const busybox = process.programs.has('ash')
  const words = process.argv.slice(1)
  let signal = 'TERM'
  while (words[0]?.startsWith('-') === true) {
    const flag = words.shift() ?? ''
    if (flag === '-s') signal = words.shift() ?? ''
    else if (flag === '-k') words.shift()
  }
  const [text = '', ...argv] = words
  const [, digits, unit = ''] = /^(\d*\.?\d+)([smhd]?)$/.exec(text) ?? []
  if (digits === undefined || argv.length === 0) {
    process.err(
      busybox
        ? `timeout: invalid number '${text}'\n`
        : `timeout: invalid time interval ‘${text}’\nTry 'timeout --help' for more information.\n`,
    )
    return busybox ? 1 : 125
  }
  const found = findProgram(argv[0] ?? '', process, process.cwd)
  if ('missing' in found) {
    process.err(
      busybox
        ? `timeout: can't execute '${argv[0]}': No such file or directory\n`
        : `timeout: failed to run command ‘${argv[0]}’: No such file or directory\n`,
    )
    return 127
  }
  const ended = yield* within(Number(digits) * (UNITS[unit] ?? 1) * 1_000, found.program, { ...process, argv })
  if (ended !== undefined) return ended
  if (/^(SIG)?KILL$|^9$/.test(signal)) return KILLED
  return busybox ? TERMINATED : TIMED_OUT
}

/** The program's status; undefined if its time was up first. */
function* within(
  ms: number,
  program: ContainerProgram,
  process: ContainerProcess,
): Generator<Wait, number | undefined, string | undefined> {
  const { frame, resumed } = process.frames.enter({ until: process.now() + ms, isCut: false })
  const { depth } = process.frames
  const child = program.run(process)
  let input: string | undefined
  for (let again = resumed; ; again = false) {
    const next = child.next(input)
    input = undefined
    if (next.done === true) {
      process.frames.unwind(depth - 1)
      return next.value
    }
    const wait = next.value
    if (wait.kind !== 'sleep' && wait.kind !== 'forever') {
      input = yield wait
      continue
    }
    const left = Math.max(0, frame.until - process.now())
    // A wait that a snapshot interrupted goes on as it was: how long it is now tells nothing.
    if (!again) frame.isCut = wait.kind === 'forever' || wait.ms >= left
    yield { kind: 'sleep', ms: frame.isCut || wait.kind === 'forever' ? left : wait.ms }
    if (!frame.isCut) continue
    process.frames.unwind(depth - 1)
    return undefined
  }
}
