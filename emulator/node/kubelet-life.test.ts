import { expect, it } from 'vitest'
import type { Pod } from '../generated/types.ts'
import { paths, podManifest, testCluster } from '../testing/test-cluster.ts'

const path = (name: string) => `${paths.pods}/${name}`
const shell = (line: string, extra: object = {}) => ({
  name: 'main',
  image: 'busybox',
  command: ['sh', '-c', line],
  ...extra,
})

it('shows what a container left in its termination log, or the end of its log', () => {
  const { create, get, settle } = testCluster()
  const never = { restartPolicy: 'Never' }
  create(paths.pods, podManifest('told', { ...never, containers: [shell('echo bye > /dev/termination-log; exit 3')] }))
  const fallback = { terminationMessagePolicy: 'FallbackToLogsOnError' }
  create(paths.pods, podManifest('logged', { ...never, containers: [shell('echo oops; exit 1', fallback)] }))
  settle()
  const ended = (name: string) => get<Pod>(path(name)).status?.containerStatuses?.[0]?.state?.terminated
  expect(ended('told')).toMatchObject({ exitCode: 3, reason: 'Error', message: 'bye\n' })
  expect(ended('logged')).toMatchObject({ exitCode: 1, message: 'oops\n' })
})

it('kills a container that takes more memory than its limit', () => {
  const { create, get, settle } = testCluster()
  const limits = { resources: { limits: { memory: '100Mi' } } }
  const args = { command: ['stress'], args: ['--vm', '1', '--vm-bytes', '250M'] }
  create(
    paths.pods,
    podManifest('hungry', {
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'polinux/stress', ...args, ...limits }],
    }),
  )
  settle()
  expect(get<Pod>(path('hungry')).status).toMatchObject({
    phase: 'Failed',
    containerStatuses: [{ state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } }],
  })
})

it('waits for a preStop hook before it sends TERM, and tells of one that fails', () => {
  const { create, cluster, remove, find, settle, events } = testCluster()
  const sleeping = { lifecycle: { preStop: { sleep: { seconds: 10 } } } }
  create(paths.pods, podManifest('slow', { containers: [{ name: 'main', image: 'nginx', ...sleeping }] }))
  const failing = { lifecycle: { preStop: { exec: { command: ['false'] } } } }
  create(paths.pods, podManifest('fails', { containers: [{ name: 'main', image: 'nginx', ...failing }] }))
  settle()
  remove(path('slow'))
  remove(path('fails'))
  cluster.run(8000)
  expect(find(path('slow'))).toBeDefined()
  expect(find(path('fails'))).toBeUndefined()
  expect(events('fails')).toContain('FailedPreStopHook: PreStopHook failed')
  cluster.run(4000)
  expect(find(path('slow'))).toBeUndefined()
})

it('ends sidecars when the main containers are done', () => {
  const { create, get, settle } = testCluster()
  const sidecar = { name: 'side', image: 'nginx', restartPolicy: 'Always' }
  create(
    paths.pods,
    podManifest('job', { restartPolicy: 'Never', initContainers: [sidecar], containers: [shell('sleep 3')] }),
  )
  settle(60)
  const { status } = get<Pod>(path('job'))
  expect(status?.phase).toBe('Succeeded')
  expect(status?.initContainerStatuses?.[0]?.state?.terminated?.exitCode).toBe(0)
})

it('asks a gRPC server for its health, and times out where nothing listens', () => {
  const { create, settle, events, cluster } = testCluster()
  const livenessProbe = { grpc: { port: 9000 }, periodSeconds: 5 }
  create(paths.pods, podManifest('mute', { containers: [{ name: 'main', image: 'nginx', livenessProbe }] }))
  settle()
  cluster.run(20_000)
  expect(events('mute')).toContainEqual(
    expect.stringMatching(
      /^Unhealthy: Liveness probe failed: timeout: failed to connect service "10\.244\.\d\.\d+:9000" within 1s: context deadline exceeded$/,
    ),
  )
})

it('gives an exec probe no longer than its timeout', () => {
  const { create, settle, events } = testCluster()
  const readinessProbe = { exec: { command: ['sleep', '5'] } }
  create(paths.pods, podManifest('tired', { containers: [{ name: 'main', image: 'nginx', readinessProbe }] }))
  settle()
  expect(events('tired')).toContain(
    'Unhealthy: Readiness probe failed: command timed out: "sleep 5" timed out after 1s',
  )
})

it('refuses Pods that name a node with no room, or the wrong one', () => {
  const { create, get, settle, events } = testCluster()
  const requests = { resources: { requests: { cpu: '50' } } }
  create(
    paths.pods,
    podManifest('big', { nodeName: 'node01', containers: [{ name: 'main', image: 'nginx', ...requests }] }),
  )
  create(paths.pods, podManifest('lost', { nodeName: 'node01', nodeSelector: { disk: 'ssd' } }))
  settle()
  const message = "Node didn't have enough resource: cpu, requested: 50000, used: 0, capacity: 2000"
  const { status } = get<Pod>(path('big'))
  expect(status).toMatchObject({ phase: 'Failed', reason: 'OutOfcpu', message: `Pod was rejected: ${message}` })
  expect(events('big')).toEqual([`OutOfcpu: ${message}`])
  expect(get<Pod>(path('lost')).status?.reason).toBe('NodeAffinity')
})

it('names subpaths by variables and hosts by their full name, if asked to', () => {
  const { create, settle, cluster } = testCluster()
  const names = { hostname: 'h', subdomain: 's', setHostnameAsFQDN: true }
  const mount = { name: 'data', mountPath: '/data', subPathExpr: 'of-$(WHO)' }
  const container = shell('hostname; echo x > /data/file', {
    env: [{ name: 'WHO', value: 'me' }],
    volumeMounts: [mount],
  })
  const reader = shell('sleep 1; cat /all/of-me/file', { volumeMounts: [{ name: 'data', mountPath: '/all' }] })
  const containers = [container, { ...reader, name: 'reader' }]
  const volumes = [{ name: 'data', emptyDir: {} }]
  create(paths.pods, podManifest('named', { ...names, restartPolicy: 'Never', volumes, containers }))
  settle()
  const lines = (name: string) => cluster.container('default', 'named', name)?.logs.map(({ text }) => text)
  expect(lines('main')).toEqual(['h.s.default.svc.cluster.local'])
  expect(lines('reader')).toEqual(['x'])
})

it('waits for a readiness probe that may pass now, since the container has changed', () => {
  const { create, get, settle, cluster } = testCluster()
  const readinessProbe = { exec: { command: ['cat', '/ready'] }, periodSeconds: 7 }
  create(paths.pods, podManifest('late', { containers: [shell('sleep 3600', { readinessProbe })] }))
  const isReady = () => get<Pod>(path('late')).status?.containerStatuses?.[0]?.ready
  settle()
  cluster.run(60_000)
  settle()
  expect(isReady()).toBe(false)
  cluster.container('default', 'late', 'main')?.files.write('/ready', '')
  settle()
  expect(isReady()).toBe(true)
})

it('waits in vain only so often for a container that keeps changing', () => {
  const { create, settle, cluster } = testCluster()
  const readinessProbe = { exec: { command: ['cat', '/ready'] }, periodSeconds: 2 }
  const line = 'while true; do date > /now; sleep 1; done'
  create(paths.pods, podManifest('busy', { containers: [shell(line, { readinessProbe })] }))
  settle(120)
  expect(cluster.settle(120)).toBeLessThan(5000)
})
