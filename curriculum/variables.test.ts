import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawValues, substitute, substituteAll } from './variables.ts'

const variables = { app: { oneOf: ['shop', 'blog'] }, port: { integer: [30000, 30009] as [number, number] } }

describe('drawValues', () => {
  it('draws within the variable, the same for the same seed', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const values = drawValues(variables, seed)
        expect(['shop', 'blog']).toContain(values.app)
        expect(Number(values.port)).toBeGreaterThanOrEqual(30000)
        expect(Number(values.port)).toBeLessThanOrEqual(30009)
        expect(drawValues(variables, seed)).toEqual(values)
      }),
    )
  })

  it('differs between seeds', () => {
    const drawn = new Set(Array.from({ length: 50 }, (_, i) => drawValues(variables, `seed-${i}`).port))
    expect(drawn.size).toBeGreaterThan(5)
  })
})

/** `${name}`, written so that no linter takes it for a forgotten backtick. */
const placeholder = (name: string): string => `$\{${name}}`

describe('substitute', () => {
  it('fills in known names and leaves the shell its own', () => {
    const text = `${placeholder('app')} $port ${placeholder('HOME')} ${placeholder('port')}`
    expect(substitute(text, { app: 'shop', port: '30001' })).toBe(`shop $port ${placeholder('HOME')} 30001`)
  })

  it('reaches every string of a value', () =>
    expect(substituteAll({ a: [placeholder('app'), 1], b: { c: `x${placeholder('app')}` } }, { app: 'shop' })).toEqual({
      a: ['shop', 1],
      b: { c: 'xshop' },
    }))
})
