import { expect, it } from 'vitest'
import type { Node, Pod, TopologySpreadConstraint } from '../generated/types.ts'
import { placementOf } from './placement.ts'
import { choose, refusals } from './scheduling.ts'

const node = (name: string, zone: string | undefined, taints: NonNullable<Node['spec']>['taints'] = []): Node => ({
  metadata: { name, labels: { 'kubernetes.io/hostname': name, ...(zone !== undefined && { zone }) } },
  spec: { taints },
  status: { allocatable: { cpu: '2', memory: '1Gi', pods: '110' } },
})
const pod = (constraint: Partial<TopologySpreadConstraint> = {}): Pod => ({
  metadata: { namespace: 'default', labels: { app: 'web' } },
  spec: {
    containers: [{ name: 'c' }],
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'zone',
        whenUnsatisfiable: 'DoNotSchedule',
        labelSelector: { matchLabels: { app: 'web' } },
        ...constraint,
      },
    ],
  },
})
const webs = (count: number): readonly Pod[] => Array.from({ length: count }, () => pod())
const reasons = (subject: Pod, counts: readonly [number, number, number], third = node('c', undefined)) => {
  const places = [node('a', 'east'), node('b', 'west'), third].map((one, i) => placementOf(one, webs(counts[i] ?? 0)))
  return places.map((place) => refusals(subject, place, places).map(({ text }) => text))
}
const skewed = "node(s) didn't match pod topology spread constraints"

it('refuses the domain that would be too full, and nodes without the label', () => {
  expect(reasons(pod(), [1, 0, 0])).toEqual([[skewed], [], [`${skewed} (missing required label)`]])
  expect(reasons(pod({ maxSkew: 2 }), [1, 0, 0])).toEqual([[], [], [`${skewed} (missing required label)`]])
})

it('counts a domain that is not there as empty when more are asked for', () => {
  expect(reasons(pod({ minDomains: 3 }), [1, 1, 0]).slice(0, 2)).toEqual([[skewed], [skewed]])
})

it('ignores taints unless told to honour them', () => {
  const north = node('c', 'north', [{ key: 'gpu', effect: 'NoSchedule' }])
  expect(reasons(pod(), [1, 1, 0], north)[0]).toEqual([skewed])
  expect(reasons(pod({ nodeTaintsPolicy: 'Honor' }), [1, 1, 0], north)[0]).toEqual([])
})

it('prefers the emptier domain where it may break the constraint', () => {
  const soft = pod({ whenUnsatisfiable: 'ScheduleAnyway' })
  const places = [placementOf(node('a', 'east'), webs(2)), placementOf(node('b', 'west'), webs(1))]
  expect(choose(soft, places, places)?.node.metadata?.name).toBe('b')
})
