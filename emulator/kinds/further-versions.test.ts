import { expect, it } from 'vitest'
import type { EventsV1Event, HorizontalPodAutoscaler, V2HorizontalPodAutoscaler } from '../generated/types.ts'
import { paths, podManifest, testCluster } from '../testing/test-cluster.ts'

const scalers = (version: string) => `/apis/autoscaling/${version}/namespaces/default/horizontalpodautoscalers`

it('keeps one autoscaler under both versions', () => {
  const { create, get, list, patch, remove, find } = testCluster()
  create(scalers('v1'), {
    metadata: { name: 'web' },
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      maxReplicas: 5,
      targetCPUUtilizationPercentage: 50,
    },
  })
  const second = get<V2HorizontalPodAutoscaler>(`${scalers('v2')}/web`)
  expect(second.apiVersion).toBe('autoscaling/v2')
  expect(second.spec?.metrics).toEqual([
    { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } } },
  ])
  const memory = {
    type: 'Resource',
    resource: { name: 'memory', target: { type: 'Utilization', averageUtilization: 70 } },
  }
  patch(`${scalers('v2')}/web`, { spec: { minReplicas: 2, metrics: [...(second.spec?.metrics ?? []), memory] } })
  const first = get<HorizontalPodAutoscaler>(`${scalers('v1')}/web`)
  expect(first).toMatchObject({
    apiVersion: 'autoscaling/v1',
    spec: { minReplicas: 2, maxReplicas: 5, targetCPUUtilizationPercentage: 50 },
  })
  patch(`${scalers('v1')}/web`, { spec: { maxReplicas: 7 } })
  expect(get<V2HorizontalPodAutoscaler>(`${scalers('v2')}/web`).spec).toMatchObject({
    maxReplicas: 7,
    metrics: expect.arrayContaining([memory]),
  })
  expect(
    list<HorizontalPodAutoscaler>(scalers('v1')).map(({ apiVersion, spec }) => [apiVersion, spec?.maxReplicas]),
  ).toEqual([['autoscaling/v1', 7]])
  expect(() => create(scalers('v1'), { metadata: { name: 'bad' }, spec: { maxReplicas: 0 } })).toThrow(
    'spec.maxReplicas',
  )
  remove(`${scalers('v1')}/web`)
  expect(find(`${scalers('v2')}/web`)).toBeUndefined()
})

it('shows events under their own group', () => {
  const { cluster, create, list, settle } = testCluster()
  create(paths.pods, podManifest('web'))
  settle()
  const path = '/apis/events.k8s.io/v1/namespaces/default/events'
  const scheduled = list<EventsV1Event>(path).find(({ reason }) => reason === 'Scheduled')
  expect(scheduled).toMatchObject({
    apiVersion: 'events.k8s.io/v1',
    regarding: { kind: 'Pod', name: 'web' },
    note: expect.stringContaining('Successfully assigned default/web to '),
    reportingController: 'default-scheduler',
  })
  create(path, {
    metadata: { name: 'mine' },
    eventTime: '2026-11-21T09:00:00.000000Z',
    regarding: { kind: 'Pod', name: 'web', namespace: 'default' },
    reason: 'Tested',
    note: 'By hand',
    type: 'Normal',
    action: 'Test',
    reportingController: 'test',
    reportingInstance: 'test-1',
  })
  expect(cluster.request({ method: 'GET', path: '/api/v1/namespaces/default/events/mine' }).body).toMatchObject({
    apiVersion: 'v1',
    message: 'By hand',
    involvedObject: { name: 'web' },
    reportingComponent: 'test',
  })
  const discovered = cluster.request({ method: 'GET', path: '/apis/autoscaling' }).body
  expect(discovered).toMatchObject({
    preferredVersion: { version: 'v2' },
    versions: [{ version: 'v2' }, { version: 'v1' }],
  })
})
