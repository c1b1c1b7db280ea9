import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import {
  AppsV1Api,
  Attach,
  CoreV1Api,
  Cp,
  Exec,
  KubeConfig,
  KubernetesObjectApi,
  Log,
  Metrics,
  makeInformer,
  PatchStrategy,
  PortForward,
  type V1ConfigMap,
  type V1Status,
  Watch,
} from '@kubernetes/client-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ServedCluster, serveCluster } from '../testing/served-cluster.ts'

const config = new KubeConfig()
const namespace = 'default'
let served: ServedCluster

beforeAll(async () => {
  served = await serveCluster('client')
  config.loadFromString(served.kubeconfig)
  served.pod('web', { image: 'nginx' })
})
afterAll(() => served.close())

test('the Kubernetes client lists, creates and is refused', async () => {
  const core = config.makeApiClient(CoreV1Api)
  const nodes = await core.listNode()
  expect(nodes.items.map(({ metadata }) => metadata?.name)).toEqual(['controlplane', 'node01', 'node02'])
  const service = await core.createNamespacedService({
    namespace,
    body: { metadata: { name: 'web' }, spec: { type: 'NodePort', selector: { app: 'web' }, ports: [{ port: 80 }] } },
  })
  expect(service.spec?.ports?.[0]).toMatchObject({ port: 80, targetPort: 80, protocol: 'TCP' })
  expect(service.spec?.ports?.[0]?.nodePort).toBeGreaterThanOrEqual(30000)
  await expect(core.readNamespacedService({ namespace, name: 'missing' })).rejects.toMatchObject({ code: 404 })
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
      .watch(`/api/v1/namespaces/${namespace}/configmaps`, {}, seen, (error) => error && reject(error))
      .then(async () => {
        const core = config.makeApiClient(CoreV1Api)
        const name = 'watched'
        await core.createNamespacedConfigMap({ namespace, body: { metadata: { name }, data: { a: '1' } } })
        await core.deleteNamespacedConfigMap({ namespace, name })
      })
      .catch(reject)
  })
  expect(events).toEqual(expect.arrayContaining(['ADDED watched', 'DELETED watched']))
})

test('an informer knows what is there and hears of changes; a version too old makes it list again', async () => {
  const core = config.makeApiClient(CoreV1Api)
  const informer = makeInformer<V1ConfigMap>(config, `/api/v1/namespaces/${namespace}/configmaps`, () =>
    core.listNamespacedConfigMap({ namespace }),
  )
  const heard = (event: 'add' | 'update' | 'delete', name: string) =>
    new Promise<void>((resolve) => {
      informer.on(event, (object) => object.metadata?.name === name && resolve())
    })
  const [added, deleted] = [heard('add', 'informed'), heard('delete', 'informed')]
  await informer.start()
  await core.createNamespacedConfigMap({ namespace, body: { metadata: { name: 'informed' } } })
  await added
  await core.deleteNamespacedConfigMap({ namespace, name: 'informed' })
  await deleted
  await informer.stop()

  const events: unknown[] = []
  await new Promise<void>((resolve, reject) => {
    new Watch(config)
      .watch(
        `/api/v1/namespaces/${namespace}/configmaps`,
        { resourceVersion: '1' },
        (type, object: { code?: number }) => events.push([type, object.code]),
        () => resolve(),
      )
      .catch(reject)
  })
  expect(events).toEqual([['ERROR', 410]])
})

test('all four kinds of patches', async () => {
  const core = config.makeApiClient(CoreV1Api)
  const name = 'patched'
  await core.createNamespacedConfigMap({ namespace, body: { metadata: { name }, data: { a: '1' } } })
  const api = KubernetesObjectApi.makeApiClient(config)
  const patch = (body: object, strategy: PatchStrategy) =>
    api.patch<V1ConfigMap>(
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, ...body },
      undefined,
      undefined,
      'client-test',
      undefined,
      strategy,
    )
  expect((await patch({ data: { b: '2' } }, PatchStrategy.MergePatch)).data).toEqual({ a: '1', b: '2' })
  expect((await patch({ data: { c: '3' } }, PatchStrategy.StrategicMergePatch)).data).toMatchObject({ c: '3' })
  expect((await patch({ data: { d: '4' } }, PatchStrategy.ServerSideApply)).data).toMatchObject({ d: '4' })
  const jsonPatch = await core.patchNamespacedConfigMap({
    namespace,
    name,
    body: [{ op: 'replace', path: '/data/a', value: 'one' }],
  })
  expect(jsonPatch.data).toMatchObject({ a: 'one', d: '4' })
})

function streams() {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  return { stdout, stderr, said: Promise.all([text(stdout), text(stderr)]) }
}

test('exec: both outputs, the exit code, standard input to its end', async () => {
  const exec = new Exec(config)
  const script = ['sh', '-c', 'echo out; echo err >&2; exit 3']
  const { stdout, stderr, said } = streams()
  const status = await new Promise<V1Status>((resolve, reject) => {
    exec.exec(namespace, 'web', 'web', script, stdout, stderr, null, false, resolve).catch(reject)
  })
  expect(await said).toEqual(['out\n', 'err\n'])
  expect(status).toMatchObject({ reason: 'NonZeroExitCode', details: { causes: [{ message: '3' }] } })

  const second = streams()
  const input = new PassThrough()
  input.end('typed\n')
  const done = new Promise<V1Status>((resolve, reject) => {
    exec.exec(namespace, 'web', 'web', ['cat'], second.stdout, second.stderr, input, false, resolve).catch(reject)
  })
  expect(await done).toMatchObject({ status: 'Success' })
  expect(await second.said).toEqual(['typed\n', ''])
})

test('attach: the shell that waits', async () => {
  served.pod('shell', { image: 'busybox', args: ['sh'], stdin: true })
  const stdout = new PassThrough()
  const input = new PassThrough()
  const socket = await new Attach(config).attach(namespace, 'shell', 'shell', stdout, null, input, false)
  input.write('echo played $((40 + 2))\n')
  const [said] = await once(stdout, 'data')
  expect(String(said)).toBe('played 42\n')
  input.end('exit 5\n')
  await new Promise((resolve) => socket.on('close', resolve))
  expect(served.cluster.container(namespace, 'shell', 'shell')?.state).toMatchObject({ kind: 'exited', exitCode: 5 })
})

test('cp: into a Pod and out of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-cp-'))
  const finished: Promise<void>[] = []
  const exec = new Exec(config)
  const watched = Object.assign(Object.create(exec), {
    exec: (...args: Parameters<Exec['exec']>) => {
      const done = args[8]
      const over = new Promise<void>((resolve) => {
        args[8] = (status) => {
          done?.(status)
          resolve()
        }
      })
      finished.push(over)
      return exec.exec(...args)
    },
  }) as Exec
  const cp = new Cp(config, watched)
  writeFileSync(join(folder, 'hello.txt'), '안녕\n')
  await cp.cpToPod(namespace, 'web', 'web', folder, '/tmp')
  await finished[0]
  expect(served.cluster.container(namespace, 'web', 'web')?.files.read('/tmp/hello.txt')).toBe('안녕\n')
  const target = mkdtempSync(join(tmpdir(), 'slipway-cp-'))
  await cp.cpFromPod(namespace, 'web', 'web', 'hello.txt', target, '/tmp')
  await finished[1]
  // The client unpacks what it received after the process has ended.
  const copy = () => (existsSync(join(target, 'hello.txt')) ? readFileSync(join(target, 'hello.txt'), 'utf8') : '')
  await expect.poll(copy).toBe('안녕\n')
  for (const used of [folder, target]) rmSync(used, { recursive: true })
})

test('log: what was said, and what is said while it is followed', async () => {
  const script = 'echo early; sleep 5; echo late'
  served.pod('talk', { image: 'busybox', command: ['sh', '-c', script] })
  const stream = new PassThrough()
  const followed = text(stream)
  await new Log(config).log(namespace, 'talk', 'talk', stream, { follow: true })
  served.cluster.run(10_000)
  expect(await followed).toBe('early\nlate\n')
})

test('portForward: HTTP to what listens, refused where nothing does', async () => {
  const forward = new PortForward(config)
  const ask = async (port: number) => {
    const [output, errors, input] = [new PassThrough(), new PassThrough(), new PassThrough()]
    await forward.portForward(namespace, 'web', [port], output, errors, input)
    const first = Promise.race([once(output, 'data'), once(errors, 'data')])
    input.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
    return String((await first)[0])
  }
  expect(await ask(80)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*Welcome to nginx!/)
  expect(await ask(81)).toContain('connect: connection refused')
})

test('metrics that nobody serves', async () => {
  await expect(new Metrics(config).getNodeMetrics()).rejects.toMatchObject({ code: 404 })
})

test('a Deployment is scaled through its subresource', async () => {
  const apps = config.makeApiClient(AppsV1Api)
  const template = { metadata: { labels: { app: 'd' } }, spec: { containers: [{ name: 'd', image: 'nginx' }] } }
  const spec = { replicas: 1, selector: { matchLabels: { app: 'd' } }, template }
  await apps.createNamespacedDeployment({ namespace, body: { metadata: { name: 'd' }, spec } })
  const scale = await apps.readNamespacedDeploymentScale({ namespace, name: 'd' })
  await apps.replaceNamespacedDeploymentScale({ namespace, name: 'd', body: { ...scale, spec: { replicas: 2 } } })
  expect((await apps.readNamespacedDeployment({ namespace, name: 'd' })).spec?.replicas).toBe(2)
})
