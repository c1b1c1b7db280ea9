import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Characters that the expressions of one command may look at: some hundred milliseconds of work. */
const STEPS = 8_000_000
/** After this many the clock is looked at, for expressions with hundreds of states. */
const CHECK_EVERY = 1_024
const TURN_MS = 500
export const TOO_MUCH_SEARCHING = 'stopped: the expression needs more work than one command may use'

/**
 * The shell library runs learners' expressions in RE2, so that one search takes time in proportion to its text. What
 * starts over behind each match does not: `s/a.*b|a//g` reads to the end of the line at each of its letters. The library
 * has no limit for that, and one thread serves everybody, so every character that an expression looks at is counted.
 */
class StepMeter {
  #left = STEPS
  #before = 0
  #turn: { readonly began: number; readonly cpu: NodeJS.CpuUsage } | undefined
  #stopped = false

  /** A new command begins. */
  refill(): void {
    this.#before += STEPS - this.#left
    this.#left = STEPS
    this.#turn = undefined
  }

  /** Steps of all commands so far. */
  get total(): number {
    return this.#before + STEPS - this.#left
  }

  /** Whether an expression was stopped since this was last asked: programs take the error for "no match". */
  takeStopped(): boolean {
    const stopped = this.#stopped
    this.#stopped = false
    return stopped
  }

  step(): void {
    this.#left--
    if (this.#left > 0 && this.#left % CHECK_EVERY !== 0) return
    if (this.#left > 0 && !this.#tookLong()) return
    this.#before -= this.#left
    this.#left = 0
    this.#stopped = true
    throw new Error(TOO_MUCH_SEARCHING)
  }

  /** Only what keeps others waiting counts: once they had a turn, whoever searches next begins anew. */
  #tookLong(): boolean {
    const now = performance.now()
    if (this.#turn === undefined) {
      const turn = { began: now, cpu: process.cpuUsage() }
      this.#turn = turn
      setImmediate(() => {
        if (this.#turn === turn) this.refill()
      })
      return false
    }
    if (now - this.#turn.began <= TURN_MS) return false
    // A busy machine may have let the whole process wait: that is nobody's expression.
    const { user, system } = process.cpuUsage(this.#turn.cpu)
    return (user + system) / 1_000 > TURN_MS
  }
}

export const regexSteps = new StepMeter()

/** What RE2 reads of a text, counted. */
class CountedText {
  readonly #text: string
  readonly length: number

  constructor(text: string) {
    this.#text = text
    this.length = text.length
  }

  codePointAt(index: number): number | undefined {
    regexSteps.step()
    return this.#text.codePointAt(index)
  }

  indexOf(part: string, from: number): number {
    return this.#text.indexOf(part, from)
  }

  substring(start: number, end: number): string {
    return this.#text.substring(start, end)
  }

  toString(): string {
    return this.#text
  }
}

interface Engine {
  matcher(text: unknown): unknown
}

/** The prototype of the library's own copy of RE2, which it does not export: reached through an expression. */
async function libraryEngine(): Promise<Engine> {
  const folder = join(dirname(createRequire(join(process.cwd(), 'package.json')).resolve('just-bash')), 'chunks')
  const isEngine = (name: string) =>
    name.startsWith('chunk-') && readFileSync(join(folder, name), 'utf8').includes('RE2 guarantees linear-time')
  for (const name of readdirSync(folder).filter(isEngine)) {
    const chunk: Record<string, unknown> = await import(
      /* turbopackIgnore: true */ pathToFileURL(join(folder, name)).href
    )
    for (const make of Object.values(chunk)) {
      const engine = engineBehind(make)
      if (engine) return engine
    }
  }
  throw new Error(
    'the shell library has another engine for expressions: terminal/shell/regex-steps.ts cannot count its steps',
  )
}

function engineBehind(make: unknown): Engine | undefined {
  if (typeof make !== 'function' || make.toString().startsWith('class')) return undefined
  const expression: unknown = make('a')
  if (typeof expression !== 'object' || expression === null || !('_re2' in expression)) return undefined
  return Object.getPrototypeOf(expression._re2) as Engine
}

const engine = await libraryEngine()
const uncounted = engine.matcher
engine.matcher = function matcher(this: Engine, text: unknown) {
  return uncounted.call(this, typeof text === 'string' ? new CountedText(text) : text)
}
