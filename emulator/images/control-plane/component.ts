/** How a program of the control plane begins: it reads its flags and files, meets the others, and serves, or ends with the reason. */
import {
  type ContainerProcess,
  type ContainerProgram,
  type Run,
  sleep,
  type Wait,
  serve as wait,
} from '../../node/programs/program.ts'
import { parseFlags } from './flags.ts'
import { BOOLS } from './known-flags.ts'

/** Why it ends: what it prints last, and its exit code. */
export interface Failure {
  readonly text: string
  readonly code: number
}

export type Preparing = Generator<Wait, Failure | undefined, string | undefined>
export type FlagValues = ReadonlyMap<string, string>

export interface ComponentOptions {
  readonly name: string
  readonly flags: ReadonlySet<string>
  readonly bools?: ReadonlySet<string>
  /** What a wrong flag makes it print. */
  readonly refuse?: (problem: string, process: ContainerProcess) => Failure
  /** What it reads before it serves. */
  check?(process: ContainerProcess, flags: FlagValues): Failure | undefined
  /** What it asks others before it serves. */
  prepare?(process: ContainerProcess, flags: FlagValues): Preparing
  /** Opens its ports. */
  serve(process: ContainerProcess, flags: FlagValues): void
}

/** A process that was taken up from a snapshot has read its files long ago. */
export function component(options: ComponentOptions): ContainerProgram {
  return { name: options.name, run: (process) => run(process, options) }
}

function* run(process: ContainerProcess, options: ComponentOptions): Run {
  const flags = parseFlags(options.name, process.argv.slice(1), options.flags, options.bools ?? BOOLS)
  const { frame, resumed } = process.frames.enter({ serving: false })
  if ('error' in flags)
    return end(process, options.refuse?.(flags.error, process) ?? { text: `Error: ${flags.error}\n`, code: 1 })
  if (!resumed || !frame.serving) {
    const asked = options.prepare?.(process, flags.values)
    const failure = options.check?.(process, flags.values) ?? (asked && (yield* asked))
    if (failure !== undefined) return end(process, failure)
  }
  frame.serving = true
  options.serve(process, flags.values)
  process.onTerminate(0)
  return yield* wait()
}

function end(process: ContainerProcess, { text, code }: Failure): number {
  process.err(text)
  return code
}

/** A line of klog (k8s.io/klog: its header, and who printed it). */
export function klogLine(process: Pick<ContainerProcess, 'now'>, level: 'I' | 'W' | 'E' | 'F', line: string): string {
  const at = new Date(process.now()).toISOString()
  return `${level}${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 23)}000       1 ${line}\n`
}

/** The end of a command that returned an error (component-base/cli/run.go). */
export function commandFailed(process: ContainerProcess, problem: string): Failure {
  return { text: klogLine(process, 'E', `run.go:72] "command failed" err=${JSON.stringify(problem)}`), code: 1 }
}

export function missingFile(process: ContainerProcess, path: string): string | undefined {
  return process.files.read(path) === undefined ? `open ${path}: no such file or directory` : undefined
}

/** How a connection to `address:port` fails, in the words of Go's net package; undefined if it is made. */
export function dialError(process: ContainerProcess, address: string, port: number): string | undefined {
  const end = process.network.connect(process.place, { address, port })
  if (end.outcome === 'answered') return undefined
  const why =
    end.outcome === 'refused' ? 'connection refused' : end.outcome === 'timed-out' ? 'i/o timeout' : 'no route to host'
  return `dial tcp ${address}:${port}: ${why === 'i/o timeout' ? why : `connect: ${why}`}`
}

/** Tries once a second; the last problem if none of `tries` went well. */
export function* patiently(
  tries: number,
  attempt: () => string | undefined,
): Generator<Wait, string | undefined, string | undefined> {
  for (let left = tries; ; left -= 1) {
    const problem = attempt()
    if (problem === undefined || left <= 1) return problem
    yield* sleep(1000)
  }
}
