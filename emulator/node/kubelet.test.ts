import { describe, expect, it } from 'vitest'
import type { Pod } from '../generated/types.ts'
import type { Cluster } from '../index.ts'
import { paths, podManifest, testCluster } from '../testing/test-cluster.ts'

const path = (name: string) => `${paths.pods}/${name}`
const busybox = (command: readonly string[], extra: object = {}) => ({
  containers: [{ name: 'main', image: 'busybox', command, ...extra }],
})
const statusOf = (pod: Pod, index = 0) => pod.status?.containerStatuses?.[index]
const setImage = (cluster: Cluster, pod: string, image: string) => {
  const headers = { 'content-type': 'application/strategic-merge-patch+json' }
  const body = JSON.stringify({ spec: { containers: [{ name: 'main', image }] } })
  cluster.request({ method: 'PATCH', path: path(pod), headers, body })
}
const environment = (cluster: Cluster, pod: string) => cluster.container('default', pod, 'main')?.env ?? new Map()

describe('phases and restarts', () => {
  it('ends as Succeeded or Failed when nothing is restarted', () => {
    const { create, settle, get } = testCluster()
    create(paths.pods, podManifest('good', { restartPolicy: 'Never', ...busybox(['true']) }))
    create(paths.pods, podManifest('bad', { restartPolicy: 'Never', ...busybox(['sh', '-c', 'exit 3']) }))
    settle()
    expect(get<Pod>(path('good')).status).toMatchObject({ phase: 'Succeeded' })
    expect(statusOf(get<Pod>(path('good')))?.state?.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' })
    expect(get<Pod>(path('bad')).status).toMatchObject({ phase: 'Failed' })
    expect(statusOf(get<Pod>(path('bad')))?.state?.terminated).toMatchObject({ exitCode: 3, reason: 'Error' })
  })

  it('backs off from restarting what keeps failing: at once, 10 s, 20 s, 40 s', () => {
    const { create, settle, get, events, cluster } = testCluster()
    create(paths.pods, podManifest('crash', busybox(['false'])))
    settle()
    const pod = get<Pod>(path('crash'))
    expect(statusOf(pod)).toMatchObject({
      restartCount: 1,
      state: {
        waiting: {
          reason: 'CrashLoopBackOff',
          message: `back-off 10s restarting failed container=main pod=crash_default(${pod.metadata?.uid})`,
        },
      },
      lastState: { terminated: { exitCode: 1, reason: 'Error' } },
    })
    expect(pod.status?.phase).toBe('Running')
    expect(events('crash')).toContain(
      `BackOff: Back-off restarting failed container main in pod crash_default(${pod.metadata?.uid})`,
    )
    const restarts = (seconds: number) => {
      cluster.run(seconds * 1000)
      return statusOf(get<Pod>(path('crash')))?.restartCount
    }
    expect([restarts(13), restarts(22), restarts(42)]).toEqual([2, 3, 4])
  })

  it('reports a command that is not there as the runtime does', () => {
    const { create, settle, get, events } = testCluster()
    create(paths.pods, podManifest('typo', { restartPolicy: 'Never', ...busybox(['slep', '10']) }))
    settle()
    expect(statusOf(get<Pod>(path('typo')))?.state?.terminated).toMatchObject({ reason: 'StartError', exitCode: 128 })
    expect(events('typo').at(-1)).toContain('exec: "slep": executable file not found in $PATH')
  })

  it('keeps an emptyDir through a restart, and the log of the container before', () => {
    const { create, settle, get, cluster } = testCluster()
    const script = 'if [ -f /data/seen ]; then echo again; sleep 3600; fi; touch /data/seen; echo first; exit 3'
    create(
      paths.pods,
      podManifest('twice', {
        ...busybox(['sh', '-c', script], { volumeMounts: [{ name: 'data', mountPath: '/data' }] }),
        volumes: [{ name: 'data', emptyDir: {} }],
      }),
    )
    settle()
    expect(statusOf(get<Pod>(path('twice')))).toMatchObject({ restartCount: 1, ready: true })
    const log = (query: { readonly [name: string]: string }) =>
      cluster.request({ method: 'GET', path: `${path('twice')}/log`, query }).body
    expect(log({})).toBe('again\n')
    expect(log({ previous: 'true' })).toBe('first\n')
  })

  it('runs init containers one after another before the others', () => {
    const { create, settle, get, cluster } = testCluster()
    const init = (name: string, text: string) => ({
      name,
      image: 'busybox',
      command: ['sh', '-c', `echo ${text} >> /work/log; sleep 2`],
      volumeMounts: [{ name: 'work', mountPath: '/work' }],
    })
    create(
      paths.pods,
      podManifest('steps', {
        initContainers: [init('one', '1'), init('two', '2')],
        ...busybox(['sh', '-c', 'cat /work/log; sleep 3600'], { volumeMounts: [{ name: 'work', mountPath: '/work' }] }),
        volumes: [{ name: 'work', emptyDir: {} }],
      }),
    )
    cluster.run(2500)
    expect(get<Pod>(path('steps')).status).toMatchObject({
      phase: 'Pending',
      conditions: expect.arrayContaining([
        expect.objectContaining({ type: 'Initialized', message: 'containers with incomplete status: [one two]' }),
      ]),
    })
    expect(statusOf(get<Pod>(path('steps')))?.state?.waiting?.reason).toBe('PodInitializing')
    settle()
    expect(get<Pod>(path('steps')).status?.initContainerStatuses).toMatchObject([
      { name: 'one', ready: true, started: false, state: { terminated: { reason: 'Completed' } } },
      { name: 'two', ready: true, started: false, state: { terminated: { reason: 'Completed' } } },
    ])
    expect(cluster.request({ method: 'GET', path: `${path('steps')}/log`, query: { container: 'main' } }).body).toBe(
      '1\n2\n',
    )
  })
})

describe('images', () => {
  it('tells what a failed pull is, then backs off from it', () => {
    const { create, settle, get, events, cluster } = testCluster()
    create(paths.pods, podManifest('redis', { containers: [{ name: 'redis', image: 'redis123' }] }))
    settle(8)
    expect(statusOf(get<Pod>(path('redis')))?.state?.waiting?.reason).toBe('ErrImagePull')
    cluster.run(13_000)
    const waiting = statusOf(get<Pod>(path('redis')))?.state?.waiting
    expect(waiting?.reason).toBe('ImagePullBackOff')
    expect(waiting?.message).toMatch(
      /^Back-off pulling image "redis123": ErrImagePull: failed to pull and unpack image/,
    )
    expect(events('redis').map((text) => text.split(':')[0])).toEqual([
      'Scheduled',
      'Pulling',
      'Failed',
      'Failed',
      'BackOff',
      'Failed',
    ])
  })

  it('takes a mended image without a new Pod', () => {
    const { create, settle, get, cluster } = testCluster()
    create(paths.pods, podManifest('web', { containers: [{ name: 'main', image: 'nginx:no-such' }] }))
    settle()
    setImage(cluster, 'web', 'nginx:1.27')
    settle(40)
    expect(statusOf(get<Pod>(path('web')))).toMatchObject({ ready: true, restartCount: 0 })
  })

  it('restarts a container whose image was changed', () => {
    const { create, settle, cluster, get, events } = testCluster()
    create(paths.pods, podManifest('web', { containers: [{ name: 'main', image: 'nginx:1.27' }] }))
    settle()
    setImage(cluster, 'web', 'nginx:1.28')
    settle(40)
    expect(statusOf(get<Pod>(path('web')))).toMatchObject({
      ready: true,
      restartCount: 1,
      image: 'docker.io/library/nginx:1.28',
    })
    expect(events('web')).toContain('Killing: Container main definition changed, will be restarted')
  })
})

describe('configuration', () => {
  it('waits for a ConfigMap that a variable or a volume needs, and says which', () => {
    const { create, settle, get, events, cluster } = testCluster()
    const env = [{ name: 'MODE', valueFrom: { configMapKeyRef: { name: 'settings', key: 'mode' } } }]
    create(paths.pods, podManifest('env', busybox(['sleep', '3600'], { env })))
    create(
      paths.pods,
      podManifest('volume', {
        ...busybox(['sleep', '3600'], { volumeMounts: [{ name: 'v', mountPath: '/etc/v' }] }),
        volumes: [{ name: 'v', configMap: { name: 'settings' } }],
      }),
    )
    settle()
    expect(statusOf(get<Pod>(path('env')))?.state?.waiting).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'configmap "settings" not found',
    })
    expect(events('volume').at(-1)).toBe(
      'FailedMount: MountVolume.SetUp failed for volume "v" : configmap "settings" not found',
    )
    create(paths.configMaps, { metadata: { name: 'settings' }, data: { mode: 'dev' } })
    settle()
    expect(environment(cluster, 'env').get('MODE')).toBe('dev')
    expect(cluster.container('default', 'volume', 'main')?.files.read('/etc/v/mode')).toBe('dev')
  })

  it("gives service variables of Services that were there before, and the Pod's own win", () => {
    const { create, settle, cluster } = testCluster()
    const service = (name: string, port: number) => ({
      metadata: { name },
      spec: { clusterIP: `10.96.100.${port}`, ports: [{ port }] },
    })
    create(paths.services, service('redis-master', 41))
    const env = [
      { name: 'REDIS_MASTER_SERVICE_PORT', value: 'mine' },
      { name: 'URL', value: '$(REDIS_MASTER_SERVICE_HOST):$(REDIS_MASTER_SERVICE_PORT) $$(X) $(NONE)' },
    ]
    create(paths.pods, podManifest('late', busybox(['sleep', '3600'], { env })))
    create(paths.pods, podManifest('plain', { ...busybox(['sleep', '3600']), enableServiceLinks: false }))
    settle()
    create(paths.services, service('after', 42))
    settle()
    const late = environment(cluster, 'late')
    expect(late.get('REDIS_MASTER_SERVICE_HOST')).toBe('10.96.100.41')
    expect(late.get('REDIS_MASTER_PORT_41_TCP')).toBe('tcp://10.96.100.41:41')
    expect(late.get('URL')).toBe('10.96.100.41:mine $(X) $(NONE)')
    expect(late.has('AFTER_SERVICE_HOST')).toBe(false)
    const plain = environment(cluster, 'plain')
    expect([...plain.keys()].filter((name) => name.endsWith('_SERVICE_HOST'))).toEqual(['KUBERNETES_SERVICE_HOST'])
  })

  it('writes hosts, resolv.conf and the service account files', () => {
    const { create, settle, cluster } = testCluster()
    create(paths.pods, podManifest('web', { hostname: 'h', subdomain: 'sub' }))
    settle()
    const files = cluster.container('default', 'web', 'main')?.files
    expect(files?.read('/etc/hosts')).toContain('10.244.1.2\th.sub.default.svc.cluster.local\th\n')
    expect(files?.read('/etc/resolv.conf')).toBe(
      'search default.svc.cluster.local svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n',
    )
    const account = '/var/run/secrets/kubernetes.io/serviceaccount'
    expect(files?.read(`${account}/namespace`)).toBe('default')
    expect(files?.read(`${account}/ca.crt`)).toMatch(/^-----BEGIN CERTIFICATE-----/)
  })
})

describe('probes', () => {
  const readiness = { exec: { command: ['cat', '/tmp/ready'] }, periodSeconds: 1, failureThreshold: 1 }
  const withProbe = (probe: object) => podManifest('web', { containers: [{ name: 'main', image: 'nginx', ...probe }] })
  const isReady = (pod: Pod) => statusOf(pod)?.ready

  it('follow a file that appears and goes', () => {
    const { create, settle, get, cluster, events } = testCluster()
    create(paths.pods, withProbe({ readinessProbe: readiness }))
    settle()
    cluster.run(2000)
    expect(isReady(get<Pod>(path('web')))).toBe(false)
    expect(events('web').at(-1)).toMatch(/^Unhealthy: Readiness probe failed: cat: .*\/tmp\/ready/)
    const files = cluster.container('default', 'web', 'main')?.files
    files?.write('/tmp/ready', '')
    cluster.run(1500)
    expect(isReady(get<Pod>(path('web')))).toBe(true)
    expect(cluster.nextEventAt()).toBeUndefined()
    files?.remove('/tmp/ready')
    cluster.run(1500)
    expect(isReady(get<Pod>(path('web')))).toBe(false)
  })

  it('restart a container that does not live', () => {
    const { create, settle, get, cluster, events } = testCluster()
    create(
      paths.pods,
      withProbe({ livenessProbe: { httpGet: { path: '/healthz', port: 80 }, periodSeconds: 2, failureThreshold: 2 } }),
    )
    settle()
    cluster.run(6000)
    expect(statusOf(get<Pod>(path('web')))?.restartCount).toBe(1)
    expect(events('web')).toContain('Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 404')
    expect(events('web')).toContain('Killing: Container main failed liveness probe, will be restarted')
  })

  it('refused connections keep a Pod from being ready, and a startup probe keeps the others quiet', () => {
    const { create, settle, get, events, cluster } = testCluster()
    create(
      paths.pods,
      withProbe({
        startupProbe: { tcpSocket: { port: 80 }, periodSeconds: 1 },
        readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 5 },
      }),
    )
    settle()
    cluster.run(6000)
    expect(statusOf(get<Pod>(path('web')))).toMatchObject({ started: true, ready: false, restartCount: 0 })
    expect(events('web').at(-1)).toBe(
      'Unhealthy: Readiness probe failed: dial tcp 10.244.1.2:8080: connect: connection refused',
    )
  })
})

describe('going', () => {
  it('waits out the grace of a process that ignores TERM', () => {
    const { create, settle, remove, find, cluster, events } = testCluster()
    create(paths.pods, podManifest('slow', { ...busybox(['sleep', '3600']), terminationGracePeriodSeconds: 5 }))
    settle()
    remove(path('slow'))
    expect(events('slow')).not.toContain('Killing: Stopping container main')
    cluster.run(4500)
    expect(find<Pod>(path('slow'))?.metadata?.deletionTimestamp).toBeDefined()
    cluster.run(1500)
    expect(find(path('slow'))).toBeUndefined()
    expect(events('slow')).toContain('Killing: Stopping container main')
  })

  it('takes the container away at once when forced', () => {
    const { create, settle, remove, find, cluster, get } = testCluster()
    create(paths.pods, podManifest('gone', busybox(['sleep', '3600'])))
    settle()
    const address = get<Pod>(path('gone')).status?.podIP
    remove(path('gone'), { gracePeriodSeconds: 0 })
    expect(find(path('gone'))).toBeUndefined()
    const ping = cluster.network.ping({ kind: 'machine', name: 'node01' }, address ?? '')
    expect(ping.outcome).not.toBe('answered')
  })

  it('gives no address twice in a row', () => {
    const { create, settle, remove, get } = testCluster()
    const addresses = ['a', 'b', 'c'].map((name) => {
      create(paths.pods, podManifest(name, { nodeName: 'node01' }))
      settle()
      const { podIP } = get<Pod>(path(name)).status ?? {}
      remove(path(name))
      settle()
      return podIP
    })
    expect(addresses).toEqual(['10.244.1.2', '10.244.1.3', '10.244.1.4'])
  })
})
