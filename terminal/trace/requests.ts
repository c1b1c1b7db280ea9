import type { Network, Trace } from '../../emulator/index.ts'

const KEPT = 64

/** The requests that the commands of one terminal send: not the kubelets' probes, nor what Pods send of themselves. */
export class SentRequests {
  readonly #network: Pick<Network, 'onTrace'>
  #kept: Trace[] = []

  constructor(network: Pick<Network, 'onTrace'>) {
    this.#network = network
  }

  /** Takes one step of a command, in which no time passes: every request in it is the command's. */
  during<T>(step: () => T): T {
    const stop = this.#network.onTrace((trace) => {
      this.#kept.push(trace)
      if (this.#kept.length > KEPT) this.#kept.shift()
    })
    try {
      return step()
    } finally {
      stop()
    }
  }

  /** The newest of them, oldest first. */
  get all(): readonly Trace[] {
    return this.#kept
  }

  forget(): void {
    this.#kept = []
  }
}
