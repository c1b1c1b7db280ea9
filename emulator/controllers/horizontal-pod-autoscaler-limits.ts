/** How fast and how far an autoscaler may go (upstream: horizontal.go: normalizeDesiredReplicas and …WithBehaviors). */
import type { V2HorizontalPodAutoscalerSpec, V2HPAScalingRules } from '../generated/types.ts'

interface Dated {
  readonly at: number
  readonly replicas: number
}

/** What an autoscaler remembers between its looks: plain JSON. */
export interface AutoscalerMemory {
  readonly recommendations: readonly Dated[]
  /** Replicas added, and taken away, by each of its changes. */
  readonly ups: readonly Dated[]
  readonly downs: readonly Dated[]
}

export const nothingRemembered: AutoscalerMemory = { recommendations: [], ups: [], downs: [] }

export interface Normalized {
  readonly replicas: number
  readonly able: Condition
  readonly limited: Condition
}

interface Condition {
  readonly status: 'True' | 'False'
  readonly reason: string
  readonly message: string
}

const downscaleStabilizationMs = 300_000
/** No policy looks back longer than this (upstream: validation's MaxPeriodSeconds, MaxStabilizationWindowSeconds). */
const longestMs = 3_600_000

const yes = (reason: string, message: string): Condition => ({ status: 'True', reason, message })
const ready = yes('ReadyForNewScale', 'recommended size matches current size')
const lowered = yes(
  'ScaleDownStabilized',
  'recent recommendations were higher than current one, applying the highest recent recommendation',
)
const raised = yes(
  'ScaleUpStabilized',
  'recent recommendations were lower than current one, applying the lowest recent recommendation',
)
const tooFew = yes('TooFewReplicas', 'the desired replica count is less than the minimum replica count')
const tooMany = yes('TooManyReplicas', 'the desired replica count is more than the maximum replica count')
const tooFast = yes('ScaleUpLimit', 'the desired replica count is increasing faster than the maximum scale rate')
const tooFastDown = yes('ScaleDownLimit', 'the desired replica count is decreasing faster than the maximum scale rate')
const within: Condition = {
  status: 'False',
  reason: 'DesiredWithinRange',
  message: 'the desired count is within the acceptable range',
}

/** Adds what a look found, and forgets what no rule asks for any more. */
export function remember(memory: AutoscalerMemory, part: keyof AutoscalerMemory, replicas: number, now: number) {
  const young = ({ at }: Dated) => now - at <= longestMs
  return { ...memory, [part]: [...memory[part].filter(young), { at: now, replicas }] }
}

/** The number that may be set now; `desired` is what the metrics ask for, already among the recommendations. */
export function normalize(
  spec: V2HorizontalPodAutoscalerSpec,
  current: number,
  desired: number,
  memory: AutoscalerMemory,
  now: number,
): Normalized {
  const { scaleUp, scaleDown } = spec.behavior ?? {}
  const { replicas: stable, able } = stabilize(spec, current, desired, memory, now)
  const { replicas, limited } = spec.behavior
    ? byRules(spec, current, stable, memory, now, scaleUp, scaleDown)
    : byDefault(spec, current, stable)
  return { replicas, able, limited }
}

function stabilize(
  { behavior }: V2HorizontalPodAutoscalerSpec,
  current: number,
  desired: number,
  { recommendations }: AutoscalerMemory,
  now: number,
): { readonly replicas: number; readonly able: Condition } {
  const since = (ms: number) => recommendations.filter(({ at }) => at > now - ms).map(({ replicas }) => replicas)
  const downMs = (behavior?.scaleDown?.stabilizationWindowSeconds ?? downscaleStabilizationMs / 1000) * 1000
  const highest = Math.max(desired, ...since(downMs))
  if (!behavior) return highest === desired ? { replicas: desired, able: ready } : { replicas: highest, able: lowered }
  const lowest = Math.min(desired, ...since((behavior.scaleUp?.stabilizationWindowSeconds ?? 0) * 1000))
  const replicas = current < lowest ? lowest : current > highest ? highest : current
  if (desired > current) return { replicas, able: replicas === desired ? ready : raised }
  return { replicas, able: replicas === desired ? ready : lowered }
}

interface Limit {
  readonly replicas: number
  readonly limited: Condition
}

/** Without rules of its own an autoscaler doubles at most, or goes to four. */
function byDefault(
  { minReplicas = 1, maxReplicas }: V2HorizontalPodAutoscalerSpec,
  current: number,
  desired: number,
): Limit {
  if (desired < minReplicas) return { replicas: minReplicas, limited: tooFew }
  const fastest = Math.max(2 * current, 4)
  const most = Math.min(maxReplicas, fastest)
  if (desired > most) return { replicas: most, limited: maxReplicas > fastest ? tooFast : tooMany }
  return { replicas: desired, limited: within }
}

function byRules(
  { minReplicas = 1, maxReplicas }: V2HorizontalPodAutoscalerSpec,
  current: number,
  desired: number,
  { ups, downs }: AutoscalerMemory,
  now: number,
  up: V2HPAScalingRules | undefined,
  down: V2HPAScalingRules | undefined,
): Limit {
  const changed = (events: readonly Dated[], seconds: number) =>
    events.filter(({ at }) => at > now - seconds * 1000).reduce((sum, { replicas }) => sum + replicas, 0)
  if (desired > current) {
    const reach = policyLimit(up, 'up', ({ type, value, periodSeconds }) => {
      const start = current - changed(ups, periodSeconds) + changed(downs, periodSeconds)
      return type === 'Pods' ? start + value : Math.ceil(start * (1 + value / 100))
    })
    const limit = Math.max(reach ?? current, current)
    const most = Math.min(maxReplicas, limit)
    return desired > most
      ? { replicas: most, limited: maxReplicas > limit ? tooFast : tooMany }
      : { replicas: desired, limited: within }
  }
  if (desired < current) {
    const reach = policyLimit(down, 'down', ({ type, value, periodSeconds }) => {
      const start = current - changed(ups, periodSeconds) + changed(downs, periodSeconds)
      return type === 'Pods' ? start - value : Math.floor(start * (1 - value / 100))
    })
    const limit = Math.min(reach ?? current, current)
    const least = Math.max(minReplicas, limit)
    return desired < least
      ? { replicas: least, limited: minReplicas < limit ? tooFastDown : tooFew }
      : { replicas: desired, limited: within }
  }
  return { replicas: desired, limited: within }
}

type Policy = NonNullable<V2HPAScalingRules['policies']>[number]

/** How far the rules reach; undefined if they are switched off. */
function policyLimit(
  rules: V2HPAScalingRules | undefined,
  direction: 'up' | 'down',
  reach: (policy: Policy) => number,
): number | undefined {
  if (rules?.selectPolicy === 'Disabled') return undefined
  const reaches = (rules?.policies ?? []).map(reach)
  if (reaches.length === 0) return undefined
  // The policy that changes most reaches highest on the way up, and lowest on the way down.
  const highest = (rules?.selectPolicy === 'Min') === (direction === 'down')
  return highest ? Math.max(...reaches) : Math.min(...reaches)
}
