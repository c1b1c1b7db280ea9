import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, nearMisses } from './near-miss.ts'
import { aPod, aService } from './testing.ts'

const web = aService({ name: 'web', selector: { app: 'web' } })

describe('nearMisses', () => {
  it('is silent when a Pod is selected, and for a Service without a selector', () => {
    const pods = [
      aPod({ name: 'a', labels: { app: 'web', tier: 'x' } }),
      aPod({ name: 'b', labels: { app: 'webapp' } }),
    ]
    expect(nearMisses(web, pods)).toEqual([])
    expect(nearMisses(aService({ name: 'kubernetes' }), pods)).toEqual([])
  })
  it('names a value that differs a little', () => {
    expect(nearMisses(web, [aPod({ name: 'p', labels: { app: 'webapp' } })])).toEqual([
      { kind: 'value', pod: 'p', wanted: 'app=web', has: 'app=webapp' },
    ])
    expect(nearMisses(web, [aPod({ name: 'p', labels: { app: 'Web' } })])[0]).toMatchObject({ has: 'app=Web' })
    expect(nearMisses(web, [aPod({ name: 'p', labels: { app: 'wbe' } })])[0]).toMatchObject({ has: 'app=wbe' })
  })
  it('names a value under another key', () => {
    expect(nearMisses(web, [aPod({ name: 'p', labels: { run: 'web' } })])).toEqual([
      { kind: 'key', pod: 'p', wanted: 'app=web', has: 'run=web' },
    ])
  })
  it('names the one pair that is missing of two', () => {
    const both = aService({ name: 's', selector: { app: 'myapp', type: 'front-end' } })
    expect(nearMisses(both, [aPod({ name: 'p', labels: { app: 'myapp' } })])).toEqual([
      { kind: 'missing', pod: 'p', wanted: 'type=front-end' },
    ])
  })
  it('names the right labels in the wrong namespace', () => {
    expect(nearMisses(web, [aPod({ name: 'p', namespace: 'prod', labels: { app: 'web' } })])).toEqual([
      { kind: 'namespace', pod: 'p', namespace: 'prod' },
    ])
  })
  it('leaves strangers out and shows one Pod a workload, nearest first', () => {
    const pods = [
      aPod({ name: 'far', labels: { app: 'postgres' } }),
      aPod({ name: 'key', labels: { run: 'web' } }),
      aPod({ name: 'w-1', workload: 'Deployment/w', labels: { app: 'Web' } }),
      aPod({ name: 'w-2', workload: 'Deployment/w', labels: { app: 'Web' } }),
    ]
    expect(nearMisses(web, pods).map((miss) => miss.pod)).toEqual(['w-1', 'key'])
  })
  it('takes label names of any kind', () => {
    const odd = aService({ name: 's', selector: { __proto__x: 'a', constructor: 'b' } })
    expect(nearMisses(odd, [aPod({ name: 'p', labels: { toString: 'c' } })])).toEqual([])
  })
})

describe('editDistance', () => {
  it('is a distance', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, a)).toBe(0)
        expect(editDistance(a, `${a}${b}`)).toBe(b.length)
      }),
    )
  })
})
