import { expect, it } from 'vitest'
import type { Pod, PodDisruptionBudget } from '../generated/types.ts'
import { paths, testCluster } from '../testing/test-cluster.ts'
import { type Placement, placementOf } from './placement.ts'
import { planPreemption } from './preemption.ts'
import { refusals } from './scheduling.ts'

const pod = (name: string, priority: number, cpu: string, labels: { [key: string]: string } = {}): Pod => ({
  metadata: { name, namespace: 'default', labels },
  spec: { priority, containers: [{ name: 'c', resources: { requests: { cpu } } }] },
})
const place = (name: string, pods: readonly Pod[]): Placement =>
  placementOf({ metadata: { name }, status: { allocatable: { cpu: '2', pods: '110' } } }, pods)
const plan = (places: readonly Placement[], budgets: readonly PodDisruptionBudget[] = []) => {
  const vip = pod('vip', 100, '1')
  const found = planPreemption(vip, places, places, budgets, (one, all) => refusals(vip, one, all).length === 0)
  return found && [found.node, ...found.victims.map(({ metadata }) => metadata?.name)]
}

it('takes no more Pods away than it must, the least important ones', () => {
  expect(plan([place('a', [pod('low', 1, '1'), pod('mid', 5, '1')])])).toEqual(['a', 'low'])
  expect(plan([place('a', [pod('mid', 5, '2')]), place('b', [pod('low', 1, '2')])])).toEqual(['b', 'low'])
  expect(plan([place('a', [pod('boss', 200, '2')])])).toBeUndefined()
})

it('spares what a disruption budget protects, if it can', () => {
  const budget = {
    metadata: { namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'db' } } },
    status: { disruptionsAllowed: 0, currentHealthy: 1, desiredHealthy: 1, expectedPods: 1 },
  }
  const places = [place('a', [pod('db', 1, '2', { app: 'db' })]), place('b', [pod('web', 9, '2')])]
  expect(plan(places, [budget])).toEqual(['b', 'web'])
  expect(plan(places)).toEqual(['a', 'db'])
})

it('makes room for a Pod of a higher class, and tells everybody', () => {
  const test = testCluster()
  const create = (name: string, extra: object, requests: object) =>
    test.create(paths.pods, {
      metadata: { name, labels: { app: name } },
      spec: {
        nodeSelector: { 'kubernetes.io/hostname': 'node01' },
        terminationGracePeriodSeconds: 1,
        containers: [{ name: 'c', image: 'nginx', resources: { requests } }],
        ...extra,
      },
    })
  test.create('/apis/scheduling.k8s.io/v1/priorityclasses', { metadata: { name: 'high' }, value: 1000 })
  create('small', {}, { cpu: '1500m' })
  test.settle()
  create('polite', { priorityClassName: 'high', preemptionPolicy: 'PreemptLowerPriority' }, { cpu: '3' })
  create('vip', { priorityClassName: 'high' }, { cpu: '1500m' })
  test.settle()
  const vip = test.get<Pod>(`${paths.pods}/vip`)
  expect(vip.spec?.nodeName).toBe('node01')
  expect(vip.status?.nominatedNodeName).toBeUndefined()
  expect(test.find(`${paths.pods}/small`)).toBeUndefined()
  expect(test.events('small')).toContain(`Preempted: Preempted by pod ${vip.metadata?.uid} on node node01`)
  expect(test.events('vip')[0]).toBe(
    "FailedScheduling: 0/3 nodes are available: 1 Insufficient cpu, 1 node(s) didn't match Pod's node affinity/selector, 1 node(s) had untolerated taint(s).",
  )
  expect(test.events('polite')[0]).toMatch(/preemption: 0\/3 nodes are available: 3 Preemption is not helpful/)
})

it('keeps a gated Pod waiting until its gates are gone', () => {
  const test = testCluster()
  test.create(paths.pods, {
    metadata: { name: 'gated' },
    spec: { schedulingGates: [{ name: 'example.com/wait' }], containers: [{ name: 'c', image: 'nginx' }] },
  })
  test.settle()
  expect(test.get<Pod>(`${paths.pods}/gated`).status?.conditions).toMatchObject([
    { type: 'PodScheduled', status: 'False', reason: 'SchedulingGated' },
  ])
  test.patch(`${paths.pods}/gated`, { spec: { schedulingGates: [] } })
  test.settle()
  expect(test.get<Pod>(`${paths.pods}/gated`).status?.phase).toBe('Running')
})
