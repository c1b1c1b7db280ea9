import { expect, it } from 'vitest'
import type { PodDisruptionBudget } from '../generated/types.ts'
import { deploymentManifest, paths, podManifest, testCluster } from '../testing/test-cluster.ts'

const budgets = '/apis/policy/v1/namespaces/default/poddisruptionbudgets'

function withBudget(spec: object, replicas = 3) {
  const cluster = testCluster()
  cluster.create(paths.deployments, deploymentManifest('web', replicas))
  cluster.create(budgets, { metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } }, ...spec } })
  cluster.settle()
  const status = () => cluster.get<PodDisruptionBudget>(`${budgets}/web`).status
  const evict = (index = 0, policy: object = {}) => {
    const name = cluster.pods('app=web')[index]?.metadata?.name ?? ''
    const body = JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name }, ...policy })
    return cluster.cluster.request({
      method: 'POST',
      path: `${paths.pods}/${name}/eviction`,
      headers: { 'content-type': 'application/json' },
      body,
    })
  }
  return { ...cluster, status, evict }
}

it.each([
  [{ minAvailable: 2 }, 3, { desiredHealthy: 2, disruptionsAllowed: 1 }],
  [{ minAvailable: '50%' }, 3, { desiredHealthy: 2, disruptionsAllowed: 1 }],
  [{ maxUnavailable: 2 }, 3, { desiredHealthy: 1, disruptionsAllowed: 2 }],
  [{ maxUnavailable: '34%' }, 3, { desiredHealthy: 1, disruptionsAllowed: 2 }],
  [{ maxUnavailable: 5 }, 3, { desiredHealthy: 0, disruptionsAllowed: 3 }],
  [{ minAvailable: 4 }, 3, { desiredHealthy: 4, disruptionsAllowed: 0 }],
])('%j of %i Pods spares %j', (spec, replicas, expected) => {
  const { status } = withBudget(spec, replicas)
  expect(status()).toMatchObject({
    ...expected,
    expectedPods: replicas,
    currentHealthy: replicas,
    observedGeneration: 1,
  })
  expect(status()?.conditions?.[0]).toMatchObject(
    expected.disruptionsAllowed > 0
      ? { type: 'DisruptionAllowed', status: 'True', reason: 'SufficientPods' }
      : { type: 'DisruptionAllowed', status: 'False', reason: 'InsufficientPods' },
  )
})

it('lets one go and refuses the next until the first is replaced', () => {
  const { evict, settle, pods, status } = withBudget({ minAvailable: 2 })
  expect(evict(0).status).toBe(201)
  expect(status()?.disruptionsAllowed).toBe(0)
  const refused = evict(1)
  expect(refused.status).toBe(429)
  expect(refused.body).toMatchObject({
    reason: 'TooManyRequests',
    message: "Cannot evict pod as it would violate the pod's disruption budget.",
    details: {
      causes: [
        { reason: 'DisruptionBudget', message: 'The disruption budget web needs 2 healthy pods and has 3 currently' },
      ],
    },
  })
  settle()
  expect(pods('app=web')).toHaveLength(3)
  expect(evict(0).status).toBe(201)
})

it('costs nothing to evict a Pod that is not ready, while the others are healthy', () => {
  const { create, evict, settle, pods } = withBudget({ minAvailable: 1 }, 1)
  create(
    paths.pods,
    podManifest(
      'broken',
      {
        readinessProbe: undefined,
        containers: [{ name: 'c', image: 'nginx', readinessProbe: { exec: { command: ['false'] } } }],
      },
      { app: 'web' },
    ),
  )
  settle()
  const index = pods('app=web').findIndex(({ metadata }) => metadata?.name === 'broken')
  expect(evict(1 - index).status).toBe(429)
  expect(evict(index).status).toBe(201)
})

it('takes nothing on a dry run, and refuses where two budgets meet', () => {
  const { create, evict, settle, status } = withBudget({ minAvailable: 2 })
  expect(evict(0, { deleteOptions: { dryRun: ['All'] } }).status).toBe(201)
  expect(status()?.disruptionsAllowed).toBe(1)
  create(budgets, { metadata: { name: 'all' }, spec: { selector: {}, maxUnavailable: 1 } })
  settle()
  expect(evict(0)).toMatchObject({
    status: 500,
    body: {
      message: 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
    },
  })
})

it('warns of Pods that no controller answers for', () => {
  const { create, events, settle, status } = withBudget({ maxUnavailable: 1 }, 0)
  create(paths.pods, podManifest('alone', {}, { app: 'web' }))
  settle()
  expect(status()).toMatchObject({ expectedPods: 0, disruptionsAllowed: 0 })
  expect(
    events('web').some((text) =>
      text.startsWith(
        'UnmanagedPods: Pods selected by this PodDisruptionBudget (selector: app=web) were found to be unmanaged.',
      ),
    ),
  ).toBe(true)
})
