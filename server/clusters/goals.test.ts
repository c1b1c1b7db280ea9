import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createCluster } from '../../emulator/index.ts'
import { createGoals } from './goals.ts'

const cluster = createCluster({ blueprint: 'default', seed: 'goals', startTime: 0 })

function goalsWith(judge: (among: readonly string[]) => readonly string[], watched = () => true) {
  const told: unknown[] = []
  const judged = vi.fn((_: unknown, among: readonly string[]) => judge(among))
  const goals = createGoals({
    cluster,
    workspace: 'lesson:nodeport',
    before: ['of-an-older-lesson'],
    tell: (message) => told.push(message),
    watched,
    keep: async () => void told.push('kept'),
    judge: async () => judged,
  })
  return { goals, told, judged }
}

describe('goals', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('are judged once a second, however much changes, until all are reached', async () => {
    const { goals, judged } = goalsWith((among) => among.slice(0, 1))
    for (let i = 0; i < 30; i++) {
      goals.changed()
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(judged.mock.calls.map(([, among]) => among.length)).toEqual([2, 1])
    expect(goals.reached).toEqual(['open-door', 'empty-list'])
  })

  test('are kept before anybody is told', async () => {
    const { goals, told } = goalsWith(() => ['open-door'])
    goals.changed()
    await vi.advanceTimersByTimeAsync(2000)
    expect(told).toEqual(['kept', { type: 'goals', reached: ['open-door'] }])
  })

  test('cost nothing while nobody looks, nothing changes, or the cluster is gone', async () => {
    const unwatched = goalsWith(
      () => [],
      () => false,
    )
    unwatched.goals.changed()
    const still = goalsWith(() => [])
    const gone = goalsWith(() => [])
    gone.goals.changed()
    gone.goals.stop()
    await vi.advanceTimersByTimeAsync(60_000)
    for (const { judged } of [unwatched, still, gone]) expect(judged).not.toHaveBeenCalled()
  })

  test('that cannot be judged are logged and tried again', async () => {
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const { goals, judged } = goalsWith(() => {
      throw new Error('a fault')
    })
    goals.changed()
    await vi.advanceTimersByTimeAsync(1500)
    goals.changed()
    await vi.advanceTimersByTimeAsync(1500)
    expect(judged).toHaveBeenCalledTimes(2)
    expect(log).toHaveBeenCalledTimes(2)
    log.mockRestore()
  })
})
