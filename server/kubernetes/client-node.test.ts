import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CoreV1Api, KubeConfig, Watch } from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { virtualTime } from '../../terminal/time.ts'
import { kubeconfig } from './kubeconfig.ts'
import { serveStandalone } from './standalone.ts'

const cluster = createCluster({ seed: 'client', startTime: Date.UTC(2026, 0, 1) })
const config = new KubeConfig()
let server: Server

beforeAll(async () => {
  server = createServer().listen(0, '127.0.0.1')
  serveStandalone(server, cluster, { touch: () => void cluster.run(10), time: virtualTime(cluster) })
  await new Promise((resolve) => server.once('listening', resolve))
  config.loadFromString(kubeconfig(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

test('the Kubernetes client lists, creates and is refused', async () => {
  const core = config.makeApiClient(CoreV1Api)
  const nodes = await core.listNode()
  expect(nodes.items.map(({ metadata }) => metadata?.name)).toEqual(['controlplane', 'node01', 'node02'])
  const service = await core.createNamespacedService({
    namespace: 'default',
    body: { metadata: { name: 'web' }, spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80 }] } },
  })
  expect(service.spec?.ports?.[0]).toMatchObject({ port: 80, targetPort: 80, protocol: 'TCP' })
  expect(service.spec?.ports?.[0]?.nodePort).toBeGreaterThanOrEqual(30000)
  await expect(core.readNamespacedService({ namespace: 'default', name: 'missing' })).rejects.toMatchObject({
    code: 404,
  })
})

test('the Kubernetes client watches', async () => {
  const events: string[] = []
  await new Promise<void>((resolve, reject) => {
    const watch = new Watch(config)
    const seen = (type: string, object: { metadata?: { name?: string } }) => {
      events.push(`${type} ${object.metadata?.name}`)
      if (type === 'DELETED') resolve()
    }
    watch
      .watch('/api/v1/namespaces/default/configmaps', {}, seen, (error) => error && reject(error))
      .then(async (controller) => {
        const core = config.makeApiClient(CoreV1Api)
        const name = 'watched'
        await core.createNamespacedConfigMap({ namespace: 'default', body: { metadata: { name }, data: { a: '1' } } })
        await core.deleteNamespacedConfigMap({ namespace: 'default', name })
        return controller
      })
      .catch(reject)
  })
  expect(events).toEqual(expect.arrayContaining(['ADDED watched', 'DELETED watched']))
})
