import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createScheduler } from './scheduler.ts'

test('runs jobs in order of time, then of scheduling, at their own time', () => {
  const scheduler = createScheduler(1000)
  const ran: [string, number][] = []
  const job = (name: string) => () => ran.push([name, scheduler.now()])
  scheduler.schedule(1200, 'b', job('b'))
  scheduler.schedule(1100, 'a', job('a'))
  scheduler.schedule(1200, 'c', job('c'))
  scheduler.schedule(500, 'late', job('late'))
  scheduler.runUntil(1200)
  expect(ran).toEqual([
    ['late', 1000],
    ['a', 1100],
    ['b', 1200],
    ['c', 1200],
  ])
})

test('keeps one job a key, at the earlier time', () => {
  const scheduler = createScheduler(0)
  const ran: number[] = []
  scheduler.schedule(50, 'x', () => ran.push(50))
  scheduler.schedule(90, 'x', () => ran.push(90))
  scheduler.schedule(10, 'x', () => ran.push(10))
  scheduler.runUntil(100)
  expect(ran).toEqual([10])
})

test('a job may schedule itself again, and background work does not count as foreground', () => {
  const scheduler = createScheduler(0)
  let times = 0
  const again = () => {
    times++
    scheduler.schedule(scheduler.now() + 10, 'tick', again, { background: true })
  }
  again()
  scheduler.runUntil(35)
  expect(times).toBe(4)
  expect(scheduler.nextAt()).toBe(40)
  expect(scheduler.nextAt('foreground')).toBeUndefined()
})

test('work without end within one instant is reported instead of hanging', () => {
  const scheduler = createScheduler(0)
  const again = () => scheduler.schedule(0, 'loop', again)
  again()
  expect(() => scheduler.runUntil(1)).toThrow('last job loop')
})

test('any mix of scheduling and cancelling runs what is left, sorted', () => {
  const step = fc.record({
    key: fc.integer({ min: 0, max: 20 }).map(String),
    at: fc.integer({ min: 0, max: 100 }),
    cancel: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const scheduler = createScheduler(0)
      const model = new Map<string, number>()
      const ran: number[] = []
      for (const { key, at, cancel } of steps) {
        if (cancel) {
          scheduler.cancel(key)
          model.delete(key)
        } else {
          scheduler.schedule(at, key, () => ran.push(scheduler.now()))
          model.set(key, Math.min(at, model.get(key) ?? at))
        }
      }
      scheduler.runUntil(100)
      expect(ran).toEqual([...model.values()].sort((a, b) => a - b))
    }),
  )
})
