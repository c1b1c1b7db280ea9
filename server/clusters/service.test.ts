import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ApiRequest } from '../../emulator/index.ts'
import { clusterBySecret, revokeApiKey } from '../data/api-keys.ts'
import { loadCluster } from '../data/clusters.ts'
import type { ServerMessage } from '../protocol.ts'
import { joinPage } from '../testing/page.ts'
import { temporaryDatabase } from '../testing/temporary-database.ts'
import { BUDGETS } from './budgets.ts'
import type { ClusterRef } from './seam.ts'
import { createClusterService } from './service.ts'

let removeDatabase: () => Promise<void>
beforeAll(async () => {
  removeDatabase = await temporaryDatabase()
}, 60_000)
afterAll(() => removeDatabase())

const somebody = (workspace = 'home'): ClusterRef => ({ learnerId: randomUUID(), workspace })

describe('a page at a cluster', () => {
  test('gets a terminal, types, and sees the topology change', async () => {
    const clusters = createClusterService()
    const page = await joinPage(clusters, somebody())
    expect(page.got[0]).toEqual({ type: 'ready', terminals: [1], restored: false })
    expect(await page.run('kubectl get svc')).toMatch(
      /NAME +TYPE +CLUSTER-IP[\s\S]*kubernetes +ClusterIP +10\.96\.0\.1/,
    )
    await page.run('kubectl create service nodeport web --tcp=80:80')
    await page.until(({ got }) =>
      got.some((message) => message.type === 'topology' && message.view.services.some(({ name }) => name === 'web')),
    )
    await clusters.flush()
  })

  test('sees what the cluster makes of a command, without another key pressed', async () => {
    const clusters = createClusterService()
    const page = await joinPage(clusters, somebody('lesson:why-services'))
    await page.run('kubectl expose deployment image-backend --name=photos --port=8080')
    await page.until(({ got }) => {
      const topology = got.findLast((message) => message.type === 'topology')
      return topology?.view.services.find(({ name }) => name === 'photos')?.endpoints.length === 3
    })
    await clusters.flush()
  })

  test('that comes back gets what it missed, and nothing twice', async () => {
    const clusters = createClusterService()
    const ref = somebody()
    const first = await joinPage(clusters, ref)
    await first.run('echo before')
    const { seen } = first
    first.leave()
    const other = await joinPage(clusters, ref)
    await other.run('echo meanwhile')
    const again = await joinPage(clusters, ref, { seen })
    await again.until((page) => page.output().includes('meanwhile'))
    expect(again.output()).not.toContain('before')
    await clusters.flush()
  })

  test('sees the last request again and what decided it, in a later server too', async () => {
    const ref = somebody()
    const first = createClusterService()
    const page = await joinPage(first, ref)
    await page.run('curl -sS -m 1 http://10.96.0.1')
    await first.flush()
    const later = createClusterService()
    const again = await joinPage(later, ref)
    await again.until(({ got }) => got.some(({ type }) => type === 'trace'))
    const { trace } = again.got.find((message) => message.type === 'trace') ?? {}
    expect(trace?.to).toBe('http://10.96.0.1')
    expect(trace?.hops[trace.decides ?? -1]?.code).toBe('service-network-not-routed')
    await later.flush()
  })

  test('sees what a Pod that kubectl run makes has sent', async () => {
    const clusters = createClusterService()
    const page = await joinPage(clusters, somebody())
    await page.run('kubectl run asker --rm -i --restart=Never --image=busybox -- wget -T 1 -qO- http://nobody')
    await page.until(({ got }) => got.some((one) => one.type === 'trace' && one.trace.from.name === 'asker'))
    await clusters.flush()
  })

  test('another learner has another cluster', async () => {
    const clusters = createClusterService()
    const [mine, theirs] = [await joinPage(clusters, somebody()), await joinPage(clusters, somebody())]
    await mine.run('kubectl create configmap mine')
    expect(await theirs.run('kubectl get configmap mine')).toContain('Error from server (NotFound)')
    await clusters.flush()
  })

  test('has as many terminals as the budget allows', async () => {
    const clusters = createClusterService()
    const page = await joinPage(clusters, somebody())
    const { terminalsPerCluster } = BUDGETS
    for (let i = 0; i < terminalsPerCluster; i++) page.send({ type: 'open', columns: 80, rows: 24 })
    expect(page.got.filter(({ type }) => type === 'opened')).toHaveLength(terminalsPerCluster - 1)
    expect(page.got).toContainEqual({ type: 'notice', code: 'too-many-terminals' })
    page.send({ type: 'close', terminal: 2 })
    page.send({ type: 'open', columns: 80, rows: 24 })
    expect(page.got.at(-1)).toEqual({ type: 'opened', terminal: 2 })
    await clusters.flush()
  })

  test('no such workspace', async () => {
    await expect(joinPage(createClusterService(), somebody('lesson:there-is-none'))).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('goals of a lesson', () => {
  const lesson = () => somebody('lesson:why-services')
  const EXPOSE = 'kubectl expose deployment image-backend --name=photos --port=8080 --target-port=9376'
  const reached = ({ got }: { readonly got: readonly ServerMessage[] }) =>
    got.findLast((message) => message.type === 'goals')?.reached

  test('are told to all pages when the cluster gets there, and stay reached', async () => {
    const clusters = createClusterService()
    const ref = lesson()
    const [page, other] = [await joinPage(clusters, ref), await joinPage(clusters, ref)]
    expect(reached(page)).toEqual([])
    await page.run(EXPOSE)
    await Promise.all([page, other].map((one) => one.until((it) => reached(it)?.includes('second-door') === true)))
    expect((await loadCluster(ref.learnerId, ref.workspace))?.state).toContain('"goals":["second-door"]')
    await page.run('kubectl delete service photos')
    await clusters.flush()

    const later = createClusterService()
    const again = await joinPage(later, ref)
    expect(reached(again)).toEqual(['second-door'])
    await later.flush()
  })

  test('begin anew with the lesson, and come back when the reset is undone', async () => {
    const clusters = createClusterService()
    const ref = lesson()
    const page = await joinPage(clusters, ref)
    await page.run(EXPOSE)
    await page.until((it) => reached(it)?.length === 1)
    await clusters.reset(ref)
    expect(reached(page)).toEqual([])
    await clusters.step(ref, 'undo')
    expect(reached(page)).toEqual(['second-door'])
    await clusters.flush()
  })

  test('are nothing that other workspaces hear of', async () => {
    const clusters = createClusterService()
    const page = await joinPage(clusters, somebody())
    await page.run(EXPOSE)
    expect(reached(page) === undefined).toBe(true)
    await clusters.flush()
  })
})

describe('what is kept', () => {
  test('nothing, of a visit in which nothing was typed', async () => {
    const clusters = createClusterService()
    const ref = somebody()
    const page = await joinPage(clusters, ref)
    await page.until(({ output }) => output() !== '')
    await clusters.flush()
    expect((await loadCluster(ref.learnerId, ref.workspace)) === undefined).toBe(true)
  })

  test('cluster, files, shell and screen, when the server ends and another starts', async () => {
    const ref = somebody()
    const before = createClusterService()
    const page = await joinPage(before, ref)
    await page.run('kubectl create configmap kept')
    await page.run('mkdir -p d && cd d && echo hello > f && export COLOUR=blue')
    await before.flush()

    const after = createClusterService()
    const again = await joinPage(after, ref, { seen: page.seen })
    expect(again.got[0]).toEqual({ type: 'ready', terminals: [1], restored: true })
    await again.until(({ output }) => output().includes('configmap/kept created'))
    expect(await again.run('kubectl get configmap kept -o name')).toContain('configmap/kept')
    expect(await again.run('cat f; echo $COLOUR')).toMatch(/hello\r?\nblue/)
    expect(again.got.some(({ type }) => type === 'notice')).toBe(false)
    await after.flush()
  })

  test('is written soon after a command, without anybody asking', async () => {
    const clusters = createClusterService()
    const ref = somebody()
    const page = await joinPage(clusters, ref)
    await page.run('kubectl create configmap soon')
    const started = performance.now()
    let state = ''
    while (!state.includes('"soon"') && performance.now() - started < 5000) {
      state = (await loadCluster(ref.learnerId, ref.workspace))?.state ?? ''
      await new Promise(setImmediate)
    }
    expect(state).toContain('"soon"')
    await clusters.flush()
  })

  test('a command that ran when the server ended: the learner is told', async () => {
    const ref = somebody()
    const before = createClusterService()
    const page = await joinPage(before, ref)
    await page.run('true')
    page.send({ type: 'run', terminal: 1, line: 'sleep 1000' })
    await before.flush()
    const after = createClusterService()
    const again = await joinPage(after, ref)
    expect(again.got).toContainEqual({ type: 'notice', code: 'restarted' })
    await after.flush()
  })

  test('a state that cannot be read gives a fresh cluster', async () => {
    const ref = somebody()
    const before = createClusterService()
    await (await joinPage(before, ref)).run('true')
    await before.flush()
    const { database } = await import('../data/database.ts')
    await database().workspace.updateMany({ where: { learnerId: ref.learnerId }, data: { state: '{"version":0}' } })
    const after = createClusterService()
    expect(await (await joinPage(after, ref)).run('kubectl get svc')).toContain('kubernetes')
    await after.flush()
  })
})

describe('a real kubectl', () => {
  test('finds the cluster by its secret, and what it does shows in the topology', async () => {
    const clusters = createClusterService()
    const ref = somebody()
    const page = await joinPage(clusters, ref)
    const secret = await clusters.issueApiKey(ref)
    expect(await clusterBySecret(secret)).toEqual(ref)
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'far' },
      spec: { ports: [{ port: 80 }] },
    }
    const request: ApiRequest = {
      method: 'POST',
      path: '/api/v1/namespaces/default/services',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(service),
    }
    const status = await new Promise((resolve) => {
      clusters.request(ref, request, { head: resolve, chunk: () => undefined, end: () => undefined })
    })
    expect(status).toBe(201)
    expect((await loadCluster(ref.learnerId, ref.workspace))?.state).toContain('"far"')
    await page.until(({ got }) =>
      got.some((message) => message.type === 'topology' && message.view.services.some(({ name }) => name === 'far')),
    )
    await clusters.flush()
  })

  test('is let in until the kubeconfig is replaced or revoked', async () => {
    const clusters = createClusterService()
    const ref = somebody()
    const first = await clusters.issueApiKey(ref)
    const second = await clusters.issueApiKey(ref)
    expect(await clusterBySecret(first)).toBeUndefined()
    expect(await clusterBySecret(second)).toEqual(ref)
    await revokeApiKey(ref)
    expect(await clusterBySecret(second)).toBeUndefined()
    await clusters.flush()
  })

  test('execs, and is told of the end when what was written is in the database', async () => {
    const clusters = createClusterService()
    const ref = somebody()
    const command = ['sh', '-c', 'echo kept > /tmp/kept; echo done']
    const page = await joinPage(clusters, ref)
    await page.run('kubectl run box --image=busybox -- sleep 9999')
    await page.run('kubectl wait --for=condition=Ready pod/box')
    const answer = await clusters.connect(ref, {
      method: 'GET',
      path: '/api/v1/namespaces/default/pods/box/exec',
      query: { command, stdout: 'true', stderr: 'true' },
      headers: { upgrade: 'websocket' },
    })
    if (answer.type !== 'open') throw new Error(answer.body)
    const got: string[] = []
    const end = await new Promise((resolve) => {
      answer.handle.begin((message) => {
        if (message.type === 'output') got.push(new TextDecoder().decode(message.data))
        if (message.type === 'exit' || message.type === 'failed') resolve(message)
        return true
      })
    })
    expect([got.join(''), end]).toEqual(['done\n', { type: 'exit', code: 0, command }])
    expect((await loadCluster(ref.learnerId, ref.workspace))?.state).toContain('/tmp/kept')
    answer.handle.end()
    await clusters.flush()
  })

  test('may not ask without end', async () => {
    const clusters = createClusterService()
    const ref = somebody()
    const ask = () =>
      new Promise<number>((resolve) => {
        const request = { method: 'GET', path: '/version' } as const
        clusters.request(ref, request, { head: resolve, chunk: () => undefined, end: () => undefined })
      })
    const statuses = await Promise.all(Array.from({ length: 600 }, ask))
    expect(new Set(statuses)).toEqual(new Set([200, 429]))
    await clusters.flush()
  })
})
