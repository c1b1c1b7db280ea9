import { describe, expect, it } from 'vitest'
import { createCluster } from '../cluster.ts'
import type { HttpResponse } from '../network/types.ts'

const LAPTOP = { kind: 'machine', name: 'laptop' } as const
const WATCH = '/api/v1/namespaces/default/configmaps?watch=1'
const headers = (agent: string): [string, string][] => [['User-Agent', agent]]
const ADMIN = { name: 'admin', groups: ['system:masters'] }

function cluster() {
  const { request, network } = createCluster({ seed: 'watch', startTime: Date.UTC(2026, 10, 21) })
  const write = (path: string, object: object): number =>
    request({
      method: 'POST',
      path,
      query: {},
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(object),
      user: ADMIN,
    }).status
  const metadata = { name: 'anybody' }
  write('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: 'system:anonymous' }],
  })
  const add = (name: string): number => write('/api/v1/namespaces/default/configmaps', { metadata: { name } })
  const fetch = (path: string, agent: string, method = 'GET'): HttpResponse | undefined =>
    network.fetch(LAPTOP, `https://192.168.1.2:6443${path}`, { method, headers: headers(agent), body: '' }).response
  return { add, fetch }
}

const names = (text = ''): readonly string[] => [...text.matchAll(/"name":"([a-z.-]+)"/g)].map(([, name]) => name ?? '')

describe('the API server over the network', () => {
  it('keeps sending what a watch sees to a client that reads on', () => {
    const { add, fetch } = cluster()
    add('one')
    const answer = fetch(WATCH, 'curl/7.88.1')
    expect(names(answer?.body)).toContain('one')
    add('two')
    const next = answer?.rest?.()
    expect([names(next?.text), next?.ended, answer?.rest?.().text]).toEqual([['two'], false, ''])
  })

  it('ends a watch at once for others', () => {
    const { add, fetch } = cluster()
    add('one')
    const answer = fetch(WATCH, 'Go-http-client/1.1')
    expect([names(answer?.body).includes('one'), answer?.rest]).toEqual([true, undefined])
  })

  it('knows no OPTIONS for objects, and answers HEAD for its health', () => {
    const { fetch } = cluster()
    const refused = fetch('/api/v1/nodes', 'curl/7.88.1', 'OPTIONS')
    expect([refused?.status, refused?.body]).toEqual([405, expect.stringContaining('does not allow this method')])
    expect(fetch('/healthz', 'curl/7.88.1', 'HEAD')?.status).toBe(200)
  })
})
