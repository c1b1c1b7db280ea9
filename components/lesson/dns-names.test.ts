import { describe, expect, it } from 'vitest'
import { queriesFor } from './dns-names.ts'

const KUBIA = 'kubia.default.svc.cluster.local'
const outcomes = (name: string, namespace: string) =>
  queriesFor(name, namespace, KUBIA).map((query) => [query.name, query.outcome])

describe('queriesFor', () => {
  it('finds a short name of its own namespace with the first ending, and asks no further', () => {
    expect(outcomes('kubia', 'default')).toEqual([
      [KUBIA, 'found'],
      ['kubia.svc.cluster.local', 'not asked'],
      ['kubia.cluster.local', 'not asked'],
      ['kubia', 'not asked'],
    ])
  })

  it('finds nothing for a short name from another namespace', () => {
    expect(outcomes('kubia', 'shop')).toEqual([
      ['kubia.shop.svc.cluster.local', 'none'],
      ['kubia.svc.cluster.local', 'none'],
      ['kubia.cluster.local', 'none'],
      ['kubia', 'none'],
    ])
  })

  it('finds service.namespace with the second ending', () => {
    expect(outcomes('kubia.default', 'shop').slice(0, 2)).toEqual([
      ['kubia.default.shop.svc.cluster.local', 'none'],
      [KUBIA, 'found'],
    ])
  })

  it('tries the endings even for the full name, which has four dots only', () => {
    expect(outcomes(KUBIA, 'shop').at(-1)).toEqual([KUBIA, 'found'])
    expect(outcomes(KUBIA, 'shop')).toHaveLength(4)
  })

  it('asks for a name with a dot at its end as it stands', () => {
    expect(outcomes(`${KUBIA}.`, 'shop')).toEqual([[KUBIA, 'found']])
  })
})
