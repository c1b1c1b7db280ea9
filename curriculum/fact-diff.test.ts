import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inBoth } from './checks/check.ts'
import { diffFacts } from './fact-diff.ts'

const told = (yours: readonly string[], expected: readonly string[], exact = false) =>
  diffFacts(yours.map(inBoth), expected.map(inBoth), exact).map((row) => [row.state, row.yours?.en, row.expected?.en])

describe('diffFacts', () => {
  it('sets facts about the same thing beside each other, in the order of the solution', () => {
    expect(told(['spec.ports: 2', 'spec.type: ClusterIP'], ['spec.type: NodePort', 'spec.ports: 2'])).toEqual([
      ['differs', 'spec.type: ClusterIP', 'spec.type: NodePort'],
      ['same', 'spec.ports: 2', 'spec.ports: 2'],
    ])
  })
  it('pairs facts without a subject by what they share', () => {
    expect(told(['8080 → 8080/TCP', '53 → 53/UDP'], ['80 → 80/TCP', '53 → 53/UDP'])).toEqual([
      ['differs', '8080 → 8080/TCP', '80 → 80/TCP'],
      ['same', '53 → 53/UDP', '53 → 53/UDP'],
    ])
    expect(told(['<none>'], ['Deployment web ×2'], true)).toEqual([
      ['missing', undefined, 'Deployment web ×2'],
      ['extra', '<none>', undefined],
    ])
  })
  it('tells what is too many only where the check is exact', () => {
    const [yours, expected] = [['Deployment a ×2', 'Pod b'], ['Deployment a ×2']]
    expect(told(yours, expected)).toEqual([['same', 'Deployment a ×2', 'Deployment a ×2']])
    expect(told(yours, expected, true)).toContainEqual(['extra', 'Pod b', undefined])
  })

  const fact = fc.constantFrom('a: 1', 'a: 2', 'b: 1', 'x → y', 'x → z', '<none>').map(inBoth)
  const facts = fc.array(fact, { maxLength: 6 })
  it('loses and invents nothing', () => {
    fc.assert(
      fc.property(facts, facts, (yours, expected) => {
        const rows = diffFacts(yours, expected, true)
        expect(rows.flatMap((row) => row.expected ?? [])).toEqual(expected)
        expect(rows.flatMap((row) => row.yours?.en ?? []).sort()).toEqual(yours.map(({ en }) => en).sort())
      }),
    )
  })
  it('calls rows the same exactly where they are', () => {
    fc.assert(
      fc.property(facts, facts, fc.boolean(), (yours, expected, exact) => {
        for (const { state, yours: one, expected: other } of diffFacts(yours, expected, exact))
          expect(state === 'same').toBe(one !== undefined && one.en === other?.en)
      }),
    )
  })
})
