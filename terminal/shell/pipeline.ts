import type { Command, CommandContext as LibraryContext } from 'just-bash'
import { decodeBytesToUtf8 } from 'just-bash'
import type { TerminalTime } from '../types.ts'
import type { Streams } from './adapt.ts'
import { type Clocks, yieldingTime } from './clocks.ts'
import type { Pipe, Pipes } from './pipe.ts'
import { type Intake, intakeOf, SINK } from './pipe-stages.ts'
import { CAPTURED, FD } from './streams.ts'

type Result = Awaited<ReturnType<Command['execute']>>

/** What a pipeline that streams needs from its shell. */
export interface PipelineHost {
  readonly pipes: Pipes
  readonly clocks: Clocks
  /** Time is virtual: it passes when somebody sleeps. */
  readonly isVirtual: boolean
  timeOf(library: LibraryContext): TerminalTime
  streams(library: LibraryContext): Streams
  isCommand(name: string): boolean
  /** Runs a text as a subshell would, on the shell's functions and variables. */
  runText(text: string, library: LibraryContext, options: SubshellOptions): Promise<Result>
}

export interface SubshellOptions {
  readonly env: { readonly [name: string]: string }
  readonly stdin: string
  readonly signal: AbortSignal
}

interface Stage {
  readonly text: string
  /** `|&`: errors go down the pipe too. */
  readonly errorsToo: boolean
}

const BROKEN_PIPE = 141
const INTERRUPTED = 130

/**
 * Runs the stages of a pipeline side by side: the first as a command whose output is a pipe, each other one as its
 * intake says. A writer whose reader is gone ends at its next write, as by SIGPIPE.
 */
export async function runPipeline(
  args: readonly string[],
  library: LibraryContext,
  host: PipelineHost,
): Promise<Result> {
  const stages = args.map((text): Stage => ({ text: text.slice(1), errorsToo: text.startsWith('&') }))
  const line = new Pipeline(stages, library, host)
  return line.run()
}

class Pipeline {
  readonly #stages: readonly Stage[]
  readonly #library: LibraryContext
  readonly #host: PipelineHost
  readonly #streams: Streams
  readonly #breaks: readonly AbortController[]
  readonly #between: readonly { readonly path: string; readonly pipe: Pipe }[]

  constructor(stages: readonly Stage[], library: LibraryContext, host: PipelineHost) {
    this.#stages = stages
    this.#library = library
    this.#host = host
    this.#streams = host.streams(library)
    this.#breaks = stages.map(() => new AbortController())
    this.#between = stages.slice(1).map((_, index) => host.pipes.open(() => this.#breaks[index]?.abort()))
  }

  async run(): Promise<Result> {
    const { signal } = this.#library
    const stop = (): void => {
      for (const controller of this.#breaks) controller.abort()
      for (const { pipe } of this.#between) pipe.end()
    }
    signal?.addEventListener('abort', stop, { once: true })
    try {
      const codes = await Promise.all(this.#stages.map((stage, index) => this.#stage(stage, index)))
      await this.#library.assignShellVariable?.(FD.codes, codes.join(' '))
      return { ...this.#streams.rest(), exitCode: signal?.aborted === true ? INTERRUPTED : this.#code(codes) }
    } finally {
      signal?.removeEventListener('abort', stop)
      for (const { path } of this.#between) this.#host.pipes.remove(path)
    }
  }

  /** What stands for a redirection has no status of its own; else the commands behind the pipeline end as its stages did. */
  #code(codes: readonly number[]): number {
    return this.#stages.at(-1)?.text.startsWith(SINK) === true ? (codes.at(-2) ?? 0) : 0
  }

  async #stage(stage: Stage, index: number): Promise<number> {
    const source = this.#between[index - 1]?.pipe
    const target = this.#between[index]?.pipe
    try {
      const intake = source === undefined ? undefined : intakeOf(stage.text, (name) => this.#host.isCommand(name))
      const code = await (source === undefined || intake?.kind === 'reads' || intake?.kind === 'nothing'
        ? this.#runWhole(stage, index)
        : this.#filter(stage, index, source, intake ?? { kind: 'end' }))
      return this.#breaks[index]?.signal.aborted === true ? BROKEN_PIPE : code
    } finally {
      source?.close()
      target?.end()
    }
  }

  /** A stage that runs once: it writes to its pipe as it prints. */
  async #runWhole(stage: Stage, index: number): Promise<number> {
    const { env } = this.#library
    const input = this.#between[index - 1]?.path
    const output = this.#between[index]?.path
    const { clocks } = this.#host
    const key = index === 0 && this.#host.isVirtual ? clocks.add(this.#writersTime()) : undefined
    const own: { [name: string]: string } = {}
    if (input !== undefined) own[FD.in] = input
    if (output !== undefined) own[FD.out] = output
    if (output !== undefined && stage.errorsToo) own[FD.err] = output
    if (key !== undefined) own[FD.clock] = key
    const stdin = index === 0 && env.get(FD.in) === CAPTURED.in ? decodeBytesToUtf8(this.#library.stdin) : ''
    try {
      const result = await this.#run(stage, index, own, stdin)
      this.#emit(index, result.stdout, result.stderr)
      return result.exitCode
    } finally {
      if (key !== undefined) clocks.remove(key)
    }
  }

  #writersTime(): TerminalTime {
    return yieldingTime(this.#host.timeOf(this.#library), () => this.#between.every(({ pipe }) => pipe.isIdle))
  }

  async #filter(stage: Stage, index: number, source: Pipe, intake: Intake): Promise<number> {
    const text = (stdin: string): Promise<Result> =>
      this.#run(stage, index, { [FD.in]: CAPTURED.in, [FD.out]: CAPTURED.out, [FD.err]: CAPTURED.err }, stdin)
    if (intake.kind === 'each') return this.#each(index, source, text, intake.endsOnSuccess === true)
    const isDone = intake.kind === 'again' ? intake.isDone : undefined
    let input = ''
    let result: Result | undefined
    let shown = { stdout: 0, stderr: 0 }
    const again = async (): Promise<Result> => {
      const latest = await text(input)
      this.#emit(index, latest.stdout.slice(shown.stdout), latest.stderr.slice(shown.stderr))
      shown = { stdout: latest.stdout.length, stderr: latest.stderr.length }
      return latest
    }
    for (;;) {
      const lines = await source.lines()
      if (this.#isStopped(index)) return INTERRUPTED
      if (lines === undefined) break
      input += lines
      if (isDone === undefined) continue
      result = await again()
      if (isDone(input, result.stdout)) return result.exitCode
    }
    return (result ?? (await again())).exitCode
  }

  async #each(
    index: number,
    source: Pipe,
    text: (stdin: string) => Promise<Result>,
    endsOnSuccess: boolean,
  ): Promise<number> {
    let code: number | undefined
    for (;;) {
      const lines = await source.lines()
      if (this.#isStopped(index)) return INTERRUPTED
      if (lines === undefined && code !== undefined) return code
      const result = await text(lines ?? '')
      this.#emit(index, result.stdout, result.stderr)
      code = Math.min(code ?? result.exitCode, result.exitCode)
      if (lines === undefined || (endsOnSuccess && code === 0)) return code
    }
  }

  /** Ctrl-C, or nobody reads what this stage prints. */
  #isStopped(index: number): boolean {
    return this.#breaks[index]?.signal.aborted === true
  }

  #run(stage: Stage, index: number, env: { readonly [name: string]: string }, stdin: string): Promise<Result> {
    const signals = [this.#library.signal, this.#breaks[index]?.signal].filter((signal) => signal !== undefined)
    return this.#host.runText(stage.text, this.#library, {
      env: { ...env, [FD.subshell]: '1' },
      stdin,
      signal: AbortSignal.any(signals),
    })
  }

  #emit(index: number, stdout: string, stderr: string): void {
    const next = this.#between[index]?.pipe
    if (next === undefined) this.#streams.out(stdout)
    else next.write(stdout)
    if (stderr === '') return
    if (next !== undefined && this.#stages[index]?.errorsToo === true) next.write(stderr)
    else this.#streams.err(stderr)
  }
}
