import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { fieldErrorText } from '../errors.ts'
import { withDefaults } from './defaults.ts'
import { listTypeErrors } from './list-types.ts'
import { prune } from './prune.ts'
import type { Schema } from './schema.ts'
import { schemaErrors } from './validate.ts'

const inSpec = (schema: Schema): Schema => ({ type: 'object', properties: { x: schema } })
const texts = (schema: Schema, x: unknown): readonly string[] =>
  schemaErrors(inSpec(schema), x === undefined ? {} : { x }).map(fieldErrorText)

describe('keywords, in the words of kube-openapi', () => {
  const cases: readonly (readonly [name: string, schema: Schema, value: unknown, error: string])[] = [
    ['type', { type: 'integer' }, '3', 'x: Invalid value: "string": x in body must be of type integer: "string"'],
    [
      'type, whole number',
      { type: 'string' },
      3,
      'x: Invalid value: "integer": x in body must be of type string: "integer"',
    ],
    [
      'type, fraction',
      { type: 'integer' },
      1.5,
      'x: Invalid value: "number": x in body must be of type integer: "number"',
    ],
    ['type, null', { type: 'string' }, null, 'x: Invalid value: "null": x in body must be of type string: "null"'],
    ['type, list', { type: 'object' }, [], 'x: Invalid value: "array": x in body must be of type object: "array"'],
    [
      'int-or-string',
      { 'x-kubernetes-int-or-string': true },
      true,
      'x: Invalid value: "boolean": x in body must be of type integer,string: "boolean"',
    ],
    [
      'minimum',
      { type: 'integer', minimum: 1 },
      0,
      'x: Invalid value: 0: x in body should be greater than or equal to 1',
    ],
    [
      'exclusive minimum',
      { type: 'integer', minimum: 1, exclusiveMinimum: true },
      1,
      'x: Invalid value: 1: x in body should be greater than 1',
    ],
    [
      'maximum',
      { type: 'integer', maximum: 10 },
      11,
      'x: Invalid value: 11: x in body should be less than or equal to 10',
    ],
    [
      'exclusive maximum',
      { type: 'number', maximum: 10, exclusiveMaximum: true },
      10,
      'x: Invalid value: 10: x in body should be less than 10',
    ],
    ['multipleOf', { type: 'integer', multipleOf: 5 }, 7, 'x: Invalid value: 7: x in body should be a multiple of 5'],
    [
      'minLength',
      { type: 'string', minLength: 2 },
      'a',
      'x: Invalid value: "a": x in body should be at least 2 chars long',
    ],
    ['maxLength', { type: 'string', maxLength: 2 }, 'abc', 'x: Too long: may not be more than 2 bytes'],
    ['pattern', { type: 'string', pattern: '^a+$' }, 'b', 'x: Invalid value: "b": x in body should match \'^a+$\''],
    [
      'format',
      { type: 'string', format: 'ipv4' },
      '1.2.3',
      'x: Invalid value: "1.2.3": x in body must be of type ipv4: "1.2.3"',
    ],
    ['enum', { type: 'string', enum: ['a', 'b'] }, 'c', 'x: Unsupported value: "c": supported values: "a", "b"'],
    [
      'minItems',
      { type: 'array', items: { type: 'string' }, minItems: 1 },
      [],
      'x: Invalid value: 0: x in body should have at least 1 items',
    ],
    [
      'maxItems',
      { type: 'array', items: { type: 'string' }, maxItems: 1 },
      ['a', 'b'],
      'x: Too many: 2: must have at most 1 items',
    ],
    [
      'items',
      { type: 'array', items: { type: 'string' } },
      ['a', 1],
      'x[1]: Invalid value: "integer": x[1] in body must be of type string: "integer"',
    ],
    ['required', { type: 'object', required: ['y'] }, {}, 'x.y: Required value'],
    [
      'minProperties',
      { type: 'object', minProperties: 1 },
      {},
      'x: Invalid value: 1: x in body should have at least 1 properties',
    ],
    [
      'maxProperties',
      { type: 'object', maxProperties: 1 },
      { a: 1, b: 2 },
      'x: Too many: 2: must have at most 1 items',
    ],
    [
      'additionalProperties',
      { type: 'object', additionalProperties: { type: 'string' } },
      { a: 1 },
      'x.a: Invalid value: "integer": x.a in body must be of type string: "integer"',
    ],
    ['not', { not: { enum: ['a'] } }, 'a', '<nil>: Invalid value: "": "x" must not validate the schema (not)'],
  ]
  test.each(cases)('%s', (_name, schema, value, error) => expect(texts(schema, value)).toEqual([error]))

  it('shows the nearest alternative', () => {
    expect(texts({ anyOf: [{ minimum: 5 }, { maximum: 1 }] }, 3)).toEqual([
      '<nil>: Invalid value: "": "x" must validate at least one schema (anyOf)',
      'x: Invalid value: 3: x in body should be greater than or equal to 5',
    ])
    expect(texts({ oneOf: [{ minimum: 1 }, { minimum: 2 }] }, 3)).toEqual([
      '<nil>: Invalid value: "": "x" must validate one and only one schema (oneOf). Found 2 valid alternatives',
    ])
  })

  it('takes nulls where they are allowed, and missing fields that nobody requires', () => {
    expect(texts({ type: 'string', nullable: true }, null)).toEqual([])
    expect(texts({ type: 'string' }, undefined)).toEqual([])
  })
})

it('says nothing of what an update leaves as it was', () => {
  const schema = inSpec({ type: 'integer', maximum: 5 })
  expect(schemaErrors(schema, { x: 9, y: 1 }, '', { value: { x: 9 } })).toEqual([])
  expect(schemaErrors(schema, { x: 8 }, '', { value: { x: 9 } })).toHaveLength(1)
})

it('finds repeated items of sets and keyed lists', () => {
  const set: Schema = { type: 'array', items: { type: 'string' }, 'x-kubernetes-list-type': 'set' }
  const keyed: Schema = {
    type: 'array',
    items: { type: 'object', properties: { name: { type: 'string' } } },
    'x-kubernetes-list-type': 'map',
    'x-kubernetes-list-map-keys': ['name'],
  }
  expect(listTypeErrors(inSpec(set), { x: ['a', 'b', 'a'] }).map(fieldErrorText)).toEqual([
    'x[2]: Duplicate value: "a"',
  ])
  expect(listTypeErrors(inSpec(keyed), { x: [{ name: 'a' }, { name: 'a', other: 1 }] }).map(fieldErrorText)).toEqual([
    'x[1]: Duplicate value: {"name":"a"}',
  ])
})

it('prunes what is not declared, and tells where it was', () => {
  const schema: Schema = {
    type: 'object',
    properties: {
      spec: {
        type: 'object',
        properties: {
          list: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } } } },
          any: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
          map: { type: 'object', additionalProperties: { type: 'object', properties: { a: { type: 'string' } } } },
          other: {
            type: 'object',
            'x-kubernetes-embedded-resource': true,
            properties: { spec: { type: 'object', properties: {} } },
          },
        },
      },
    },
  }
  const unknown: string[] = []
  const object = {
    kind: 'A',
    spec: {
      list: [{ a: '1', b: 2 }],
      any: { deep: { er: 1 } },
      map: { k: { a: '1', z: 1 } },
      other: { kind: 'B', metadata: { name: 'b' }, spec: { x: 1 } },
      gone: true,
    },
  }
  expect(prune(schema, object, unknown)).toEqual({
    kind: 'A',
    spec: {
      list: [{ a: '1' }],
      any: { deep: { er: 1 } },
      map: { k: { a: '1' } },
      other: { kind: 'B', metadata: { name: 'b' }, spec: {} },
    },
  })
  expect(unknown).toEqual(['spec.list[0].b', 'spec.map.k.z', 'spec.other.spec.x', 'spec.gone'])
})

it('fills in defaults, in place of nulls too, and shares what needs none', () => {
  const schema = inSpec({
    type: 'object',
    default: {},
    properties: { a: { type: 'integer', default: 1 }, b: { type: 'string', nullable: true } },
  })
  expect(withDefaults(schema, {})).toEqual({ x: { a: 1 } })
  expect(withDefaults(schema, { x: { a: null, b: null } })).toEqual({ x: { a: 1, b: null } })
  const whole = { x: { a: 2 } }
  expect(withDefaults(schema, whole)).toBe(whole)
})

const keywords = {
  type: fc.constantFrom('object', 'array', 'string', 'integer', 'number', 'boolean', 'odd'),
  required: fc.array(fc.string({ maxLength: 4 }), { maxLength: 3 }),
  pattern: fc.oneof(fc.string(), fc.constantFrom('(a+)+$', '(a|a)*b', '(?=a)', '[', '(.*)*x', 'a{1000}')),
  format: fc.string({ maxLength: 8 }),
  minimum: fc.double(),
  maximum: fc.integer(),
  multipleOf: fc.double(),
  maxLength: fc.integer(),
  minItems: fc.integer(),
  nullable: fc.boolean(),
  'x-kubernetes-list-type': fc.constantFrom('map', 'set', 'atomic', 'odd'),
  'x-kubernetes-list-map-keys': fc.array(fc.string({ maxLength: 2 }), { maxLength: 2 }),
  'x-kubernetes-preserve-unknown-fields': fc.boolean(),
} as const

/** Schemas within schemas, to a depth. */
function schemas(depth: number): fc.Arbitrary<Schema> {
  const own = fc.record(keywords, { requiredKeys: [] })
  if (depth === 0) return own
  const inner = schemas(depth - 1)
  return fc
    .record(
      {
        own,
        properties: fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor'), inner, { maxKeys: 3 }),
        items: inner,
        additionalProperties: fc.oneof(fc.boolean(), inner),
        oneOf: fc.array(inner, { maxLength: 2 }),
      },
      { requiredKeys: ['own'] },
    )
    .map(({ own: first, ...rest }) => ({ ...first, ...rest }) as Schema)
}

const values = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(fc.constantFrom('a', 'b', '__proto__', 'constructor'), fc.jsonValue({ maxDepth: 2 })),
)

it('never throws, whatever the schema and the value are', () => {
  fc.assert(
    fc.property(schemas(2), values, values, (schema, value, old) => {
      schemaErrors(schema, value, '', { value: old })
      listTypeErrors(schema, value)
      withDefaults(schema, value)
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        prune(schema, value as Readonly<Record<string, unknown>>, [])
    }),
    { numRuns: 300 },
  )
})

it('matches patterns in linear time', () => {
  expect(texts({ type: 'string', pattern: '^(a+)+$' }, `${'a'.repeat(50_000)}b`)).toHaveLength(1)
})
