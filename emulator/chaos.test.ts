import fc from 'fast-check'
import { expect, it } from 'vitest'
import { restoreCluster } from './cluster.ts'
import type { Deployment } from './generated/types.ts'
import {
  around,
  deploymentManifest,
  paths,
  podManifest,
  type TestCluster,
  testCluster,
} from './testing/test-cluster.ts'

type Step = (world: TestCluster) => void

const name = fc.constantFrom('a', 'b', 'c')
const node = fc.constantFrom('node01', 'node02')
const size = fc.integer({ min: 0, max: 4 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(name, size).map(
    ([n, replicas]): Step =>
      ({ create }) =>
        create(paths.deployments, deploymentManifest(n, replicas)),
  ),
  fc.tuple(name, size).map(
    ([n, replicas]): Step =>
      ({ patch }) =>
        patch(`${paths.deployments}/${n}`, { spec: { replicas } }),
  ),
  fc.tuple(name, size).map(
    ([n, version]): Step =>
      ({ patch }) => {
        patch(`${paths.deployments}/${n}`, { spec: { template: { metadata: { labels: { version: `v${version}` } } } } })
      },
  ),
  fc.tuple(name, fc.constantFrom('Foreground', 'Background', 'Orphan')).map(
    ([n, propagationPolicy]): Step =>
      ({ remove }) =>
        remove(`${paths.deployments}/${n}`, { propagationPolicy }),
  ),
  fc.tuple(name, name).map(
    ([n, app]): Step =>
      ({ create }) =>
        create(paths.pods, podManifest(n, {}, { app })),
  ),
  fc.nat(6).map(
    (index): Step =>
      ({ pods, remove }) =>
        remove(`${paths.pods}/${pods()[index]?.metadata?.name}`),
  ),
  fc.tuple(fc.nat(6), name).map(
    ([index, app]): Step =>
      ({ pods, patch }) => {
        patch(`${paths.pods}/${pods()[index]?.metadata?.name}`, { metadata: { labels: { app } } })
      },
  ),
  fc.tuple(node, fc.boolean()).map(
    ([n, on]): Step =>
      ({ cluster }) =>
        cluster.setPower(n, on),
  ),
  fc.tuple(node, fc.boolean()).map(
    ([n, on]): Step =>
      ({ cluster }) =>
        cluster.setUnit(n, 'kubelet', on ? 'running' : 'stopped'),
  ),
  fc.constantFrom(10, 100, 1000, 20_000, 400_000).map(
    (ms): Step =>
      ({ cluster }) =>
        cluster.run(ms),
  ),
)

/** A request that the API refuses is as good as any other; a bug in the emulator is not. */
function attempt(action: Step, world: TestCluster): void {
  try {
    action(world)
  } catch (error) {
    if (!(error instanceof Error) || !/^(POST|PATCH|DELETE) /.test(error.message)) throw error
  }
}

it('whatever happens, a cluster comes to rest with what was asked for, the same after a snapshot', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 40 }), fc.nat(40), (steps, cut) => {
      const play = (at: number) => {
        let world = testCluster()
        for (const [index, action] of steps.entries()) {
          if (index === at) world = around(restoreCluster(JSON.parse(JSON.stringify(world.cluster.snapshot()))))
          attempt(action, world)
        }
        for (const machine of ['node01', 'node02']) {
          world.cluster.setPower(machine, true)
          world.cluster.setUnit(machine, 'kubelet', 'running')
        }
        world.cluster.run(900_000)
        return world
      }
      const world = play(-1)
      expect(world.cluster.nextEventAt()).toBeUndefined()
      for (const { spec, status } of world.list<Deployment>(paths.deployments)) {
        expect(status?.readyReplicas ?? 0).toBe(spec?.replicas)
      }
      expect(world.pods().filter(({ metadata }) => metadata?.deletionTimestamp)).toEqual([])
      expect(JSON.stringify(play(cut).cluster.snapshot())).toBe(JSON.stringify(world.cluster.snapshot()))
    }),
    { numRuns: 12 },
  )
})
