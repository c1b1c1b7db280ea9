import type { Network, Place, Trace } from '../../emulator/index.ts'

const KEPT = 64

/**
 * The requests that the commands of one terminal send: not the kubelets' probes, nor what Pods send of themselves, save
 * for a Pod that a command runs in order to see what it prints.
 */
export class SentRequests {
  readonly #network: Pick<Network, 'onTrace'>
  #kept: Trace[] = []
  #stepping = false

  readonly #followed: ((trace: Trace) => void) | undefined

  constructor(network: Pick<Network, 'onTrace'>, followed?: (trace: Trace) => void) {
    this.#network = network
    this.#followed = followed
  }

  /** Takes one step of a command, in which no time passes: every request in it is the command's. */
  during<T>(step: () => T): T {
    const stop = this.#network.onTrace((trace) => this.#keep(trace))
    this.#stepping = true
    try {
      return step()
    } finally {
      this.#stepping = false
      stop()
    }
  }

  /** Takes what a Pod sends to be this terminal's doing, until the function returned is called. */
  follow(pod: Place): () => void {
    return this.#network.onTrace((trace) => {
      if (this.#stepping || !isSame(trace.from, pod)) return
      this.#keep(trace)
      this.#followed?.(trace)
    })
  }

  #keep(trace: Trace): void {
    this.#kept.push(trace)
    if (this.#kept.length > KEPT) this.#kept.shift()
  }

  /** The newest of them, oldest first. */
  get all(): readonly Trace[] {
    return this.#kept
  }

  forget(): void {
    this.#kept = []
  }
}

function isSame(a: Place, b: Place): boolean {
  if (a.kind !== b.kind || a.name !== b.name) return false
  return a.kind === 'machine' || (b.kind === 'pod' && a.namespace === b.namespace)
}
