import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Deployment, ReplicaSet } from '../generated/types.ts'
import { newSetSize, planCleanup, planScale, planScaleDown, rolloutBounds } from './rollout.ts'

const deployment = (replicas: number, rollingUpdate?: object): Deployment => ({
  metadata: { name: 'web' },
  spec: {
    replicas,
    selector: {},
    template: {},
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%', ...rollingUpdate } },
  },
})

let born = 0
const set = (replicas: number, available = replicas, annotations: { [key: string]: string } = {}): ReplicaSet => ({
  metadata: { name: `web-${born}`, creationTimestamp: new Date(born++ * 1000).toISOString(), annotations },
  spec: { replicas, selector: {} },
  status: { replicas, availableReplicas: available },
})

describe('rolloutBounds', () => {
  it.each([
    [4, {}, { surge: 1, unavailable: 1 }],
    [1, {}, { surge: 1, unavailable: 0 }],
    [10, { maxSurge: '30%', maxUnavailable: 2 }, { surge: 3, unavailable: 2 }],
    [2, { maxSurge: 0, maxUnavailable: 0 }, { surge: 0, unavailable: 1 }],
    [3, { maxSurge: 0, maxUnavailable: 9 }, { surge: 0, unavailable: 3 }],
  ])('%i replicas with %j', (replicas, update, expected) => {
    expect(rolloutBounds(deployment(replicas, update))).toEqual(expected)
  })
})

describe('a rollout', () => {
  const sizes = fc.record({
    replicas: fc.integer({ min: 1, max: 12 }),
    surge: fc.integer({ min: 0, max: 5 }),
    unavailable: fc.integer({ min: 0, max: 5 }),
    broken: fc.boolean(),
  })

  it('keeps its bounds at every step, and ends unless the new Pods are broken', () => {
    fc.assert(
      fc.property(sizes, ({ replicas, surge, unavailable, broken }) => {
        const subject = deployment(replicas, { maxSurge: surge, maxUnavailable: unavailable })
        const bounds = rolloutBounds(subject)
        let [fresh, old] = [set(0), set(replicas)]
        for (let step = 0; step < 60; step++) {
          const size = newSetSize(subject, [fresh, old], fresh.spec?.replicas ?? 0)
          fresh = { ...set(size, broken ? 0 : size), metadata: fresh.metadata }
          for (const { set: resized, replicas: to } of planScaleDown(subject, fresh, [old])) {
            old = { ...set(to), metadata: resized.metadata }
          }
          const total = (fresh.spec?.replicas ?? 0) + (old.spec?.replicas ?? 0)
          const available = (fresh.status?.availableReplicas ?? 0) + (old.status?.availableReplicas ?? 0)
          expect(total).toBeLessThanOrEqual(replicas + bounds.surge)
          expect(available).toBeGreaterThanOrEqual(replicas - bounds.unavailable)
        }
        expect(fresh.spec?.replicas === replicas && old.spec?.replicas === 0).toBe(
          !broken || bounds.unavailable >= replicas,
        )
      }),
    )
  })

  it('takes unhealthy old Pods first', () => {
    const [sick, well] = [set(2, 0), set(3, 3)]
    expect(planScaleDown(deployment(4, { maxUnavailable: 0 }), set(2, 1), [well, sick])).toEqual([
      { set: sick, replicas: 0 },
    ])
  })
})

describe('planScale', () => {
  const annotated = (max: number) => ({ 'deployment.kubernetes.io/max-replicas': String(max) })

  it('resizes the only active set', () => {
    const fresh = set(3)
    expect(planScale(deployment(7), fresh, [set(0)])).toEqual([{ set: fresh, replicas: 7 }])
  })

  it('shares growth in proportion, the rest to the largest', () => {
    const [fresh, old] = [set(5, 0, annotated(13)), set(8, 8, annotated(13))]
    const sizes = planScale(deployment(15, { maxSurge: 3 }), fresh, [old])
    expect(sizes.map(({ replicas }) => replicas).sort((a, b) => a - b)).toEqual([7, 11])
  })
})

describe('planCleanup', () => {
  it('drops the oldest empty revisions beyond the limit, never one with Pods', () => {
    const revision = (n: number) => ({ 'deployment.kubernetes.io/revision': String(n) })
    const sets = [set(0, 0, revision(3)), set(0, 0, revision(1)), set(2, 2, revision(2)), set(0, 0, revision(4))]
    const subject = {
      ...deployment(2),
      spec: { ...deployment(2).spec, selector: {}, template: {}, revisionHistoryLimit: 1 },
    }
    expect(planCleanup(subject, sets)).toEqual([sets[1], sets[0]])
  })
})
