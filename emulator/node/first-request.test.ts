import { expect, it } from 'vitest'
import { createCluster } from '../index.ts'

const POD = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: {
    restartPolicy: 'Never',
    containers: [
      { name: 'main', image: 'busybox:1.36', command: ['nslookup', 'kubernetes.default.svc.cluster.local'] },
    ],
  },
})

it('lets a process send as the first thing it does, also where the image is there already', () => {
  const cluster = createCluster({ blueprint: 'default', seed: 'first', startTime: Date.UTC(2026, 0, 1) })
  const request = (method: 'GET' | 'POST', path: string, body?: object) =>
    cluster.request({
      method,
      path: `/api/v1/namespaces/default/pods${path}`,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
  for (const name of ['pulls', 'runs-at-once', 'too']) {
    request('POST', '', POD(name))
    cluster.settle(60)
    expect(request('GET', `/${name}`).body).toMatchObject({ status: { phase: 'Succeeded' } })
  }
})
