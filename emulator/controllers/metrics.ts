/** What controllers ask of the resource metrics API; a metrics server gives it, if the cluster has one. */

export interface ContainerMetrics {
  readonly name: string
  readonly cpuMilli: number
  readonly memoryBytes: number
}

export interface PodMetricsSample {
  readonly name: string
  readonly labels: { readonly [key: string]: string }
  /** When it was measured, ms since the epoch. */
  readonly at: number
  readonly containers: readonly ContainerMetrics[]
}

export interface ResourceMetrics {
  /** `absent`: nobody has registered the API. `unavailable`: who has does not answer. */
  state(): 'absent' | 'unavailable' | 'serving'
  /** Samples of the namespace's Pods, of those that have run long enough. */
  pods(namespace: string): readonly PodMetricsSample[]
}
