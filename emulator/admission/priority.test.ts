import { expect, it } from 'vitest'
import type { Pod } from '../generated/types.ts'
import { paths, podManifest, testCluster } from '../testing/test-cluster.ts'

const classes = '/apis/scheduling.k8s.io/v1/priorityclasses'

it('gives a Pod its class in numbers, or the default one', () => {
  const { create, get } = testCluster()
  create(classes, { metadata: { name: 'high' }, value: 1000, preemptionPolicy: 'Never' })
  create(paths.pods, podManifest('plain'))
  create(paths.pods, podManifest('high', { priorityClassName: 'high' }))
  create(classes, { metadata: { name: 'usual' }, value: 5, globalDefault: true })
  create(paths.pods, podManifest('usual'))
  const priorityOf = (name: string) => {
    const { spec } = get<Pod>(`${paths.pods}/${name}`)
    return [spec?.priorityClassName, spec?.priority, spec?.preemptionPolicy]
  }
  expect(priorityOf('plain')).toEqual([undefined, 0, 'PreemptLowerPriority'])
  expect(priorityOf('high')).toEqual(['high', 1000, 'Never'])
  expect(priorityOf('usual')).toEqual(['usual', 5, 'PreemptLowerPriority'])
})

it.each([
  [{ priorityClassName: 'none' }, 'no PriorityClass with name none was found'],
  [
    { priority: 7 },
    'the integer value of priority (7) must not be provided in pod spec; priority admission controller computed 0 from the given PriorityClass name',
  ],
  [
    { preemptionPolicy: 'Never' },
    'the string value of PreemptionPolicy (Never) must not be provided in pod spec; priority admission controller computed PreemptLowerPriority from the given PriorityClass name',
  ],
])('refuses %j', (spec, message) => {
  const { create } = testCluster()
  expect(() => create(paths.pods, podManifest('a', spec))).toThrow(`pods \\"a\\" is forbidden: ${message}`)
})

it('allows one default class', () => {
  const { create } = testCluster()
  create(classes, { metadata: { name: 'one' }, value: 1, globalDefault: true })
  expect(() => create(classes, { metadata: { name: 'two' }, value: 2, globalDefault: true })).toThrow(
    'priorityclasses.scheduling.k8s.io \\"two\\" is forbidden: PriorityClass one is already marked as default. Only one default can exist',
  )
})
