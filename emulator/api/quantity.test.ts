import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalQuantity, formatQuantity, milliValue, parseQuantity, wholeValue } from './quantity.ts'

test.each([
  ['0.5', '500m'],
  ['1000m', '1'],
  ['1024Mi', '1Gi'],
  ['1.5Gi', '1536Mi'],
  ['0.5Mi', '512Ki'],
  ['100', '100'],
  ['1000', '1k'],
  ['4018128Ki', '4018128Ki'],
  ['1e3', '1e3'],
  ['2E', '2E'],
  ['0Gi', '0'],
  ['-1500m', '-1500m'],
  ['0.0000000001', '1n'],
  ['512Ki', '512Ki'],
  ['1Ki', '1Ki'],
  ['1.5Ki', '1536'],
])('%s is written %s', (text, canonical) => {
  expect(canonicalQuantity(text)).toBe(canonical)
})

test.each(['', 'abc', '1.2.3', '1ki', '1 Gi', '--1', '1KiB', '.'])('%j is no quantity', (text) => {
  expect(parseQuantity(text)).toBeUndefined()
})

test('whole and milli values round up', () => {
  const amount = parseQuantity('1500u')
  expect(amount && [wholeValue(amount), milliValue(amount)]).toEqual([1n, 2n])
})

test('the canonical writing means the same and stays as it is', () => {
  const suffixes = ['', 'n', 'u', 'm', 'k', 'M', 'G', 'T', 'Ki', 'Mi', 'Gi', 'Ti', 'e2', 'E-2']
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.nat(999), fc.constantFrom(...suffixes), (whole, decimals, suffix) => {
      const quantity = parseQuantity(`${whole}.${decimals}${suffix}`)
      const text = quantity ? formatQuantity(quantity) : ''
      expect(parseQuantity(text)?.nano).toBe(quantity?.nano)
      expect(canonicalQuantity(text)).toBe(text)
    }),
  )
})

test('reading never fails, whatever the text', () => {
  fc.assert(fc.property(fc.string(), (text) => typeof canonicalQuantity(text) === 'string'))
})
