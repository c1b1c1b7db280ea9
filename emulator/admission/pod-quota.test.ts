import { expect, test } from 'vitest'
import { createApiServer } from '../api/server.ts'
import { configMap, namespace, pod } from '../kinds/index.ts'
import { createRandom } from '../sim/random.ts'
import { createScheduler } from '../sim/scheduler.ts'
import { podQuota } from './pod-quota.ts'

test('Pods are refused from the limit on; other kinds, and Pods after a deletion, are not', () => {
  const scheduler = createScheduler(0)
  const api = createApiServer({
    kinds: [namespace, pod, configMap],
    clock: scheduler,
    queue: scheduler,
    random: createRandom('quota'),
    admission: [podQuota(3)],
  })
  const client = api.client({ name: 'test', groups: [] }, 'test')
  client.create(namespace, { metadata: { name: 'default' } })
  const create = (name: string) =>
    client.create(pod, {
      metadata: { name, namespace: 'default' },
      spec: { containers: [{ name: 'c', image: 'nginx' }] },
    })
  for (let i = 0; i < 3; i++) create(`p${i}`)
  expect(() => create('late')).toThrow(`pods "late" is forbidden: exceeded quota: this cluster holds at most 3 Pods`)
  expect(() => client.create(configMap, { metadata: { name: 'c', namespace: 'default' } })).not.toThrow()
  client.delete(pod, 'default', 'p0')
  expect(create('late').metadata?.name).toBe('late')
})
