import type { Command } from 'just-bash'
import type { ShellOutput } from './output.ts'
import { regexSteps, TOO_MUCH_SEARCHING } from './regex-steps.ts'

/** Programs of the library that run in one go, however long their loops and expressions take. */
const METERED = ['awk', 'sed', 'grep', 'egrep', 'fgrep', 'rg', 'jq', 'expr', 'find'] as const
/** Milliseconds that they may keep everybody else waiting. */
const TURN_MS = 250
/** Milliseconds that all of them may take in one line, and the part of a millisecond that comes back with each. */
const LINE_MS = 1_000
const REFILL = 0.1
const STOPPED_CODE = 124
export const TOO_MUCH_TEXT_WORK = 'stopped: the program needs more time than one line may use'

/**
 * Ends awk and sed programs that run too long. The library reports each expression and command of theirs as a "feature"
 * to whoever asks; an error thrown from there ends the program at that point.
 */
export class TextBudget {
  #turnBegan: number | undefined
  #cpuBefore: NodeJS.CpuUsage | undefined
  #last = 0
  #used = 0
  #stopped = false

  /** A new command line has its whole budget. */
  beginLine(): void {
    this.#used = 0
  }

  /** The library's call for each expression of awk, each command of sed, and much else. */
  hit(feature: string): void {
    if (feature.startsWith('bash:cmd:')) regexSteps.refill()
    if (!feature.startsWith('awk:') && !feature.startsWith('sed:')) return
    const now = performance.now()
    if (this.#turnBegan === undefined) this.#beginTurn(now)
    else this.#used += Math.min(now - this.#last, TURN_MS)
    this.#last = now
    if (this.#used <= LINE_MS && !this.#tookLong(now)) return
    this.#stopped = true
    throw new Error(TOO_MUCH_TEXT_WORK)
  }

  /** The metered ones among the library's commands: each gives others a turn before it starts. */
  commands(library: readonly string[], output: ShellOutput): Command[] {
    return METERED.filter((name) => library.includes(name)).map((name) => ({
      name,
      execute: async (args, { origCommand }) => {
        if (origCommand === undefined) throw new Error(`the shell library has no ${name}`)
        await output.pace()
        this.#beginProgram()
        regexSteps.takeStopped()
        const result = await origCommand(args).catch((error: unknown) => {
          if (!this.#stopped && !(error instanceof Error && error.message === TOO_MUCH_SEARCHING)) throw error
          return { stdout: '', stderr: '', exitCode: STOPPED_CODE }
        })
        const sentence = regexSteps.takeStopped() ? TOO_MUCH_SEARCHING : this.#stopped ? TOO_MUCH_TEXT_WORK : undefined
        this.#stopped = false
        if (sentence === undefined) return result
        const stdout = sentence === TOO_MUCH_SEARCHING ? '' : result.stdout
        return { ...result, stdout, stderr: `${name}: ${sentence}\n`, exitCode: STOPPED_CODE }
      },
    }))
  }

  #beginProgram(): void {
    const now = performance.now()
    this.#used = Math.max(0, this.#used - (now - this.#last) * REFILL)
    this.#last = now
  }

  #tookLong(now: number): boolean {
    if (this.#turnBegan === undefined || now - this.#turnBegan <= TURN_MS) return false
    // A busy machine may have let the whole process wait: that is nobody's loop.
    const { user, system } = process.cpuUsage(this.#cpuBefore)
    return (user + system) / 1_000 > TURN_MS
  }

  #beginTurn(now: number): void {
    this.#turnBegan = now
    this.#cpuBefore = process.cpuUsage()
    setImmediate(() => {
      this.#turnBegan = undefined
    })
  }
}
