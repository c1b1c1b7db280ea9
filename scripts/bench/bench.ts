/** What one measure gives. `limit` is the most that its issue allows, in the same unit. */
export interface BenchResult {
  readonly name: string
  readonly unit: 'ms' | 'KB' | 'µs' | 'a second' | '×'
  readonly median: number
  readonly p95?: number
  readonly limit?: number
  readonly runs: number
}

/** One measure: `run` does it once and may return its own figure; otherwise its wall time in ms counts. */
export interface Bench {
  readonly name: string
  readonly unit?: BenchResult['unit']
  readonly limit?: number
  readonly runs?: number
  readonly warmup?: number
  /** Not measured; its value is handed to `run`. */
  readonly prepare?: () => unknown
  readonly run: (prepared: never) => unknown
}
