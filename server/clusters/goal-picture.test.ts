import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { goalOf } from '../../curriculum/goal-picture/goal.ts'
import { type PictureReader, readPicture } from '../../curriculum/goal-picture/picture.ts'
import { applyManifest } from '../../curriculum/workspaces.ts'
import { type Cluster, createCluster } from '../../emulator/index.ts'
import type { ServerMessage } from '../protocol.ts'
import { createGoalPicture } from './goal-picture.ts'

const SERVICE = '{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {ports: [{port: 80}]}}'
const newCluster = () => createCluster({ seed: 'goal', startTime: 0 })

function goalOfService() {
  const [before, after] = [newCluster(), newCluster()]
  applyManifest(after, SERVICE)
  return goalOf({ start: readPicture(before), solved: [readPicture(after)], said: (value) => value === 'web' })
}

function pictureOf(cluster: PictureReader, { watched = true, shown = true, workspace = 'exercise:any' } = {}) {
  const told: ServerMessage[] = []
  const ask = vi.fn(async () => (shown ? goalOfService() : undefined))
  const goal = createGoalPicture({
    cluster,
    workspace,
    seed: 'one',
    tell: (message) => told.push(message),
    watched: () => watched,
    goalOf: ask,
  })
  return { goal, ask, left: () => told.map((message) => (message.type === 'goal' ? message.view?.left : 'other')) }
}

describe('the goal of a workspace', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('is asked for once, and told when a mark comes or goes', async () => {
    const cluster: Cluster = newCluster()
    const { goal, ask, left } = pictureOf(cluster)
    expect(goal.now()).toBeUndefined()
    for (let i = 0; i < 5; i++) {
      goal.changed()
      await vi.advanceTimersByTimeAsync(300)
    }
    expect(left()).toEqual([1])
    applyManifest(cluster, SERVICE)
    goal.changed()
    await vi.advanceTimersByTimeAsync(300)
    expect(left()).toEqual([1, 0])
    expect(ask.mock.calls).toEqual([['any', 'one']])
    expect(goal.now()).toMatchObject({ type: 'goal', view: { left: 0 } })
  })

  test('is told as nothing where a picture cannot show it', async () => {
    const { goal, left } = pictureOf(newCluster(), { shown: false })
    goal.changed()
    await vi.advanceTimersByTimeAsync(300)
    expect(left()).toEqual([undefined])
    expect(goal.now()).toEqual({ type: 'goal', view: null })
  })

  test('costs nothing while nobody looks, where there is no exercise, and once the cluster is put away', async () => {
    const unwatched = pictureOf(newCluster(), { watched: false })
    const lesson = pictureOf(newCluster(), { workspace: 'lesson:nodeport' })
    const stopped = pictureOf(newCluster())
    for (const { goal } of [unwatched, lesson, stopped]) goal.changed()
    stopped.goal.stop()
    await vi.advanceTimersByTimeAsync(1000)
    expect([unwatched, lesson, stopped].map(({ left }) => left())).toEqual([[], [], []])
    expect(unwatched.ask).not.toHaveBeenCalled()
    expect(lesson.ask).not.toHaveBeenCalled()
  })
})
