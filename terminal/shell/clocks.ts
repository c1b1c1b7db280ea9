import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises'
import type { TerminalTime } from '../types.ts'

/** Clocks other than the session's: a command's environment carries the key of the one that it lives by. */
export class Clocks {
  readonly #clocks = new Map<string, TerminalTime>()
  #last = 0

  /** The key is valid until `remove`. */
  add(time: TerminalTime): string {
    this.#last += 1
    const key = String(this.#last)
    this.#clocks.set(key, time)
    return key
  }

  remove(key: string): void {
    this.#clocks.delete(key)
  }

  of(key: string | undefined): TerminalTime | undefined {
    return key === undefined ? undefined : this.#clocks.get(key)
  }
}

/** Time that ends: who sleeps beyond `until` is woken then, after `expire` was called. */
export function limitedTime(time: TerminalTime, until: number, expire: () => void): TerminalTime {
  return {
    now: () => time.now(),
    async sleep(ms, signal) {
      const left = until - time.now()
      if (ms < left) return time.sleep(ms, signal)
      if (left > 0) await time.sleep(left, signal)
      expire()
      signal.throwIfAborted()
      await time.sleep(ms - Math.max(0, left), signal)
    },
  }
}

const TURNS_BEFORE_WAITING = 20
const POLL_MS = 2

/** Virtual time of a pipe's writer: it does not pass while a reader has something to do, whose own time would pass twice. */
export function yieldingTime(time: TerminalTime, isIdle: () => boolean): TerminalTime {
  return {
    now: () => time.now(),
    async sleep(ms, signal) {
      for (let turns = 0; !isIdle() && !signal.aborted; turns += 1)
        await (turns < TURNS_BEFORE_WAITING ? turn() : delay(POLL_MS))
      return time.sleep(ms, signal)
    },
  }
}
