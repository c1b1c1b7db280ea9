import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { differingPart } from './differing-part.ts'

describe('differingPart', () => {
  it('finds where two lines differ, by words', () => {
    expect(differingPart('8080 → 80/TCP', '80 → 80/TCP')).toEqual(['', '8080', ' → 80/TCP'])
    expect(differingPart('spec.type: NodePort', 'spec.type: ClusterIP')).toEqual(['spec.type: ', 'NodePort', ''])
    expect(differingPart('a b c', 'a c')).toEqual(['a ', 'b ', 'c'])
  })
  it('gives the text back whole, and nothing that differs from itself', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        expect(differingPart(text, other).join('')).toBe(text)
        expect(differingPart(text, text)[1]).toBe('')
      }),
    )
  })
})
