import { expect, it } from 'vitest'
import type { ReplicationController } from '../generated/types.ts'
import { paths, podManifest, testCluster } from '../testing/test-cluster.ts'

const controllers = '/api/v1/namespaces/default/replicationcontrollers'

it('keeps its number of Pods, adopting, replacing and removing', () => {
  const { create, events, get, patch, pods, remove, settle } = testCluster()
  create(paths.pods, podManifest('orphan', {}, { app: 'web' }))
  create(controllers, {
    metadata: { name: 'web' },
    spec: {
      replicas: 2,
      template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'nginx' }] } },
    },
  })
  settle()
  expect(pods('app=web')).toHaveLength(2)
  const owners = pods('app=web').map(({ metadata }) => metadata?.ownerReferences?.[0])
  expect(owners).toEqual(
    [0, 1].map(() => expect.objectContaining({ kind: 'ReplicationController', name: 'web', apiVersion: 'v1' })),
  )
  expect(get<ReplicationController>(`${controllers}/web`).status).toEqual({
    availableReplicas: 2,
    fullyLabeledReplicas: 2,
    observedGeneration: 1,
    readyReplicas: 2,
    replicas: 2,
  })
  remove(`${paths.pods}/orphan`)
  settle(60)
  expect(pods('app=web')).toHaveLength(2)
  patch(`${controllers}/web/scale`, { spec: { replicas: 0 } })
  settle(60)
  expect(pods('app=web')).toHaveLength(0)
  expect(events('web').filter((text) => text.startsWith('SuccessfulDelete'))).toHaveLength(2)
})
