import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jsonValues } from './json-documents.ts'

describe('jsonValues', () => {
  it.each([
    ['{"a" 1}', "json: offset 6: invalid character '1' after object key"],
    ['{"a":1', 'unexpected EOF'],
    ['{', 'unexpected EOF'],
    ['{"a":"\\x"}', "json: offset 8: invalid character 'x' in string escape code"],
    ['{"a":1} x', "json: offset 9: invalid character 'x' looking for beginning of value"],
    ['[1 2]', "json: offset 4: invalid character '2' after array element"],
    ['{"a":tru}', "json: offset 9: invalid character '}' in literal true (expecting 'e')"],
    ['{"a":1 "b":2}', "json: offset 8: invalid character '\"' after object key:value pair"],
    ['{1:2}', "json: offset 2: invalid character '1' looking for beginning of object key string"],
  ])('%s', (text, message) => {
    expect(jsonValues(text)).toMatchObject({ message })
  })

  it('reads several values', () => {
    expect(jsonValues(' {"a":[1,-2.5e3,true,null,"\\u00e9"]}\n{}{"b":{"c":[]}} ')).toEqual([
      { a: [1, -2500, true, null, 'é'] },
      {},
      { b: { c: [] } },
    ])
  })

  it('agrees with JSON.parse', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(jsonValues(text)).toEqual([JSON.parse(text)])
      }),
    )
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = jsonValues(`{${text}`)
        if ('message' in read) expect(() => JSON.parse(`{${text}`)).toThrow()
      }),
    )
  })

  it('does not run out of stack', () => {
    expect(jsonValues('['.repeat(200_000))).toMatchObject({ message: 'exceeded max depth' })
  })
})
