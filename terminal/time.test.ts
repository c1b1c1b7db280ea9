import { describe, expect, it } from 'vitest'
import type { Cluster } from '../emulator/index.ts'
import { createCluster } from '../emulator/index.ts'
import { virtualTime, wallTime } from './time.ts'

const START = Date.UTC(2026, 0, 5, 9)
const never = new AbortController().signal

function world(): { cluster: Cluster; wall: { now: number } } {
  return { cluster: createCluster({ seed: 'time', startTime: START }), wall: { now: START } }
}

describe('virtualTime', () => {
  it('moves the cluster at once, and not when aborted', async () => {
    const { cluster } = world()
    const time = virtualTime(cluster)
    await time.sleep(5_000, never)
    expect(time.now()).toBe(START + 5_000)
    const stopped = AbortSignal.abort(new Error('stopped'))
    await expect(time.sleep(5_000, stopped)).rejects.toThrow('stopped')
    expect(time.now()).toBe(START + 5_000)
  })
})

describe('wallTime', () => {
  it('follows the wall clock whenever it is asked', () => {
    const { cluster, wall } = world()
    const time = wallTime({ cluster, now: () => wall.now })
    wall.now += 2_500
    expect(time.behind()).toBe(2_500)
    expect(time.now()).toBe(START + 2_500)
    expect(time.behind()).toBe(0)
  })

  it('shortens a long wait and tells the truth about the time', async () => {
    const { cluster, wall } = world()
    const time = wallTime({ cluster, now: () => wall.now, longestWaitMs: 1 })
    await time.sleep(130_000, never)
    expect(time.now()).toBe(START + 129_999)
  })

  it('goes on from where a cluster stands that was moved by hand', () => {
    const { cluster, wall } = world()
    const time = wallTime({ cluster, now: () => wall.now })
    cluster.run(60_000)
    wall.now += 1_000
    time.catchUp()
    expect(time.now()).toBe(START + 60_000)
    wall.now += 1_000
    expect(time.now()).toBe(START + 61_000)
  })

  it('ends a wait on Ctrl-C', async () => {
    const { cluster, wall } = world()
    const controller = new AbortController()
    const waiting = wallTime({ cluster, now: () => wall.now }).sleep(60_000, controller.signal)
    controller.abort(new Error('interrupted'))
    await expect(waiting).rejects.toThrow('interrupted')
  })
})
