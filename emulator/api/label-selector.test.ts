import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatLabels, matchesLabels, parseLabelSelector } from './label-selector.ts'

const matches = (selector: string, labels: Record<string, string>) => {
  const parsed = parseLabelSelector(selector)
  return parsed.ok ? matchesLabels(parsed.requirements, labels) : parsed.message
}

test.each([
  ['app=web', { app: 'web' }, true],
  ['app==web', { app: 'db' }, false],
  ['app!=web', {}, true],
  ['app', { app: '' }, true],
  ['!app', { app: '' }, false],
  ['app in (web, db)', { app: 'db' }, true],
  ['app notin (web,db),tier=fe', { tier: 'fe' }, true],
  ['app notin (web),tier=fe', { app: 'web', tier: 'fe' }, false],
  ['app=', { app: '' }, true],
  ['size>3,size<10', { size: '5' }, true],
  ['size>3', { size: 'big' }, false],
  ['', { anything: 'x' }, true],
  ['in in (in)', { in: 'in' }, true],
  ['constructor', {}, false],
])('%s on %o: %s', (selector, labels, expected) => {
  expect(matches(selector, labels)).toBe(expected)
})

test.each([
  ['env in dev', "unable to parse requirement: found 'dev' expected: '('"],
  ['a=b c', "found 'c', expected: ',' or 'end of string'"],
  ['a=b,', "found '', expected: identifier after ','"],
  ['=x', "found '=', expected: !, identifier, or 'end of string'"],
  ['!=x', "found '!=', expected: !, identifier, or 'end of string'"],
  ['!!a', "unable to parse requirement: found '!', expected: identifier"],
  ['app in (web', "unable to parse requirement: found '', expected: ',' or ')'"],
  ['app in (web db)', "unable to parse requirement: found 'db', expected: ',' or ')'"],
  ['app in (web,', "unable to parse requirement: found '', expected: ',', or identifier"],
  ['app in (', "unable to parse requirement: found '', expected: ',', ')' or identifier"],
  [
    'size>big',
    `unable to parse requirement: values[0]: Invalid value: "big": for 'Gt', 'Lt' operators, the value must be an integer`,
  ],
  [
    'app=-x',
    `unable to parse requirement: values[0][app]: Invalid value: "-x": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
  ],
  ['a ~ b', "unable to parse requirement: found '~', expected: in, notin, =, ==, !=, gt, lt"],
])('%s is refused', (selector, message) => {
  expect(matches(selector, {})).toBe(message)
})

test('never throws, whatever is asked', () => {
  const piece = fc.constantFrom('a', 'in', 'notin', '(', ')', ',', '!', '=', '==', '!=', '<', ' ', 'é', '\n', '/')
  const wild = fc.oneof(
    fc.string(),
    fc.array(piece).map((parts) => parts.join('')),
  )
  fc.assert(
    fc.property(wild, (text) => {
      const parsed = parseLabelSelector(text)
      if (parsed.ok) expect(typeof matchesLabels(parsed.requirements, { a: 'b' })).toBe('boolean')
      else expect(parsed.message).not.toBe('')
    }),
    { numRuns: 1000 },
  )
})

test('labels match the selector made from them', () => {
  const word = fc.stringMatching(/^[a-z]([a-z0-9.-]{0,8}[a-z0-9])?$/)
  fc.assert(
    fc.property(fc.dictionary(word, word), (labels) => {
      expect(matches(formatLabels(labels), labels)).toBe(true)
    }),
  )
})
