import { expect, it } from 'vitest'
import type { Pod } from '../generated/types.ts'
import { paths, podManifest, testCluster } from '../testing/test-cluster.ts'

const path = `${paths.pods}/app`
const resources = (cpu: string) => ({ requests: { cpu, memory: '64Mi' }, limits: { cpu: '1', memory: '64Mi' } })

function started(extra: object = {}) {
  const test = testCluster()
  const container = { name: 'main', image: 'nginx', resources: resources('100m'), ...extra }
  test.create(paths.pods, podManifest('app', { containers: [container] }))
  test.settle()
  const resize = (wanted: object) =>
    test.cluster.request({
      method: 'PATCH',
      path: `${path}/resize`,
      headers: { 'content-type': 'application/strategic-merge-patch+json' },
      body: JSON.stringify({ spec: { containers: [{ name: 'main', resources: wanted }] } }),
    })
  return { ...test, resize, main: () => test.get<Pod>(path).status?.containerStatuses?.[0] }
}

it('gives a running container more without restarting it', () => {
  const { resize, settle, main, events } = started()
  expect(main()).toMatchObject({ allocatedResources: { cpu: '100m' }, resources: resources('100m') })
  expect(resize({ requests: { cpu: '300m' } }).status).toBe(200)
  settle()
  expect(main()).toMatchObject({ allocatedResources: { cpu: '300m' }, resources: resources('300m'), restartCount: 0 })
  const text = JSON.stringify({
    containers: [
      { name: 'main', resources: { limits: { cpu: '1', memory: '64Mi' }, requests: { cpu: '300m', memory: '64Mi' } } },
    ],
    generation: 2,
  })
  expect(events('app').slice(-2)).toEqual([
    `ResizeStarted: Pod resize started: ${text}`,
    `ResizeCompleted: Pod resize completed: ${text}`,
  ])
})

it('restarts a container whose policy asks for it', () => {
  const { resize, settle, main, events } = started({
    resizePolicy: [{ resourceName: 'cpu', restartPolicy: 'RestartContainer' }],
  })
  resize({ requests: { cpu: '300m' } })
  settle()
  expect(main()).toMatchObject({ restartCount: 1, resources: resources('300m') })
  expect(events('app')).toContain('Killing: Container main resize requires restart')
})

it('says when the node can never give it, and refuses another class of service', () => {
  const { resize, settle, get, main } = started()
  resize({ requests: { cpu: '50' }, limits: { cpu: '60' } })
  settle()
  expect(main()?.allocatedResources?.cpu).toBe('100m')
  expect(get<Pod>(path).status?.conditions).toContainEqual(
    expect.objectContaining({
      type: 'PodResizePending',
      reason: 'Infeasible',
      message: "Node didn't have enough capacity: cpu, requested: 50000, capacity: 2000",
    }),
  )
  expect(resize({ requests: { cpu: '1', memory: '64Mi' }, limits: { cpu: '1', memory: '64Mi' } }).body).toMatchObject({
    message:
      'Pod "app" is invalid: spec: Invalid value: "Burstable": Pod QOS Class may not change as a result of resizing',
  })
})
