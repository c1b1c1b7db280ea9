import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ApiRequest, createCluster, restoreCluster } from '../../emulator/index.ts'
import { createLine } from './line.ts'
import { recordedCluster } from './recorded-cluster.ts'
import { createRecorder } from './recorder.ts'
import { createTimeline } from './timeline.ts'

const configMap = (name: string, query = {}): ApiRequest => ({
  method: 'POST',
  path: '/api/v1/namespaces/default/configmaps',
  query,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } }),
})

function setUp() {
  const plain = createCluster({ seed: 'steps', startTime: Date.UTC(2026, 0, 1) })
  const timeline = createTimeline(1, [])
  let now = 0
  const recorder = createRecorder(
    timeline,
    () => ({ snapshot: plain.snapshot() }),
    () => undefined,
    () => now,
  )
  let line = createLine('command', 'first')
  return {
    plain,
    timeline,
    recorder,
    cluster: recordedCluster(
      plain,
      recorder.by(() => line),
    ),
    enter: (text: string) => {
      line = createLine('command', text)
    },
    pass: (ms: number) => {
      now += ms
    },
    states: () => timeline.changes().written.map(({ state }) => state),
  }
}

describe('a line', () => {
  test('is one step however much it changes, and the step holds what was before all of it', () => {
    const { cluster, states, plain } = setUp()
    const before = JSON.stringify(plain.snapshot())
    cluster.request(configMap('a'))
    cluster.request(configMap('b'))
    cluster.machine('node01')?.files.write('/etc/note', 'x')
    cluster.run(60_000)
    expect(states().map((state) => JSON.stringify(state.snapshot))).toEqual([before])
  })

  test('that changes nothing is no step', () => {
    const { cluster, timeline } = setUp()
    cluster.request({ method: 'GET', path: '/api/v1/pods' })
    cluster.request(configMap('a', { dryRun: 'All' }))
    cluster.request(configMap('Not A Name'))
    cluster.request({ method: 'DELETE', path: '/api/v1/namespaces/default/configmaps/none' })
    cluster.machine('laptop')?.files.makeDirectory('/home/learner/.kube/cache/discovery')
    expect(() => cluster.machine('laptop')?.files.write('/no/such/directory', '')).toThrow()
    expect(timeline.at).toBe(1)
  })

  test.each([
    ['a file', ({ cluster }: ReturnType<typeof setUp>) => cluster.machines[0]?.files.write('/etc/x', '')],
    ['a unit', ({ cluster }: ReturnType<typeof setUp>) => cluster.setUnit('node01', 'kubelet', 'stopped')],
    ['power', ({ cluster }: ReturnType<typeof setUp>) => cluster.setPower('node01', false)],
    ['an image', ({ cluster }: ReturnType<typeof setUp>) => cluster.nodeImages('node01').pull('nginx')],
  ])('that changes %s is a step', (_, change) => {
    const world = setUp()
    change(world)
    expect(world.timeline.undo?.text).toBe('first')
  })

  test('after another one is another step, which a later change of the first does not spoil', () => {
    const { cluster, enter, timeline, states } = setUp()
    cluster.request(configMap('a'))
    enter('second')
    cluster.request(configMap('b'))
    expect(timeline.undo?.text).toBe('second')
    const last = states()[1]
    if (!last) throw new Error('there is no second step')
    const list = { method: 'GET', path: '/api/v1/namespaces/default/configmaps' } as const
    expect(JSON.stringify(restoreCluster(last.snapshot).request(list).body)).toContain('"a"')
  })
})

test('a cluster whose place another took makes no steps, whatever still runs on it', () => {
  const { cluster, recorder, timeline } = setUp()
  recorder.stop()
  cluster.request(configMap('late'))
  expect(timeline.at).toBe(1)
})

describe('what comes from outside', () => {
  test('is one step as long as it comes without a pause', () => {
    const { recorder, pass } = setUp()
    const first = recorder.outside('POST default/services')
    pass(1500)
    expect(recorder.outside('POST default/configmaps')).toBe(first)
    pass(1500)
    expect(recorder.outside('POST default/secrets')).toBe(first)
    pass(2500)
    expect(recorder.outside('DELETE services/web').label.text).toBe('DELETE services/web')
  })
})

describe('the name of a line', () => {
  test('is its first row, short, of letters that a database takes, whatever was typed', () => {
    expect(createLine('command', 'cat <<E > f\nhello\nE').label.text).toBe('cat <<E > f …')
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff), { maxLength: 230 }), (codes) => {
        const { label } = createLine('command', String.fromCharCode(...codes))
        expect([...label.text].length).toBeLessThanOrEqual(202)
        expect(label.text).not.toMatch(/[\p{Cc}\p{Cs}]/u)
      }),
    )
  })
})
