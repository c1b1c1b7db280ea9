import { describe, expect, it } from 'vitest'
import { modified } from '../api/errors.ts'
import { createApiServer } from '../api/server.ts'
import type { ConfigMap, CoreV1Event } from '../generated/types.ts'
import { configMap } from '../kinds/config-map.ts'
import { event } from '../kinds/event.ts'
import { kinds } from '../kinds/index.ts'
import { createRandom } from '../sim/random.ts'
import { createScheduler } from '../sim/scheduler.ts'
import { type ControllerDefinition, defineController } from './controller.ts'
import { createRecorder, type EventBudget } from './recorder.ts'
import { createControllerRunner } from './runner.ts'

const start = Date.UTC(2026, 10, 21, 9)

function lab(reconcile: ControllerDefinition['reconcile']) {
  const scheduler = createScheduler(start)
  const random = createRandom('runner')
  const api = createApiServer({ kinds, clock: scheduler, queue: scheduler, random })
  const objects = api.client({ name: 'system:admin', groups: ['system:masters'] }, 'test')
  const budget: EventBudget = new Map()
  const recorder = (component: string) => createRecorder({ objects, clock: scheduler, budget, component })
  const controller = defineController({ name: 'test-controller', for: configMap, delayMs: [5, 5], reconcile })
  const options = { definitions: () => [controller], objects, clock: scheduler, queue: scheduler, random, recorder }
  const runner = createControllerRunner(options)
  api.store.put('namespaces', 'default', { metadata: { name: 'default' } })
  api.store.subscribe(runner.changed)
  const write = (value: string) => {
    const metadata = { name: 'a', namespace: 'default' }
    const old = objects.get(configMap, 'default', 'a')
    const object: ConfigMap = {
      ...old,
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: old?.metadata ?? metadata,
      data: { value },
    }
    return old ? objects.update(configMap, object) : objects.create(configMap, object)
  }
  return { scheduler, objects, runner, recorder, budget, write }
}

describe('a runner', () => {
  it('reconciles once for several changes', () => {
    const seen: (string | undefined)[] = []
    const { scheduler, write } = lab((key, { objects }) => {
      seen.push(objects.get(configMap, key.namespace, key.name)?.data?.value)
      return undefined
    })
    write('1')
    write('2')
    scheduler.runUntil(start + 1000)
    expect(seen).toEqual(['2'])
    write('2')
    expect(scheduler.nextAt()).toBeUndefined()
  })

  it('comes back when asked to, in the background if so said', () => {
    const times: number[] = []
    const { scheduler, write } = lab((_, { now }) => {
      times.push(now - start)
      return times.length < 3 ? { requeueAfterMs: 1000, background: true } : undefined
    })
    write('1')
    scheduler.runUntil(start + 10)
    expect(scheduler.nextAt('foreground')).toBeUndefined()
    scheduler.runUntil(start + 10_000)
    expect(times).toEqual([5, 1005, 2005])
  })

  it('backs off from conflicts, and lets bugs through', () => {
    const times: number[] = []
    const { scheduler, write, runner } = lab((_, { now }) => {
      times.push(now - start)
      if (times.length < 4) throw modified({ group: '', plural: 'configmaps' }, 'a')
      return undefined
    })
    write('1')
    scheduler.runUntil(start + 1000)
    expect(times).toEqual([5, 10, 20, 40])
    expect(runner.failures.size).toBe(0)
    const broken = lab(() => {
      throw new TypeError('a bug')
    })
    broken.write('1')
    expect(() => broken.scheduler.runUntil(start + 1000)).toThrow('a bug')
  })

  it('takes up only jobs of its own', () => {
    const { runner, scheduler } = lab(() => undefined)
    expect(runner.resume('reconcile test-controller default/a', start + 10, false)).toBe(true)
    expect(runner.resume('container/abc', start + 10, false)).toBe(false)
    expect(runner.resume('reconcile another default/a', start + 10, false)).toBe(false)
    expect(scheduler.nextAt()).toBe(start + 10)
  })
})

describe('a recorder', () => {
  const record = () => {
    const { recorder, write, objects, scheduler, budget } = lab(() => undefined)
    const about = write('1')
    const events = (): readonly CoreV1Event[] => objects.list(event)
    return { recorder: recorder('test'), about, events, scheduler, budget }
  }

  it('counts the same again', () => {
    const { recorder, about, events, scheduler } = record()
    recorder.event(about, 'Normal', 'Seen', 'again')
    scheduler.runUntil(start + 5000)
    recorder.event(about, 'Normal', 'Seen', 'again')
    expect(events()).toMatchObject([
      {
        count: 2,
        firstTimestamp: '2026-11-21T09:00:00Z',
        lastTimestamp: '2026-11-21T09:00:05Z',
        source: { component: 'test' },
      },
    ])
  })

  it('combines what differs in its words alone, and drops a flood', () => {
    const { recorder, about, events } = record()
    for (let i = 0; i < 12; i++) recorder.event(about, 'Warning', 'Failed', `attempt ${i}`)
    expect(events()).toHaveLength(11)
    expect(events().at(-1)).toMatchObject({ message: '(combined from similar events): attempt 10', count: 2 })
    for (let i = 0; i < 40; i++) recorder.event(about, 'Normal', `Reason${i}`, 'text')
    expect(events()).toHaveLength(11 + 13)
  })

  it('forgets what has been silent long enough to be full again', () => {
    const { recorder, about, scheduler, budget } = record()
    recorder.event(about, 'Normal', 'Seen', 'text')
    scheduler.runUntil(start + 7_499_999)
    recorder.event({ ...about, metadata: { ...about.metadata, uid: 'other' } }, 'Normal', 'Seen', 'text')
    expect(budget.size).toBe(2)
    scheduler.runUntil(start + 7_500_000)
    recorder.event({ ...about, metadata: { ...about.metadata, uid: 'third' } }, 'Normal', 'Seen', 'text')
    expect(budget.size).toBe(2)
  })

  it('keeps events of one instant in their order', () => {
    const { recorder, about, events } = record()
    for (const reason of ['Pulled', 'Created', 'Started']) recorder.event(about, 'Normal', reason, 'text')
    expect(events().map(({ reason }) => reason)).toEqual(['Pulled', 'Created', 'Started'])
  })
})
