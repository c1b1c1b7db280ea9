import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { database } from '../data/database.ts'
import { joinPage, type TestPage } from '../testing/page.ts'
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
const steps = ({ got }: TestPage) => {
  const last = got.findLast((message) => message.type === 'steps')
  return [last?.undo?.text, last?.redo?.text]
}
const moves = ({ got }: TestPage) => got.filter(({ type }) => type === 'moved').length

/** Presses undo or redo and waits until it is done. */
async function press(page: TestPage, to: 'undo' | 'redo'): Promise<void> {
  const before = moves(page)
  page.send({ type: 'step', to })
  await page.until((it) => moves(it) > before)
}

async function atHome() {
  const clusters = createClusterService()
  const ref = somebody()
  return { clusters, ref, page: await joinPage(clusters, ref) }
}

describe('undo and redo', () => {
  test('take a deletion back and do it again, and say which', async () => {
    const { clusters, page } = await atHome()
    await page.run('kubectl create service clusterip web --tcp=80')
    await page.run('kubectl delete svc web')
    expect(steps(page)).toEqual(['kubectl delete svc web', undefined])
    await press(page, 'undo')
    await page.until((it) => it.output().includes('↶ undid: kubectl delete svc web'))
    expect(steps(page)).toEqual(['kubectl create service clusterip web --tcp=80', 'kubectl delete svc web'])
    expect(await page.run('kubectl get svc web -o name')).toContain('service/web')
    await press(page, 'redo')
    await page.until((it) => it.output().includes('↷ redid: kubectl delete svc web'))
    expect(await page.run('kubectl get svc web')).toContain('NotFound')
    expect(steps(page)).toEqual(['kubectl delete svc web', undefined])
    await clusters.flush()
  })

  test('make a step of what changes something, and of nothing else', async () => {
    const { clusters, page } = await atHome()
    for (const line of [
      'kubectl get pods',
      'kubectl create configmap a --dry-run=server',
      'kubectl delete svc none',
      'kubectl auth can-i get pods',
      'cat /etc/hosts; ls; cd /tmp',
      'kubectl api-resources > /dev/null',
    ])
      await page.run(line)
    expect(steps(page)).toEqual([undefined, undefined])
    await page.run('for i in 1 2 3; do kubectl create configmap c$i; done; echo x > f')
    await page.run('echo y > g')
    await page.run('kubectl apply -f nothing.yml')
    expect(steps(page)[0]).toBe('echo y > g')
    await press(page, 'undo')
    expect(await page.run('ls')).not.toMatch(/\bg\b/)
    await press(page, 'undo')
    expect(await page.run('ls; kubectl get cm')).not.toMatch(/\bf\b|c3/)
    expect(steps(page)[0]).toBeUndefined()
    await clusters.flush()
  })

  test('something new makes what was undone be gone', async () => {
    const { clusters, page } = await atHome()
    await page.run('kubectl create configmap one')
    await press(page, 'undo')
    await page.run('kubectl create configmap two')
    expect(steps(page)).toEqual(['kubectl create configmap two', undefined])
    page.send({ type: 'step', to: 'redo' })
    expect(await page.run('kubectl get configmap one two')).toMatch(/two[\s\S]*"one" not found/)
    await clusters.flush()
  })

  test('keep the screen, the directory, the history and what stood at the prompt', async () => {
    const { clusters, page } = await atHome()
    await page.run('echo remembered && export COLOUR=blue && cd /tmp')
    await page.run('kubectl create configmap one')
    page.send({ type: 'input', terminal: 1, data: 'echo half' })
    await page.until((it) => it.output().endsWith('echo half'))
    const shown = page.output()
    await press(page, 'undo')
    await page.until((it) => it.output().endsWith('echo half'))
    expect(page.output().startsWith(shown)).toBe(true)
    page.send({ type: 'input', terminal: 1, data: ' $COLOUR $PWD\r' })
    await page.until((it) => it.output().includes('half blue /tmp'))
    expect(await page.run('history | tail -n 3')).toContain('kubectl create configmap one')
    await clusters.flush()
  })

  test('end what runs, and say so', async () => {
    const { clusters, page } = await atHome()
    await page.run('kubectl create configmap one')
    page.send({ type: 'run', terminal: 1, line: 'watch -n 1 kubectl get cm' })
    await page.until((it) => it.output().includes('Every 1.0s'))
    await press(page, 'undo')
    await page.until((it) => /undid: kubectl create configmap one\r?\n {2}The shell here began/.test(it.output()))
    expect(await page.run('kubectl get cm one')).toContain('NotFound')
    await clusters.flush()
  })

  test('leave the learner on the machine where they were, as a later server does', async () => {
    const { clusters, ref, page } = await atHome()
    page.send({ type: 'run', terminal: 1, line: 'ssh node01' })
    await page.until((it) => it.output().endsWith('root@node01:~# '))
    await page.run('mkdir -p /srv/here && cd /srv/here && echo x > f')
    await page.run('echo y > g')
    await press(page, 'undo')
    expect(await page.run('pwd; ls; hostname')).toMatch(/\/srv\/here\r?\nf\r?\nnode01/)
    expect(page.output()).not.toContain('began anew')
    await clusters.flush()
    const later = createClusterService()
    const again = await joinPage(later, ref)
    expect(await again.run('hostname; history | head -n 1')).toMatch(/node01[\s\S]*mkdir -p \/srv\/here/)
    expect(await again.run('exit')).toMatch(/logout\r?\nConnection to node01 closed.\r?\n.*laptop:~\$ $/)
    await later.flush()
  })

  test('work on files of nodes and containers, and on units', async () => {
    const { clusters, page } = await atHome()
    await page.run('kubectl run box --image=busybox -- sleep 9999')
    await page.run('kubectl wait --for=condition=Ready pod/box')
    await page.run('kubectl exec box -- touch /tmp/here')
    expect(steps(page)[0]).toBe('kubectl exec box -- touch /tmp/here')
    await page.run('ssh node01 sudo systemctl stop kubelet')
    expect(steps(page)[0]).toBe('ssh node01 sudo systemctl stop kubelet')
    await press(page, 'undo')
    expect(await page.run('ssh node01 systemctl is-active kubelet')).toContain('active')
    await press(page, 'undo')
    expect(await page.run('kubectl exec box -- ls /tmp')).not.toContain('here')
    await clusters.flush()
  })

  test('know what a kubectl from outside did, all that came together as one', async () => {
    const { clusters, ref, page } = await atHome()
    const create = (name: string) =>
      new Promise((resolve) => {
        const body = JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } })
        const headers = { 'content-type': 'application/json' }
        clusters.request(
          ref,
          { method: 'POST', path: '/api/v1/namespaces/default/configmaps', headers, body },
          { head: resolve, chunk: () => undefined, end: () => undefined },
        )
      })
    await create('far')
    await create('away')
    expect(steps(page)[0]).toBe('POST default/configmaps')
    await press(page, 'undo')
    expect(await page.run('kubectl get cm far away')).toMatch(/"far" not found[\s\S]*"away" not found/)
    await clusters.flush()
  })

  test('are there in a later server, and after a server that ended without a word', async () => {
    const { clusters, ref, page } = await atHome()
    await page.run('kubectl create configmap one')
    await page.run('kubectl create configmap two')
    await press(page, 'undo')
    // Nothing is flushed here: what the page was told is in the database.
    const later = createClusterService()
    const again = await joinPage(later, ref)
    expect(steps(again)).toEqual(['kubectl create configmap one', 'kubectl create configmap two'])
    await press(again, 'redo')
    expect(await again.run('kubectl get cm one two -o name')).toMatch(/one[\s\S]*two/)
    await press(again, 'undo')
    await press(again, 'undo')
    expect(await again.run('kubectl get cm -o name')).not.toMatch(/one|two/)
    await Promise.all([clusters.flush(), later.flush()])
  })

  test('are kept to a number, the oldest going first', async () => {
    const { clusters, ref, page } = await atHome()
    for (let i = 0; i < BUDGETS.steps + 2; i++) await page.run(`echo ${i} > f`)
    await clusters.flush()
    const kept = await database().step.findMany({ where: { learnerId: ref.learnerId }, orderBy: { number: 'asc' } })
    expect(kept.map(({ label }) => label).slice(0, 2)).toEqual(['echo 2 > f', 'echo 3 > f'])
    expect(kept).toHaveLength(BUDGETS.steps)
    expect(kept.every(({ state, size }) => state.length === size)).toBe(true)
  })

  test('a step that cannot be read is refused, and the cluster stays', async () => {
    const { clusters, ref, page } = await atHome()
    await page.run('kubectl create configmap one')
    await page.run('kubectl create configmap two')
    await database().step.updateMany({ where: { learnerId: ref.learnerId }, data: { state: '{}' } })
    page.send({ type: 'step', to: 'undo' })
    await page.until(({ got }) => got.some((message) => message.type === 'notice' && message.code === 'not-moved'))
    expect(await page.run('kubectl get cm two -o name')).toContain('two')
    await clusters.flush()
  })
})

describe('reset', () => {
  test('builds the cluster anew in front of the page; its undo brings back what was', async () => {
    const { clusters, ref, page } = await atHome()
    await page.run('kubectl create configmap precious')
    await page.run('alias kubectl=false; cd /tmp')
    await clusters.reset(ref)
    expect(page.got).toContainEqual({ type: 'moved', how: 'reset', label: { kind: 'reset', text: '' } })
    expect(await page.run('kubectl get configmap precious; pwd')).toMatch(/NotFound[\s\S]*\/home\/learner/)
    await press(page, 'undo')
    expect(await page.run('kubectl get configmap precious -o name')).toContain('configmap/precious')
    await press(page, 'redo')
    expect(await page.run('kubectl get configmap precious')).toContain('NotFound')
    await clusters.flush()
  })
})

describe('checkpoints', () => {
  test('are gone back to, in a later server too, as a step that can be undone', async () => {
    const { clusters, ref, page } = await atHome()
    await page.run('kubectl create configmap early')
    const saved = await clusters.saveCheckpoint(ref, 'before the storm')
    if (typeof saved === 'string') throw new Error(saved)
    await page.run('kubectl delete configmap early')
    await clusters.flush()
    const later = createClusterService()
    const again = await joinPage(later, ref)
    expect(await later.goToCheckpoint(ref, saved.id)).toBe(true)
    expect(await again.run('kubectl get cm early -o name')).toContain('early')
    expect(steps(again)[0]).toBe('before the storm')
    await press(again, 'undo')
    expect(await again.run('kubectl get cm early')).toContain('NotFound')
    expect(await later.goToCheckpoint(ref, randomUUID())).toBe(false)
    expect(await later.goToCheckpoint({ ...ref, workspace: 'lesson:why-services' }, saved.id)).toBe(false)
    await later.flush()
  })

  test('are as many as the budget allows, however many are asked for at once', async () => {
    const { clusters, ref } = await atHome()
    const first = await clusters.saveCheckpoint(ref, 'one')
    expect(typeof first).toBe('object')
    await database().checkpoint.createMany({
      data: Array.from({ length: BUDGETS.checkpoints - 2 }, () => ({
        ...ref,
        id: randomUUID(),
        name: 'filler',
        state: '{}',
      })),
    })
    const asked = await Promise.all(['two', 'three', 'four'].map((name) => clusters.saveCheckpoint(ref, name)))
    expect(asked.map((answer) => (typeof answer === 'string' ? answer : answer.name))).toEqual([
      'two',
      'limit',
      'limit',
    ])
    expect(await clusters.saveCheckpoint(ref, 'five')).toBe('limit')
    expect(await clusters.saveCheckpoint(ref, 'six')).toBe('limit')
    expect(await clusters.saveCheckpoint(ref, 'seven')).toBe('too-fast')
    await clusters.flush()
  })
})

describe('a shared state', () => {
  test('opens as a copy of one’s own, again and again, and holds nothing of the session', async () => {
    const clusters = createClusterService()
    const ref = somebody('lesson:why-services')
    const owner = await joinPage(clusters, ref)
    await owner.run('export SECRET_WORD=xyzzy; echo secret-line > /dev/null')
    await owner.run('kubectl create configmap shown')
    await clusters.issueApiKey(ref)
    const link = await clusters.share(ref)
    if (typeof link === 'string') throw new Error(link)
    await owner.run('kubectl delete configmap shown')
    const row = await database().sharedState.findUniqueOrThrow({ where: { id: link.id } })
    const text = await (await import('../data/packed-text.ts')).unpackText(row.state)
    expect(text).not.toMatch(/xyzzy|secret-line|kubectl create|scrollback|history/)
    expect(Object.keys(JSON.parse(text))).toEqual(['snapshot'])

    const copy = { learnerId: randomUUID(), workspace: `shared:${link.id}` }
    const visitor = await joinPage(clusters, copy)
    expect(await visitor.run('kubectl get cm shown -o name')).toContain('shown')
    expect(visitor.output()).not.toContain('kubectl create configmap')
    await visitor.run('kubectl delete cm shown; kubectl create cm mine')
    await clusters.reset(copy)
    expect(await visitor.run('kubectl get cm -o name')).toMatch(/shown/)
    await expect(clusters.grade(copy)).rejects.toMatchObject({ code: 'not-found' })
    const other = await joinPage(clusters, { ...copy, learnerId: randomUUID() })
    expect(await other.run('kubectl get cm -o name')).not.toContain('mine')
    await clusters.flush()
  })

  test('opens nothing once it has expired; a copy that was made stays', async () => {
    const { clusters, ref, page } = await atHome()
    await page.run('kubectl create configmap shown')
    const link = await clusters.share(ref)
    if (typeof link === 'string') throw new Error(link)
    const copy = { learnerId: randomUUID(), workspace: `shared:${link.id}` }
    const visitor = await joinPage(clusters, copy)
    await visitor.run('kubectl create configmap own')
    await database().sharedState.update({ where: { id: link.id }, data: { expiresAt: new Date(0) } })
    await clusters.flush()
    const later = createClusterService()
    const again = await joinPage(later, copy)
    expect(await again.run('kubectl get cm own -o name')).toContain('own')
    await expect(later.reset(copy)).rejects.toMatchObject({ code: 'not-found' })
    const stranger = { learnerId: randomUUID(), workspace: copy.workspace }
    await expect(joinPage(later, stranger)).rejects.toMatchObject({ code: 'not-found' })
    await later.flush()
  })
})
