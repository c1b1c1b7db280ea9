import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createKeeper } from './keeper.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('keeper', () => {
  test('many changes by a learner are one write, within a second', async () => {
    const write = vi.fn(async () => undefined)
    const keeper = createKeeper(write, () => undefined)
    for (let i = 0; i < 20; i++) keeper.changedByLearner()
    await vi.advanceTimersByTimeAsync(1000)
    expect(write).toHaveBeenCalledTimes(1)
  })

  test("the cluster's own changes wait, but not behind a learner's", async () => {
    const write = vi.fn(async () => undefined)
    const keeper = createKeeper(write, () => undefined)
    keeper.changedByItself()
    await vi.advanceTimersByTimeAsync(1000)
    expect(write).not.toHaveBeenCalled()
    keeper.changedByLearner()
    await vi.advanceTimersByTimeAsync(1000)
    expect(write).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(write).toHaveBeenCalledTimes(1)
  })

  test('a flush during a write waits for it and then writes what came in between', async () => {
    const finished: string[] = []
    const releases: (() => void)[] = []
    const keeper = createKeeper(
      () => new Promise((resolve) => releases.push(() => resolve(void finished.push('written')))),
      () => undefined,
    )
    keeper.changedByLearner()
    const first = keeper.flush()
    await vi.advanceTimersByTimeAsync(0)
    keeper.changedByLearner()
    const second = keeper.flush()
    releases[0]?.()
    await first
    expect(finished).toEqual(['written'])
    await vi.advanceTimersByTimeAsync(0)
    releases[1]?.()
    await second
    expect(finished).toEqual(['written', 'written'])
  })

  test('a failed write is told and tried again', async () => {
    const errors: unknown[] = []
    let broken = true
    const write = vi.fn(async () => {
      if (broken) throw new Error('no database')
    })
    const keeper = createKeeper(write, (error) => errors.push(error))
    keeper.changedByLearner()
    await vi.advanceTimersByTimeAsync(1000)
    expect(errors).toHaveLength(1)
    broken = false
    await vi.advanceTimersByTimeAsync(20_000)
    expect(write).toHaveBeenCalledTimes(2)
  })
})
