import { expect, test } from 'vitest'
import { createCluster } from '../../../emulator/index.ts'
import { createSession } from '../../session.ts'
import { virtualTime } from '../../time.ts'

test('a list longer than a page of the API is read to its end', async () => {
  const cluster = createCluster({ seed: 'pages', startTime: Date.UTC(2026, 0, 5) })
  for (let number = 0; number < 620; number++)
    cluster.request({
      method: 'POST',
      path: '/api/v1/namespaces/default/configmaps',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `page-${number}` } }),
    })
  const session = createSession({ cluster, time: virtualTime(cluster), machine: 'controlplane', user: 'root' })
  const count = async (line: string) => Number((await session.run(`${line} | grep -c page-`)).stdout)
  expect(await count('kubectl get cm')).toBe(620)
  expect(await count('kubectl get cm -o name')).toBe(620)
  expect(await count('kubectl delete cm --all')).toBe(620)
})
