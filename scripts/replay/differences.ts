/** Steps in which a replay still differs from the recording of a real cluster, each with its reason. */
export interface Difference {
  readonly case: string
  /** Counted from 1. */
  readonly step: number
  /** In the emulated terminal, with a real kubectl of another version, or in both. */
  readonly where: readonly ('terminal' | 'kubectl')[]
  /** Chance decides whether the step differs. */
  readonly sometimes?: true
  readonly reason: string
}

const BOTH = ['terminal', 'kubectl'] as const
const FIRST_THREE = 'Which three of four endpoints are shown depends on the addresses that the Pods happen to get.'

export const differences: readonly Difference[] = [
  {
    case: 'deploy-autoscale',
    step: 4,
    where: ['kubectl'],
    reason: 'The client’s version: without a target, 1.36 asks for autoscaling/v2 alone and words its refusal anew.',
  },
  { case: 'ep-follow-scale', step: 5, where: BOTH, sometimes: true, reason: FIRST_THREE },
  { case: 'ep-follow-scale', step: 7, where: BOTH, sometimes: true, reason: FIRST_THREE },
  {
    case: 'gateway-tls-listener-and-route',
    step: 5,
    where: BOTH,
    reason: 'The descriptions in the schemas of the Gateway API are our own words.',
  },
  {
    case: 'nodes-cordon-drain',
    step: 5,
    where: BOTH,
    sometimes: true,
    reason: 'On which of equally good nodes the Pods of CoreDNS stand is the scheduler’s choice.',
  },
  {
    case: 'yaml-json-keys',
    step: 3,
    where: ['terminal'],
    reason: 'The shell library’s jq deletes one path at a time: `del(.a,.b)` deletes nothing.',
  },
  {
    case: 'run-temporary-pod-with-wget',
    step: 6,
    where: ['kubectl'],
    sometimes: true,
    reason: 'The client’s version: 1.36 prints what was logged before it attaches, where both streams are one.',
  },
]
