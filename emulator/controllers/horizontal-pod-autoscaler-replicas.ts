/** How many replicas a resource metric asks for (upstream: pkg/controller/podautoscaler/replica_calculator.go). */
import { milliValue, parseQuantity } from '../api/quantity.ts'
import type { Container, Pod, V2MetricTarget } from '../generated/types.ts'
import { isDeleting, nameOf } from './metadata.ts'
import type { ContainerMetrics, PodMetricsSample } from './metrics.ts'
import { podCondition } from './pods.ts'

/** A ratio this close to one changes nothing (upstream: --horizontal-pod-autoscaler-tolerance). */
export interface Tolerances {
  readonly up: number
  readonly down: number
}

export interface Proposal {
  readonly replicas: number
  /** Percent of what the Pods asked for. */
  readonly utilization?: number
  /** Per Pod, in thousandths. */
  readonly averageMilli: number
  readonly name: string
}

export interface Measurement {
  readonly resource: string
  /** Only this container's part. */
  readonly container?: string
  readonly target: V2MetricTarget
  readonly pods: readonly Pod[]
  readonly samples: readonly PodMetricsSample[]
  readonly current: number
  readonly tolerances: Tolerances
  readonly now: number
}

/** CPU of a Pod that has just begun says nothing yet. */
const cpuInitializationMs = 300_000
const initialReadinessMs = 30_000
const windowMs = 15_000

/** A proposal, or why there is none. */
export function proposeReplicas(measurement: Measurement): Proposal | string {
  const { pods, samples, resource, container, target, current } = measurement
  const names = new Set(pods.map(nameOf))
  const found = samples.filter(({ name }) => names.has(name))
  if (found.length === 0)
    return `unable to get metrics for resource ${resource}: no metrics returned from resource metrics API`
  if (pods.length === 0) return 'no pods returned by selector while calculating replica count'
  const usage = new Map(found.map((sample) => [sample.name, usageOf(sample, resource, container)] as const))
  const groups = groupPods(measurement, found)
  for (const name of [...groups.ignored, ...groups.unready]) usage.delete(name)
  if (usage.size === 0) return 'did not receive metrics for targeted pods (pods might be unready)'
  const perUtilization = target.averageValue === undefined
  const wanted = perUtilization ? requestsOf(pods, resource, container) : undefined
  if (typeof wanted === 'string') return wanted
  const goal = goalOf(target, wanted)
  const averageMilli = Math.floor(sum(usage.values()) / usage.size)
  const asked = wanted && sum([...usage.keys()].map((name) => wanted.get(name) ?? 0))
  const utilization = asked ? Math.floor((sum(usage.values()) * 100) / asked) : undefined
  const replicas = settle(measurement, usage, groups, goal, wanted) ?? current
  return {
    replicas,
    averageMilli,
    ...(utilization !== undefined && { utilization }),
    name: `${resource} ${container === undefined ? '' : 'container '}resource${perUtilization ? ' utilization (percentage of request)' : ''}`,
  }
}

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0)

/** In thousandths: millicores, thousandths of a byte. */
function usageOf({ containers }: PodMetricsSample, resource: string, only: string | undefined): number {
  const of = ({ cpuMilli, memoryBytes }: ContainerMetrics) =>
    resource === 'cpu' ? cpuMilli : resource === 'memory' ? memoryBytes * 1000 : 0
  return Math.round(sum(containers.filter(({ name }) => only === undefined || name === only).map(of)))
}

interface Groups {
  readonly ready: number
  readonly unready: readonly string[]
  readonly missing: readonly string[]
  readonly ignored: readonly string[]
}

function groupPods({ pods, resource, now }: Measurement, samples: readonly PodMetricsSample[]): Groups {
  const unready: string[] = []
  const missing: string[] = []
  const ignored: string[] = []
  let ready = 0
  for (const pod of pods) {
    const name = nameOf(pod)
    const sample = samples.find((one) => one.name === name)
    if (isDeleting(pod) || pod.status?.phase === 'Failed') ignored.push(name)
    else if (pod.status?.phase === 'Pending') unready.push(name)
    else if (!sample) missing.push(name)
    else if (resource === 'cpu' && isFresh(pod, sample, now)) unready.push(name)
    else ready++
  }
  return { ready, unready, missing, ignored }
}

/** Its CPU tells of its start rather than of its work. */
function isFresh(pod: Pod, sample: PodMetricsSample, now: number): boolean {
  const condition = podCondition(pod, 'Ready')
  const started = Date.parse(pod.status?.startTime ?? '')
  if (!condition || Number.isNaN(started)) return true
  const changed = Date.parse(condition.lastTransitionTime ?? '') || 0
  if (started + cpuInitializationMs > now) return condition.status === 'False' || sample.at < changed + windowMs
  return condition.status === 'False' && started + initialReadinessMs > changed
}

/** What each Pod asks for of the resource, in thousandths; or which container asks for nothing. */
function requestsOf(
  pods: readonly Pod[],
  resource: string,
  only: string | undefined,
): ReadonlyMap<string, number> | string {
  const requests = new Map<string, number>()
  for (const pod of pods) {
    const sidecars = (pod.spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')
    let total = 0
    for (const container of [...(pod.spec?.containers ?? []), ...sidecars]) {
      if (only !== undefined && container.name !== only) continue
      const request = requestOf(container, resource)
      if (request === undefined)
        return `missing request for ${resource} in container ${container.name} of Pod ${nameOf(pod)}`
      total += request
    }
    requests.set(nameOf(pod), total)
  }
  return requests
}

function requestOf({ resources }: Container, resource: string): number | undefined {
  const quantity = parseQuantity(resources?.requests?.[resource] ?? '')
  return quantity && Number(milliValue(quantity))
}

/** What one Pod should use, or the share of its requests. */
type Goal = { readonly kind: 'share'; readonly percent: number } | { readonly kind: 'value'; readonly milli: number }

function goalOf(target: V2MetricTarget, wanted: ReadonlyMap<string, number> | undefined): Goal {
  if (wanted) return { kind: 'share', percent: target.averageUtilization ?? 80 }
  const quantity = parseQuantity(target.averageValue ?? '0')
  return { kind: 'value', milli: quantity ? Number(milliValue(quantity)) : 0 }
}

function ratioOf(
  usage: ReadonlyMap<string, number>,
  goal: Goal,
  wanted: ReadonlyMap<string, number> | undefined,
): number {
  const total = sum(usage.values())
  if (goal.kind === 'value') return goal.milli > 0 ? total / usage.size / goal.milli : 0
  const asked = sum([...usage.keys()].map((name) => wanted?.get(name) ?? 0))
  return asked > 0 ? Math.floor((total * 100) / asked) / goal.percent : 0
}

/** The new number; undefined to stay. Pods that say nothing are counted against the change. */
function settle(
  { current, tolerances }: Measurement,
  usage: Map<string, number>,
  { ready, unready, missing }: Groups,
  goal: Goal,
  wanted: ReadonlyMap<string, number> | undefined,
): number | undefined {
  const ratio = ratioOf(usage, goal, wanted)
  const within = (value: number) => 1 - tolerances.down <= value && value <= 1 + tolerances.up
  const growsWithUnready = unready.length > 0 && ratio > 1
  if (!growsWithUnready && missing.length === 0) return within(ratio) ? undefined : Math.ceil(ratio * ready)
  const full = (name: string) =>
    goal.kind === 'value' ? goal.milli : ((wanted?.get(name) ?? 0) * Math.max(100, goal.percent)) / 100
  for (const name of missing) usage.set(name, ratio < 1 ? full(name) : 0)
  if (growsWithUnready) for (const name of unready) usage.set(name, 0)
  const cautious = ratioOf(usage, goal, wanted)
  if (within(cautious) || (ratio < 1 && cautious > 1) || (ratio > 1 && cautious < 1)) return undefined
  const replicas = Math.ceil(cautious * usage.size)
  return (cautious < 1 && replicas > current) || (cautious > 1 && replicas < current) ? undefined : replicas
}
