import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { applyManifest } from '../../curriculum/workspaces.ts'
import { createCluster } from '../../emulator/index.ts'
import { createClusterClock } from './cluster-clock.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 0, 1) }))
afterEach(() => void vi.useRealTimers())

const newCluster = () => createCluster({ seed: 'clock', startTime: Date.now() })
const pod = (command: string) => `
apiVersion: v1
kind: Pod
metadata: {name: p}
spec: {containers: [{name: c, image: busybox, command: [sh, -c, "${command}"]}]}
`
const phase = (cluster: ReturnType<typeof newCluster>) => {
  const { body } = cluster.request({ method: 'GET', path: '/api/v1/namespaces/default/pods/p' })
  return (body as { status: { phase: string } }).status.phase
}

describe('the clock of a cluster', () => {
  test('untouched it stands; touched it is at the present', () => {
    const cluster = newCluster()
    const clock = createClusterClock(cluster)
    vi.setSystemTime(Date.UTC(2026, 0, 1, 0, 0, 42))
    expect(cluster.now()).toBe(Date.UTC(2026, 0, 1))
    clock.touch()
    expect(cluster.now()).toBe(Date.UTC(2026, 0, 1, 0, 0, 42))
    expect(vi.getTimerCount()).toBe(0)
  })

  test('while watched, timers do what falls due; at rest and unwatched there is none', async () => {
    const cluster = newCluster()
    const clock = createClusterClock(cluster)
    clock.watch(true)
    expect(vi.getTimerCount()).toBe(0)
    applyManifest(cluster, pod('sleep 3600'))
    clock.touch()
    expect(vi.getTimerCount()).toBe(1)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(phase(cluster)).toBe('Running')
    clock.watch(false)
    expect(vi.getTimerCount()).toBe(0)
  })

  test('an idle week is lived through whole', () => {
    const cluster = newCluster()
    const clock = createClusterClock(cluster)
    vi.setSystemTime(Date.UTC(2026, 0, 8))
    clock.touch()
    expect(cluster.now()).toBe(Date.UTC(2026, 0, 8))
  })

  test('a week of a crashing Pod ends, and later touches go on from there', () => {
    const cluster = newCluster()
    const clock = createClusterClock(cluster)
    applyManifest(cluster, pod('exit 1'))
    vi.setSystemTime(Date.UTC(2026, 0, 8))
    clock.touch()
    const then = cluster.now()
    expect(then).toBeGreaterThan(Date.UTC(2026, 0, 1))
    vi.setSystemTime(Date.UTC(2026, 0, 8) + 1000)
    clock.touch()
    expect(cluster.now() - then).toBe(1000)
  })
})
