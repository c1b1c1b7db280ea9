import { expect, it } from 'vitest'
import type { Pod } from '../generated/types.ts'
import { normalize, nothingRemembered, remember } from './horizontal-pod-autoscaler-limits.ts'
import { type Measurement, proposeReplicas } from './horizontal-pod-autoscaler-replicas.ts'

const now = Date.UTC(2026, 10, 21)
const old = new Date(now - 3_600_000).toISOString()

function pods(count: number, request?: string): readonly Pod[] {
  return Array.from({ length: count }, (_, index) => ({
    metadata: { name: `web-${index}` },
    spec: { containers: [{ name: 'main', ...(request && { resources: { requests: { cpu: request } } }) }] },
    status: {
      phase: 'Running',
      startTime: old,
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: old }],
    },
  }))
}

function ask(cpus: readonly number[], change: Partial<Measurement> = {}) {
  const count = change.pods?.length ?? cpus.length
  return proposeReplicas({
    resource: 'cpu',
    target: { type: 'Utilization', averageUtilization: 50 },
    pods: pods(count, '200m'),
    samples: cpus.map((cpuMilli, index) => ({
      name: `web-${index}`,
      labels: {},
      at: now,
      containers: [{ name: 'main', cpuMilli, memoryBytes: 10 * 1024 * 1024 }],
    })),
    current: count,
    tolerances: { up: 0.1, down: 0.1 },
    now,
    ...change,
  })
}

it('scales by the ratio of use to target', () => {
  expect(ask([500])).toEqual({
    replicas: 5,
    utilization: 250,
    averageMilli: 500,
    name: 'cpu resource utilization (percentage of request)',
  })
  expect(ask([20, 20, 20, 20])).toMatchObject({ replicas: 1, utilization: 10 })
})

it('stays where it is within a tenth of the target', () => {
  expect(ask([108, 108])).toMatchObject({ replicas: 2, utilization: 54 })
  expect(ask([112, 112])).toMatchObject({ replicas: 3, utilization: 56 })
})

it('measures against an average value too', () => {
  const target = { type: 'AverageValue', averageValue: '5Mi' }
  expect(ask([1, 1], { resource: 'memory', target })).toEqual({
    replicas: 4,
    averageMilli: 10 * 1024 * 1024 * 1000,
    name: 'memory resource',
  })
})

it('counts a Pod without a sample against the change', () => {
  expect(ask([400], { pods: pods(2, '200m') })).toMatchObject({ replicas: 4 })
  expect(ask([10], { pods: pods(2, '200m') })).toMatchObject({ replicas: 2 })
})

it('says what it lacks', () => {
  expect(ask([], { pods: pods(1, '200m') })).toBe(
    'unable to get metrics for resource cpu: no metrics returned from resource metrics API',
  )
  expect(ask([5], { pods: pods(1) })).toBe('missing request for cpu in container main of Pod web-0')
})

const spec = { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 1, maxReplicas: 10 }

it('doubles at most, goes to four at least, and keeps to its limits', () => {
  const to = (current: number, desired: number) => normalize(spec, current, desired, nothingRemembered, now)
  expect(to(1, 9)).toMatchObject({ replicas: 4, limited: { status: 'True', reason: 'ScaleUpLimit' } })
  expect(to(4, 30)).toMatchObject({ replicas: 8, limited: { reason: 'ScaleUpLimit' } })
  expect(to(8, 30)).toMatchObject({ replicas: 10, limited: { reason: 'TooManyReplicas' } })
  expect(to(8, 0)).toMatchObject({ replicas: 1, limited: { reason: 'TooFewReplicas' } })
  expect(to(3, 4)).toMatchObject({ replicas: 4, able: { reason: 'ReadyForNewScale' }, limited: { status: 'False' } })
})

it('goes down only as far as any recommendation of the last five minutes', () => {
  const memory = remember(remember(nothingRemembered, 'recommendations', 6, now - 200_000), 'recommendations', 2, now)
  expect(normalize(spec, 8, 2, memory, now)).toMatchObject({ replicas: 6, able: { reason: 'ScaleDownStabilized' } })
  expect(normalize(spec, 8, 2, memory, now + 101_000)).toMatchObject({
    replicas: 2,
    able: { reason: 'ReadyForNewScale' },
  })
})

it('follows rules of its own', () => {
  const policies = [{ type: 'Pods', value: 1, periodSeconds: 60 }]
  const behavior = {
    scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies },
    scaleDown: { stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies },
  }
  const ruled = { ...spec, behavior }
  expect(normalize(ruled, 3, 9, nothingRemembered, now)).toMatchObject({
    replicas: 4,
    limited: { reason: 'ScaleUpLimit' },
  })
  const moved = remember(nothingRemembered, 'ups', 1, now - 30_000)
  expect(normalize(ruled, 4, 9, moved, now)).toMatchObject({ replicas: 4 })
  expect(normalize(ruled, 4, 1, nothingRemembered, now)).toMatchObject({
    replicas: 3,
    limited: { reason: 'ScaleDownLimit' },
  })
  const off = { ...spec, behavior: { ...behavior, scaleDown: { selectPolicy: 'Disabled' } } }
  expect(normalize(off, 4, 1, nothingRemembered, now)).toMatchObject({ replicas: 4 })
})
