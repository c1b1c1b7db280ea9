import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { ValidationRule } from '../../generated/types.ts'
import { fieldErrorText } from '../errors.ts'
import { translate } from './cel-source.ts'
import { compileRule, ruleErrors } from './rules.ts'
import type { Schema } from './schema.ts'

const spec: Schema = {
  type: 'object',
  properties: {
    min: { type: 'integer' },
    max: { type: 'integer' },
    name: { type: 'string' },
    'dashed-name': { type: 'string' },
    ports: { type: 'array', items: { type: 'object', properties: { port: { type: 'integer' } } } },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
  },
}
const object = (...rules: readonly ValidationRule[]): Schema => ({
  type: 'object',
  properties: { spec: { ...spec, 'x-kubernetes-validations': rules } },
})
const texts = (rule: ValidationRule, value: object, old?: object) =>
  ruleErrors(object(rule), { spec: value }, old && { spec: old }).map(fieldErrorText)

describe('rules, in the words of the API server', () => {
  const cases: readonly (readonly [rule: ValidationRule, value: object, error: string | undefined])[] = [
    [{ rule: 'self.min <= self.max' }, { min: 1, max: 2 }, undefined],
    [
      { rule: 'self.min <= self.max' },
      { min: 3, max: 2 },
      'spec: Invalid value: "object": failed rule: self.min <= self.max',
    ],
    [
      { rule: 'self.min <= self.max', message: 'min above max' },
      { min: 3, max: 2 },
      'spec: Invalid value: "object": min above max',
    ],
    [
      { rule: 'false', messageExpression: "'min is ' + string(self.min)" },
      { min: 3 },
      'spec: Invalid value: "object": min is 3',
    ],
    [
      { rule: 'false', message: 'no', reason: 'FieldValueForbidden', fieldPath: '.name' },
      {},
      'spec.name: Forbidden: no',
    ],
    [{ rule: 'self.min > 0' }, {}, 'spec: Invalid value: "object": no such key: min evaluating rule: self.min > 0'],
    [
      { rule: "self.__dash__ == 'a'" },
      {},
      'spec: Invalid value: "object": no such key: __dash__ evaluating rule: self.__dash__ == \'a\'',
    ],
    [{ rule: "self.dashed__dash__name == 'a'" }, { 'dashed-name': 'a' }, undefined],
    [
      { rule: 'self.ports.all(p, p.port < 10)', message: 'high' },
      { ports: [{ port: 80 }] },
      'spec: Invalid value: "object": high',
    ],
    [
      { rule: 'size(self.ports) == 0 || has(self.ports[0].port)' },
      { ports: [{}] },
      'spec: Invalid value: "object": failed rule: size(self.ports) == 0 || has(self.ports[0].port)',
    ],
    [{ rule: "self.labels.all(k, k.matches('^[a-z]+$'))" }, { labels: { ok: '1' } }, undefined],
    [
      { rule: "self.name.matches('^(a+)+$')", message: 'no' },
      { name: `${'a'.repeat(5000)}b` },
      'spec: Invalid value: "object": no',
    ],
  ]
  test.each(cases)('%o', (rule, value, error) => expect(texts(rule, value)).toEqual(error === undefined ? [] : [error]))

  it('asks about change where there was something before', () => {
    const rule = { rule: 'self.name == oldSelf.name', message: 'name is immutable' }
    expect(texts(rule, { name: 'a' })).toEqual([])
    expect(texts(rule, { name: 'b' }, { name: 'a' })).toEqual(['spec: Invalid value: "object": name is immutable'])
  })

  it('leaves alone what an update did not touch', () => {
    expect(texts({ rule: 'false' }, { name: 'a' }, { name: 'a' })).toEqual([])
    expect(texts({ rule: 'false' }, { name: 'b' }, { name: 'a' })).toHaveLength(1)
  })

  it('sees the name of the whole object', () => {
    const schema: Schema = {
      type: 'object',
      properties: {},
      'x-kubernetes-validations': [{ rule: "self.metadata.name == 'a'" }],
    }
    expect(ruleErrors(schema, { metadata: { name: 'a' } }, undefined)).toEqual([])
    expect(ruleErrors(schema, { metadata: { name: 'b' } }, undefined)).toHaveLength(1)
  })
})

describe('a rule that is none', () => {
  it('says where', () => {
    expect(compileRule({ rule: 'self.min > foo' }).error).toBe(
      "compilation failed: ERROR: <input>:1:12: undeclared reference to 'foo' (in container '')\n | self.min > foo\n | ...........^",
    )
    expect(compileRule({ rule: "'text'" }).error).toBe('cel expression must evaluate to a bool')
  })
})

it('ends after its budget', () => {
  const rule = { rule: 'self.ports.all(a, self.ports.all(b, self.ports.all(c, a.port + b.port + c.port >= 0)))' }
  const ports = Array.from({ length: 300 }, (_, port) => ({ port }))
  expect(texts(rule, { ports })[0]).toContain('no further validation rules will be run due to call cost exceeds limit')
})

it('takes has() of anything with a field at its end', () => {
  expect(translate("has(self.a) && has(self.b[0].c) && 'has(x[0].y)' != ''")).toBe(
    "has(self.a) && self.b[0].?c.hasValue() && 'has(x[0].y)' != ''",
  )
})

it('never throws for any text', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z.()[\]'"&|!<>=+?: 0-9]{0,60}$/)), (rule) => {
      ruleErrors(object({ rule }), { spec: { min: 1, name: 'a', ports: [{ port: 1 }] } }, undefined)
    }),
    { numRuns: 300 },
  )
})
