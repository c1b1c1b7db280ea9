/** What the newest older kubectl that was at hand came to, counted in steps; the test beside holds it to that. */
export const measured = {
  /** Minor version of the kubectl. */
  minor: 33,
  steps: 1374,
  /** Letter by letter as 1.36. */
  raw: 1302,
  /** The same without what clientDifferences set aside. */
  folded: 1368,
} as const
