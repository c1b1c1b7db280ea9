import { expect, it } from 'vitest'
import type { Deployment, V2HorizontalPodAutoscaler } from '../generated/types.ts'
import { type TestCluster, testCluster } from '../testing/test-cluster.ts'

const deployments = '/apis/apps/v1/namespaces/default/deployments'
const autoscalers = '/apis/autoscaling/v2/namespaces/default/horizontalpodautoscalers'

function deploy({ create }: TestCluster, replicas: number): void {
  const labels = { app: 'web' }
  create(deployments, {
    metadata: { name: 'web' },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image: 'nginx' }] } },
    },
  })
}

function autoscale({ create }: TestCluster, spec: object, kind = 'Deployment'): void {
  const scaleTargetRef = { apiVersion: 'apps/v1', kind, name: 'web' }
  create(autoscalers, { metadata: { name: 'web' }, spec: { scaleTargetRef, ...spec } })
}

const scaled = ({ get }: TestCluster) => get<Deployment>(`${deployments}/web`).spec?.replicas
const read = ({ get }: TestCluster) => get<V2HorizontalPodAutoscaler>(`${autoscalers}/web`)
const reasons = (test: TestCluster) =>
  read(test).status?.conditions?.map(({ type, status, reason }) => `${type}=${status} ${reason}`)

it('raises a target below the minimum, then says that nothing can be measured, and rests', () => {
  const test = testCluster()
  deploy(test, 1)
  autoscale(test, { minReplicas: 3, maxReplicas: 5 })
  test.settle(120)
  expect(scaled(test)).toBe(3)
  expect(test.pods()).toHaveLength(3)
  expect(read(test).status).toMatchObject({ currentReplicas: 3, desiredReplicas: 3, currentMetrics: [{ type: '' }] })
  expect(reasons(test)).toEqual(['AbleToScale=True SucceededGetScale', 'ScalingActive=False FailedGetResourceMetric'])
  expect(test.events('web').filter((event) => /Rescale|Metric/.test(event))).toEqual([
    'SuccessfulRescale: New size: 3; reason: Current number of replicas below Spec.MinReplicas',
    expect.stringMatching(/^FailedGetResourceMetric: failed to get cpu utilization: unable to get metrics/),
    expect.stringMatching(/^FailedComputeMetricsReplicas: invalid metrics \(1 invalid out of 1\), first error is: /),
  ])
  expect(test.cluster.nextEventAt()).toBeUndefined()
})

it('lowers a target above the maximum whenever it is scaled', () => {
  const test = testCluster()
  deploy(test, 2)
  autoscale(test, { maxReplicas: 3 })
  test.settle(60)
  test.patch(`${deployments}/web`, { spec: { replicas: 6 } })
  test.settle(60)
  expect(scaled(test)).toBe(3)
  expect(test.events('web')).toContain(
    'SuccessfulRescale: New size: 3; reason: Current number of replicas above Spec.MaxReplicas',
  )
})

it('leaves a target at zero alone', () => {
  const test = testCluster()
  deploy(test, 0)
  autoscale(test, { minReplicas: 2, maxReplicas: 3 })
  test.settle(60)
  expect(scaled(test)).toBe(0)
  expect(reasons(test)).toEqual(['AbleToScale=True SucceededGetScale', 'ScalingActive=False ScalingDisabled'])
})

it.each([
  ['Deployment', 'deployments.apps "web" not found'],
  ['DaemonSet', 'the server could not find the requested resource'],
  ['Gadget', 'no matches for kind "Gadget" in group "apps"'],
])('says why it finds no %s to scale', (kind, why) => {
  const test = testCluster()
  autoscale(test, { maxReplicas: 3 }, kind)
  test.settle(60)
  expect(reasons(test)).toEqual(['AbleToScale=False FailedGetScale'])
  expect(test.events('web')).toEqual([`FailedGetScale: ${why}`])
  expect(test.cluster.nextEventAt()).toBeUndefined()
})
