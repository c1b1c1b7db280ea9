/** Virtual time and seeded randomness. Nothing in the emulator reads another clock or another source of chance. */
export interface Clock {
  /** Virtual time in ms since the epoch. */
  now(): number
}

/** Time-ordered queue of work: (time, sequence). One job a key: scheduling a key again moves it to the earlier time. */
export interface EventQueue {
  /** `background` work (back-off restarts, resyncs) does not keep a cluster from being at rest. */
  schedule(at: number, key: string, run: () => void, options?: { readonly background?: boolean }): void
  cancel(key: string): void
}

/** A named stream: `fork("pod-names")` never shifts another stream's values. Its state is one number, kept in snapshots. */
export interface Random {
  fork(name: string): Random
  /** Uniform in [0, 1). */
  next(): number
  /** Uniform integer in [0, n). */
  int(n: number): number
}
