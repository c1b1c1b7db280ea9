import { type ContainerProcess, type ContainerProgram, type Run, serve, sleep as wait } from './program.ts'

const UNITS: { readonly [unit: string]: number } = { s: 1, m: 60, h: 3600, d: 86_400 }
/** `sleep infinity` and anything longer than virtual time will last. */
const FOREVER_SECONDS = 1e10

/** coreutils' and busybox's sleep: seconds with an optional unit, several are added. */
export const sleep: ContainerProgram = { name: 'sleep', run }

function* run(process: ContainerProcess): Run {
  const words = process.argv.slice(1)
  if (words.length === 0) {
    process.err('BusyBox v1.37.0 () multi-call binary.\n\nUsage: sleep [N]...\n')
    return 1
  }
  let seconds = 0
  for (const word of words) {
    const match = /^(\d*\.?\d+)([smhd]?)$/.exec(word)
    if (match === null && !/^inf(inity)?$/.test(word)) {
      process.err(`sleep: invalid number '${word}'\n`)
      return 1
    }
    seconds += match === null ? FOREVER_SECONDS : Number(match[1]) * (UNITS[match[2] || 's'] ?? 1)
  }
  if (seconds >= FOREVER_SECONDS) return yield* serve()
  yield* wait(seconds * 1000)
  return 0
}
