/** What one learner may use. Beyond each, a clear message; never a slower site for others. */
export const BUDGETS = {
  /** Workspaces that keep a cluster. */
  clustersPerLearner: 100,
  terminalsPerCluster: 8,
  /** Pages joined to one cluster at once. */
  pagesPerCluster: 8,
  /** Watches and log streams of a real kubectl on one cluster at once. */
  streamsPerCluster: 40,
  /** TCP connections that one port-forward carries at once. */
  forwardedAtOnce: 100,
  /** Objects of all kinds in one cluster; a new one has fewer than 200. */
  objects: 3000,
  /** Replicas that one object may ask for. */
  replicas: 300,
  /** Bytes of one API request's body; etcd's own limit is 1.5 MiB, the API server's 3 MiB. */
  requestBytes: 3 << 20,
  /** Characters one terminal may print within a second before its command is interrupted. */
  outputPerSecond: 4_000_000,
  /** Characters of output kept per terminal for pages that come back. */
  scrollback: 200_000,
  /** Clusters in memory, all learners together; the longest untouched ones are put away first. */
  clustersInMemory: 2000,
  /** How long a cluster that nobody watches stays in memory. */
  idleMs: 3 * 60_000,
} as const
