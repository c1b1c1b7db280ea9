import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from './go-json.ts'

const problem = (text: string) => {
  const parsed = parseJson(text)
  return parsed.ok ? 'fine' : parsed.message
}

test.each([
  ['{bad json', "invalid character 'b' looking for beginning of object key string"],
  ['', 'unexpected end of JSON input'],
  ['{"a":', 'unexpected end of JSON input'],
  ['{"a":1,}', "invalid character '}' looking for beginning of object key string"],
  ['{"a" 1}', "invalid character '1' after object key"],
  ['{"a":1 "b":2}', `invalid character '"' after object key:value pair`],
  ['[1 2]', "invalid character '2' after array element"],
  ['{} x', "invalid character 'x' after top-level value"],
  ["{'a':1}", "invalid character '\\'' looking for beginning of object key string"],
  ['tru', 'unexpected end of JSON input'],
  ['nulL', "invalid character 'L' in literal null (expecting 'l')"],
  ['-x', "invalid character 'x' in numeric literal"],
  ['"a\nb"', "invalid character '\\n' in string literal"],
])('%s: %s', (text, message) => {
  expect(problem(text)).toBe(message)
})

test('tells which fields are there twice', () => {
  expect(parseJson('{"a":{"b":1,"b":2},"c":[{"d":1,"d":1}]}')).toMatchObject({
    ok: true,
    value: { a: { b: 2 }, c: [{ d: 1 }] },
    duplicates: ['a.b', 'c[0].d'],
  })
})

test('reads what JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
      const text = JSON.stringify(value, null, indent)
      expect(parseJson(text)).toEqual({ ok: true, value: JSON.parse(text), duplicates: [] })
    }),
  )
})

test('agrees with JSON.parse on what is JSON', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    '1',
    '-',
    '.',
    'e',
    'true',
    'null',
    '\\',
    'u00e9',
    ' ',
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
      (text) => {
        let good = true
        try {
          JSON.parse(text)
        } catch {
          good = false
        }
        expect(parseJson(text).ok).toBe(good)
      },
    ),
    { numRuns: 2000 },
  )
})
