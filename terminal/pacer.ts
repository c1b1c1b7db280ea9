import { setTimeout as delay, setImmediate as nextTurn } from 'node:timers/promises'

/** Longest stretch of work without letting others on this server have a turn. */
const TURN_MS = 8
/** Bytes a terminal may print a second before it is made to wait. */
const BYTES_PER_SECOND = 1024 * 1024
/** Bytes one command line may print in all. */
export const BYTES_PER_LINE = 8 * 1024 * 1024

/** Keeps one terminal from holding up the server, and from flooding the browser. */
export class Pacer {
  readonly #slowsDown: boolean
  #lastTurn = performance.now()
  #windowStart = performance.now()
  #inWindow = 0
  #inLine = 0

  /** `slowsDown`: whether printing faster than a browser takes it is made to wait. */
  constructor(slowsDown: boolean) {
    this.#slowsDown = slowsDown
  }

  /** A new command line: its output is counted from nothing. */
  begin(): void {
    this.#inLine = 0
  }

  /** Counts output; false once the line has printed all that it may. */
  count(bytes: number): boolean {
    this.#inLine += bytes
    this.#inWindow += bytes
    return this.#inLine <= BYTES_PER_LINE
  }

  /** Gives way to other work where it is due. */
  async pace(): Promise<void> {
    const now = performance.now()
    if (now - this.#windowStart >= 1_000) {
      this.#windowStart = now
      this.#inWindow = 0
    }
    if (this.#slowsDown && this.#inWindow > BYTES_PER_SECOND) await delay(1_000 - (now - this.#windowStart))
    else if (now - this.#lastTurn > TURN_MS) await nextTurn()
    else return
    this.#lastTurn = performance.now()
  }
}
