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
  /** Steps of one cluster that can be undone. */
  steps: 30,
  /** Characters that the steps of one cluster may take in the database; the newest is kept however large. */
  stepCharacters: 2_000_000,
  /** Days for which steps are kept in a workspace where nothing happens. */
  stepDays: 30,
  /** Named states of one workspace. */
  checkpoints: 10,
  /** Links to states of one learner that open something. */
  sharedStates: 20,
  /** Characters that one checkpoint or shared state may take in the database. */
  stateCharacters: 1_500_000,
  /** Days for which a link opens a copy. */
  sharedDays: 90,
  /** Clusters in memory, all learners together; the longest untouched ones are put away first. */
  clustersInMemory: 2000,
  /** How long a cluster that nobody watches stays in memory. */
  idleMs: 3 * 60_000,
} as const
