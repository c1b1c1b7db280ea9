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

  test('a change makes the timer stand for what it brought', async () => {
    const cluster = newCluster()
    const clock = createClusterClock(cluster)
    cluster.onChange(() => clock.changed())
    clock.watch(true)
    applyManifest(cluster, pod('sleep 3600'))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(phase(cluster)).toBe('Running')
    clock.watch(false)
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

  test('a container whose shell wants endless memory ends; the clock goes on', async () => {
    const cluster = newCluster()
    const clock = createClusterClock(cluster)
    clock.watch(true)
    applyManifest(cluster, pod('x=a; while true; do x=$x$x; done'))
    clock.touch()
    await vi.advanceTimersByTimeAsync(20_000)
    const { body } = cluster.request({ method: 'GET', path: '/api/v1/namespaces/default/pods/p' })
    const [container] = (body as { status: { containerStatuses: { restartCount: number }[] } }).status.containerStatuses
    expect(container?.restartCount).toBeGreaterThan(0)
    clock.touch()
    expect(cluster.now()).toBe(Date.now())
    clock.watch(false)
  })

  test('a turn that has taken its time ends in the middle of the work, and the timer goes on with it', async () => {
    const cluster = newCluster()
    let real = 0
    const elapsed = vi.spyOn(performance, 'now').mockImplementation(() => real)
    const pieces: number[] = []
    const run = (ms: number) => {
      pieces.push(ms)
      real += 30
      cluster.run(ms)
    }
    const clock = createClusterClock(Object.create(cluster, { run: { value: run } }))
    applyManifest(cluster, pod('sleep 3600'))
    vi.setSystemTime(Date.UTC(2026, 0, 1, 0, 0, 10))
    clock.watch(true)
    expect(pieces).toHaveLength(2)
    expect(cluster.now()).toBeLessThan(Date.now())
    clock.touch()
    expect(pieces).toHaveLength(4)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(phase(cluster)).toBe('Running')
    clock.touch()
    expect(cluster.now()).toBe(Date.now())
    clock.watch(false)
    elapsed.mockRestore()
  })

  test('a fault of ours in one cluster is logged, and its timer goes on', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const cluster = newCluster()
    let faults = 1
    const run = (ms: number) => {
      if (faults-- > 0) throw new Error('a fault')
      cluster.run(ms)
    }
    applyManifest(cluster, pod('sleep 3600'))
    const clock = createClusterClock(Object.create(cluster, { run: { value: run } }))
    clock.watch(true)
    await vi.advanceTimersByTimeAsync(20_000)
    expect(logged).toHaveBeenCalledOnce()
    expect(phase(cluster)).toBe('Running')
    clock.watch(false)
    logged.mockRestore()
  })
})
