import { describe, expect, test } from 'vitest'
import { type ApiRequest, createCluster } from '../../emulator/index.ts'
import { BUDGETS } from './budgets.ts'
import { withBudget } from './object-budget.ts'

const create = (kind: string, path: string, rest: object): ApiRequest => ({
  method: 'POST',
  path,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ kind, ...rest }),
})
const configMap = (name: string, data = {}) =>
  create('ConfigMap', '/api/v1/namespaces/default/configmaps', { apiVersion: 'v1', metadata: { name }, data })

describe("a learner's share of a cluster", () => {
  test('objects up to the budget, then a refusal that says so; deleting makes room', () => {
    const cluster = withBudget(createCluster({ seed: 'budget', startTime: Date.UTC(2026, 0, 1) }))
    let status = 0
    let made = 0
    for (; made <= BUDGETS.objects; made++) {
      status = cluster.request(configMap(`c${made}`)).status
      if (status !== 201) break
    }
    expect(status).toBe(403)
    expect(made).toBeGreaterThan(BUDGETS.objects - 500)
    const refused = cluster.request(configMap('one-more')).body
    expect(refused).toMatchObject({
      kind: 'Status',
      message: expect.stringContaining(`at most ${BUDGETS.objects} objects`),
    })
    expect(cluster.request({ method: 'DELETE', path: '/api/v1/namespaces/default/configmaps/c0' }).status).toBe(200)
    expect(cluster.request(configMap('one-more')).status).toBe(201)
  })

  test('no thousand replicas of one object, in whatever way they are asked for', () => {
    const cluster = withBudget(createCluster({ seed: 'budget', startTime: Date.UTC(2026, 0, 1) }))
    const path = '/apis/apps/v1/namespaces/default/deployments'
    const spec = { replicas: 10_000, selector: { matchLabels: { a: 'b' } }, template: {} }
    const created = cluster.request(
      create('Deployment', path, { apiVersion: 'apps/v1', metadata: { name: 'd' }, spec }),
    )
    expect(created.status).toBe(403)
    const scaled = cluster.request({
      method: 'PATCH',
      path: `${path}/d/scale`,
      headers: { 'content-type': 'application/merge-patch+json' },
      body: '{"spec":{"replicas": 5000}}',
    })
    expect(scaled.status).toBe(403)
  })

  test.each([
    ['merge-patch+json', '{"spec":{"re\\u0070licas":500000}}'],
    ['json-patch+json', '[{"value":1e6,"op":"replace","path":"/spec/replicas"}]'],
    ['json-patch+json', '[{"op":"replace","path":"/spec","value":{"replicas":1e6}}]'],
    ['apply-patch+yaml', 'spec:\n  replicas: 1\n---\nspec:\n  replicas: 1e6\n'],
  ])('nor in disguise: %s %s', (type, body) => {
    const cluster = withBudget(createCluster({ seed: 'budget', startTime: Date.UTC(2026, 0, 1) }))
    const path = '/apis/apps/v1/namespaces/default/deployments/d'
    const headers = { 'content-type': `application/${type}` }
    expect(cluster.request({ method: 'PATCH', path, headers, body }).body).toMatchObject({
      message: expect.stringContaining('at most 300 replicas'),
    })
  })

  test('no body larger than etcd would take', () => {
    const cluster = withBudget(createCluster({ seed: 'budget', startTime: Date.UTC(2026, 0, 1) }))
    expect(cluster.request(configMap('large', { text: 'x'.repeat(BUDGETS.requestBytes) })).status).toBe(413)
  })

  test('everything else is the cluster itself', () => {
    const plain = createCluster({ seed: 'budget', startTime: Date.UTC(2026, 0, 1) })
    const cluster = withBudget(plain)
    expect(cluster.now()).toBe(plain.now())
    expect(cluster.network).toBe(plain.network)
    expect(cluster.request({ method: 'GET', path: '/api/v1/nodes' }).body).toEqual(
      plain.request({ method: 'GET', path: '/api/v1/nodes' }).body,
    )
  })
})
