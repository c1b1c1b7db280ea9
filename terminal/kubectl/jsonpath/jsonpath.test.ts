import { describe, expect, it } from 'vitest'
import { KubectlError } from '../errors.ts'
import { jsonPathPrinter, relaxedPath } from './print.ts'

const LIST = {
  kind: 'List',
  items: [
    { name: 'a', size: 1, tags: ['x', 'y'], 'dotted.key': 'd1', spec: { ready: true } },
    { name: 'b', size: 2, tags: ['z'], spec: { ready: false, extra: null } },
    { name: 'c', size: 3, tags: [], spec: {} },
  ],
}
const print = (template: string, value: unknown = LIST) =>
  jsonPathPrinter(template, { allowMissing: true })(value as never)

describe('kubectl jsonpath', () => {
  it.each([
    ['{.items[*].name}', 'a b c'],
    ['{.items[0].name}-{.items[-1].name}', 'a-c'],
    ['{.items[0:2].name}', 'a b'],
    ['{.items[::2].name}', 'a c'],
    ['{.items[1:].name}', 'b c'],
    ['{..name}', 'a b c'],
    ["{.items[0]['name','size']}", 'a 1'],
    ['{.items[0].dotted\\.key}', 'd1'],
    ['{.items[?(@.name=="b")].size}', '2'],
    ['{.items[?(@.size>1)].name}', 'b c'],
    ['{.items[?(@.spec.ready)].name}', 'a b'],
    ['{range .items[*]}{.name}{"\\t"}{.size}{"\\n"}{end}', 'a\t1\nb\t2\nc\t3\n'],
    ['{range .items[*]}{range .tags[*]}{@}{","}{end}{";"}{end}', 'x,y,;z,;;'],
    ['{range .none[*]}{.x}{end}done', 'done'],
    ['{.items[0].tags}', '["x","y"]'],
    ['{.items[1].spec}', '{"extra":null,"ready":false}'],
    ['{.nosuch}', ''],
    ['plain {.kind} text', 'plain List text'],
    ['{$.kind}', 'List'],
    ['{.items[0].name}{"<>"}', 'a<>'],
  ])('%s', (template, expected) => {
    expect(print(template)).toBe(expected)
  })

  it.each([
    ['{.items[*', 'unterminated array'],
    ['{.items', 'unclosed action'],
    ['{.items[x]}', 'invalid array index x'],
    ['{#}', "unrecognized character in action: U+0023 '#'"],
    ['{.items[?(@.a}', 'unterminated filter'],
    ['{"abc}', 'unterminated quoted string'],
  ])('refuses %s', (template, message) => {
    expect(() => print(template)).toThrow(new KubectlError(`error parsing jsonpath ${template}, ${message}`))
  })

  it('names the index that is out of bounds', () => {
    expect(() => print('{.items[5].name}')).toThrow(/array index out of bounds: index 5, length 3/)
  })

  it('prints a JSON array with jsonpath-as-json', () => {
    const printer = jsonPathPrinter('{.items[*].name}', { allowMissing: true, asJson: true })
    expect(printer(LIST as never)).toBe('[\n    "a",\n    "b",\n    "c"\n]\n')
  })

  it.each(['x.y', '.x.y', '{x.y}', '{.x.y}'])('reads the relaxed path %s', (path) => {
    expect(relaxedPath(path)).toBe('{.x.y}')
  })
})
