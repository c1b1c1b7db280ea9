import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseYaml } from './parse.ts'
import { printYaml } from './print.ts'
import { YamlError } from './tokens.ts'

const plain = (text: string) => JSON.parse(JSON.stringify(parseYaml(text) ?? null))

describe('reading YAML', () => {
  it.each([
    ['a: 1\nb: [x, "y", 2.5]\nc: {d: true}', { a: 1, b: ['x', 'y', 2.5], c: { d: true } }],
    ['- a\n- b: 1\n  c: 2\n-\n  - x', ['a', { b: 1, c: 2 }, ['x']]],
    ['ports:\n- port: 80\n  name: http\n- port: 443', { ports: [{ port: 80, name: 'http' }, { port: 443 }] }],
    [
      'a: |\n  one\n   two\n\n  three\nb: >-\n  folded\n  text\n\n  next',
      { a: 'one\n two\n\nthree\n', b: 'folded text\nnext' },
    ],
    ['a: |+\n  x\n\nb: |-\n  y\n', { a: 'x\n\n', b: 'y' }],
    ['yes: no\n"on": "off"', { true: false, on: 'off' }],
    [
      'mode: 0777\nbig: 1_000\nhex: 0x1f\nexp: 1e3\ntime: 12:30:45\ndate: 2026-01-01',
      { mode: 511, big: 1000, hex: 31, exp: 1000, time: '12:30:45', date: '2026-01-01' },
    ],
    ['a: ~\nb: null\nc:', { a: null, b: null, c: null }],
    ["single: 'it''s'\ndouble: \"tab\\there \\u00e9\"", { single: "it's", double: 'tab\there é' }],
    [
      'base: &b {x: 1, z: 2}\nuse: *b\nover: {<<: *b, z: 3}',
      { base: { x: 1, z: 2 }, use: { x: 1, z: 2 }, over: { z: 3, x: 1 } },
    ],
    ['# only a comment', null],
    ['a: x # note\nb: x#y', { a: 'x', b: 'x#y' }],
    ['url: http://192.168.1.2:30008', { url: 'http://192.168.1.2:30008' }],
    ['a: 한글 값', { a: '한글 값' }],
    ['a: 1\na: 2', { a: 2 }],
    ['--- \na: 1\n...\n', { a: 1 }],
    ['port: !!str 80', { port: '80' }],
    ['y: n', { true: false }],
  ])('%j', (text, expected) => {
    expect(plain(text)).toEqual(expected)
  })

  it.each([
    ['a: b\nmetadata:\n\tname: x', 'line 3: found character that cannot start any token'],
    ['metadata:\n  name: bad\n labels:\n   a: b', 'line 2: did not find expected key'],
    ['a: 1\nmetadata: name: x', 'line 2: mapping values are not allowed in this context'],
    ['spec:\n  ports:\n  - port: 80\n   targetPort: 80', 'line 3: did not find expected key'],
    ['a: b\nlabels:\n  c: d\n  e\nspec: x', "line 5: could not find expected ':'"],
    ['a: 1 # c\n  b: c', 'line 1: did not find expected key'],
    ['a: 1\n  b: 2', 'line 2: mapping values are not allowed in this context'],
    ['a:\n  b: 1\n\tc: 2', 'line 3: found a tab character that violates indentation'],
    ['a: |\n\tx', 'line 2: found a tab character where an indentation space is expected'],
    ['key: - a', 'block sequence entries are not allowed in this context'],
    ['a: "\\z"', 'found unknown escape character'],
    ['e: &y [*y]', "anchor 'y' value contains itself"],
    ['[a]: b', 'invalid map key: []interface {}{"a"}'],
    ['a: 1\nports: [1, 2\nb: 2', "line 2: did not find expected ',' or ']'"],
    ['a: 1\nb: {x: 1', "line 2: did not find expected ',' or '}'"],
    ['a: 1\nb: "open\n', 'line 3: found unexpected end of stream'],
    ['a: *nope', "unknown anchor 'nope' referenced"],
    ['a: 1\nb: @x', 'line 2: found character that cannot start any token'],
  ])('refuses %j', (text, message) => {
    expect(() => parseYaml(text)).toThrow(`yaml: ${message}`)
  })

  it('does not let aliases blow a text up', () => {
    const levels = Array.from({ length: 12 }, (_, i) => `l${i}: &l${i} [${Array(10).fill(i ? `*l${i - 1}` : 'x')}]`)
    expect(() => parseYaml(levels.join('\n'))).toThrow('document contains excessive aliasing')
  })

  it('meets any text with a value or a YamlError', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom(
        '\n',
        '  ',
        '- ',
        ': ',
        'a',
        '"',
        "'",
        '|',
        '>',
        '[',
        ']',
        '{',
        '}',
        ',',
        '#',
        '&x',
        '*x',
        '!',
        '---',
        '\t',
        '?',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        try {
          parseYaml(pieces.join(''))
        } catch (error) {
          expect(error).toBeInstanceOf(YamlError)
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('writing YAML', () => {
  it('sorts keys by letters and numbers, and keeps lists level with their key', () => {
    expect(printYaml({ b: [{ z: 1, a: 2 }], a10: {}, a9: [], a: null })).toBe(
      'a: null\na9: []\na10: {}\nb:\n- a: 2\n  z: 1\n',
    )
  })

  it.each([
    ['plain', 'plain'],
    ['', '""'],
    ['80', '"80"'],
    ['true', '"true"'],
    ['null', '"null"'],
    ['1:2', '"1:2"'],
    ['2026-01-01', '"2026-01-01"'],
    [' lead', "' lead'"],
    ['a: b', "'a: b'"],
    ['a #b', "'a #b'"],
    ['#x', "'#x'"],
    ["it's", "it's"],
    ["'q", "'''q'"],
    ['x:y', 'x:y'],
    ['- x', "'- x'"],
    ['-x', '-x'],
    ['*a', "'*a'"],
    ['tab\there', '"tab\\there"'],
    ['😀', '"\\U0001F600"'],
    ['한글', '한글'],
    ['two\nlines\n', '|\n  two\n  lines'],
    ['two\nlines', '|-\n  two\n  lines'],
    ['end\n\n', '|+\n  end\n'],
    [' lead\nx\n', '|2\n   lead\n  x'],
    ['trail \nx', '"trail \\nx"'],
  ])('%j', (value, written) => {
    expect(printYaml({ k: value })).toBe(`k: ${written}\n`)
  })

  it('is read back as what was written', () => {
    const value = fc.jsonValue({ maxDepth: 4 }).map((v) => JSON.parse(JSON.stringify(v)))
    fc.assert(
      fc.property(value, (v) => {
        expect(plain(printYaml(v))).toEqual(v)
      }),
    )
  })
})
