import type { FrameStack } from './program.ts'

/** The stack of one process. `saved` comes from a snapshot: constructs pick their frames up again in the same order. */
export class JsonFrames implements FrameStack {
  readonly #live: object[] = []
  #saved: object[]

  constructor(saved: readonly object[] = []) {
    this.#saved = [...saved]
  }

  enter<T extends object>(initial: T): { readonly frame: T; readonly resumed: boolean } {
    const saved = this.#saved.shift()
    const frame = saved === undefined ? initial : Object.assign(initial, saved)
    this.#live.push(frame)
    return { frame, resumed: saved !== undefined }
  }

  leave(): void {
    this.#live.pop()
  }

  restart(): void {
    this.#saved = []
  }

  get resuming(): boolean {
    return this.#saved.length > 0
  }

  get depth(): number {
    return this.#live.length
  }

  unwind(depth: number): void {
    this.#live.length = depth
  }

  /** JSON of where the process stands. */
  save(): readonly object[] {
    return structuredCopy(this.#live)
  }
}

function structuredCopy(frames: readonly object[]): readonly object[] {
  const copy: unknown = JSON.parse(JSON.stringify(frames))
  return Array.isArray(copy) ? copy : []
}
