import { setTimeout as delay } from 'node:timers/promises'
import type { Command } from 'just-bash'
import type { TerminalTime } from '../types.ts'

interface Job {
  readonly number: number
  readonly pid: number
  readonly text: string
  readonly controller: AbortController
  readonly finished: Promise<number>
  state: 'Running' | 'Done' | 'Terminated' | `Exit ${number}`
}

type Result = Awaited<ReturnType<Command['execute']>>

const FIRST_PID = 2001
const STATE_WIDTH = 24
const POLL_MS = 2
/** Virtual time that passes at a time while the shell waits for a job. */
const PASSING_MS = 500
/** Jobs that one shell runs at once. */
const MAX_JOBS = 16
/** Jobs that one line may start in all, those that its jobs start included: where a fork bomb ends. */
const MAX_STARTED_PER_LINE = 500

/** What `&` started in one shell. */
export class Jobs {
  readonly #jobs: Job[] = []
  readonly #time: TerminalTime
  readonly #isVirtual: boolean
  #lastPid = FIRST_PID - 1
  #startedByLine = 0

  /** `isVirtual`: time passes only when somebody lets it, so whoever waits for a job must. */
  constructor(time: TerminalTime, isVirtual: boolean) {
    this.#time = time
    this.#isVirtual = isVirtual
  }

  /** A new command line: the jobs it starts are counted from nothing. */
  beginLine(): void {
    this.#startedByLine = 0
  }

  /** Starts a job; `run` gets the signal that `kill` fires. A text says why it does not start. */
  start(
    text: string,
    run: (signal: AbortSignal) => Promise<number>,
  ): { readonly number: number; readonly pid: number } | string {
    if (this.#startedByLine >= MAX_STARTED_PER_LINE) return 'fork: Resource temporarily unavailable'
    if (this.#running().length >= MAX_JOBS) return `no more than ${MAX_JOBS} jobs at once`
    this.#startedByLine += 1
    const controller = new AbortController()
    const number = (this.#jobs.at(-1)?.number ?? 0) + 1
    const pid = ++this.#lastPid
    // What breaks off a job (its limits, the end of its terminal) is that job's end, never the server's.
    const finished = run(controller.signal)
      .catch(() => 1)
      .then((code) => {
        job.state = controller.signal.aborted ? 'Terminated' : code === 0 ? 'Done' : `Exit ${code}`
        return code
      })
    const job: Job = { number, pid, text, controller, finished, state: 'Running' }
    this.#jobs.push(job)
    return { number, pid }
  }

  stopAll(): void {
    for (const { controller } of this.#jobs) controller.abort()
  }

  /** Lines about jobs that ended since the last call: shown above the next prompt. */
  news(): string {
    const ended = this.#jobs.filter(({ state }) => state !== 'Running')
    const text = ended.map((job) => this.#describe(job)).join('')
    for (const job of ended) this.#jobs.splice(this.#jobs.indexOf(job), 1)
    return text
  }

  list(): Result {
    const text = this.#jobs.map((job) => this.#describe(job)).join('')
    this.news()
    return { stdout: text, stderr: '', exitCode: 0 }
  }

  kill(args: readonly string[], process?: (pid: number, signal: string) => boolean): Result {
    if (args[0] === '-l') return { stdout: SIGNALS, stderr: '', exitCode: 0 }
    const targets = args.filter(
      (word, index) => !/^-/.test(word) && args[index - 1] !== '-s' && args[index - 1] !== '-n',
    )
    if (targets.length === 0)
      return failure('kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]', 2)
    const problems = targets.flatMap((target) => {
      const job = this.#find(target)
      job?.controller.abort()
      if (job !== undefined || process?.(Number(target), signalOf(args)) === true) return []
      if (target.startsWith('%')) return [`bash: kill: ${target}: no such job\n`]
      return [
        /^\d+$/.test(target)
          ? `bash: kill: (${target}) - No such process\n`
          : `bash: kill: ${target}: arguments must be process or job IDs\n`,
      ]
    })
    return { stdout: '', stderr: problems.join(''), exitCode: problems.length === 0 ? 0 : 1 }
  }

  /** `wait`, `wait PID`: until the jobs end, or Ctrl-C. */
  async wait(args: readonly string[], signal: AbortSignal | undefined): Promise<Result> {
    const jobs = args.length === 0 ? this.#running() : args.map((target) => this.#find(target))
    let code = 0
    for (const [index, job] of jobs.entries()) {
      if (job === undefined) return failure(`bash: wait: pid ${args[index]} is not a child of this shell`, 127)
      code = await this.#finish(job, signal)
    }
    this.news()
    return { stdout: '', stderr: '', exitCode: args.length === 0 ? 0 : code }
  }

  async foreground(
    [target]: readonly string[],
    signal: AbortSignal | undefined,
    out: (text: string) => void,
  ): Promise<Result> {
    const job = target === undefined ? this.#running().at(-1) : this.#find(target)
    if (job === undefined) return failure(`bash: fg: ${target ?? 'current'}: no such job`, 1)
    out(`${job.text}\n`)
    const stop = (): void => job.controller.abort()
    signal?.addEventListener('abort', stop, { once: true })
    const code = await this.#finish(job, signal)
    signal?.removeEventListener('abort', stop)
    this.news()
    return { stdout: '', stderr: '', exitCode: code }
  }

  async #finish(job: Job, signal: AbortSignal | undefined): Promise<number> {
    const never = new AbortController().signal
    while (this.#isVirtual && job.state === 'Running') {
      if (signal?.aborted === true) return 130
      await this.#time.sleep(PASSING_MS, signal ?? never)
      await delay(2 * POLL_MS)
    }
    return orAborted(job.finished, signal)
  }

  #running(): Job[] {
    return this.#jobs.filter(({ state }) => state === 'Running')
  }

  #find(target: string): Job | undefined {
    if (target === '%%' || target === '%+' || target === '%') return this.#running().at(-1)
    const number = /^%(\d+)$/.exec(target)?.[1]
    if (number !== undefined) return this.#jobs.find((job) => job.number === Number(number))
    return this.#jobs.find(({ pid }) => pid === Number(target))
  }

  #describe({ number, text, state }: Job): string {
    const last = this.#jobs.at(-1)?.number
    const mark = number === last ? '+' : number === this.#jobs.at(-2)?.number ? '-' : ' '
    return `[${number}]${mark}  ${state.padEnd(STATE_WIDTH)}${text}${state === 'Running' ? ' &' : ''}\n`
  }
}

/** Time of a job where time is virtual: it follows what the foreground lets pass, and moves nothing itself. */
export function followingTime(time: TerminalTime): TerminalTime {
  return {
    now: () => time.now(),
    async sleep(ms, signal) {
      const until = time.now() + ms
      while (time.now() < until) {
        signal.throwIfAborted()
        await delay(POLL_MS, undefined, { ref: false })
      }
    },
  }
}

function failure(text: string, exitCode: number): Result {
  return { stdout: '', stderr: `${text}\n`, exitCode }
}

function orAborted(promise: Promise<number>, signal: AbortSignal | undefined): Promise<number> {
  if (signal === undefined) return promise
  return new Promise((resolve) => {
    const stop = (): void => resolve(130)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    void promise.then(resolve).finally(() => signal.removeEventListener('abort', stop))
  })
}

const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['1', 'HUP'],
  ['2', 'INT'],
  ['3', 'QUIT'],
  ['9', 'KILL'],
  ['15', 'TERM'],
])

function signalOf(args: readonly string[]): string {
  const flag = args.findIndex((word) => word.startsWith('-'))
  const text = args[flag] === '-s' || args[flag] === '-n' ? args[flag + 1] : args[flag]?.slice(1)
  const name = (text ?? 'TERM').toUpperCase().replace(/^SIG/, '')
  return NUMBERS.get(name) ?? name
}

const SIGNALS = ' 1) SIGHUP\t 2) SIGINT\t 3) SIGQUIT\t 9) SIGKILL\t15) SIGTERM\n'
