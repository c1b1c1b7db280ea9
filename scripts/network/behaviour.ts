/** One thing that the network does, and the tests that fail without it, each as `file › title`. */
export interface Behaviour {
  readonly does: string
  readonly tests: readonly string[]
}

/** What belongs together on the page. */
export interface Topic {
  readonly title: string
  readonly behaviours: readonly Behaviour[]
}

export function behaviour(does: string, ...tests: readonly string[]): Behaviour {
  return { does, tests }
}
