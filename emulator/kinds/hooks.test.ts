/** Whatever decodes as an object of its kind, no hook fails on it: only StatusErrors may be thrown. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { StatusError } from '../api/errors.ts'
import type { KubeObject } from '../api/types.ts'
import { type FieldSchema, models } from '../generated/schema.js'
import { kinds } from './index.ts'
import { describeContext, NOW, strategyContext } from './testing/fake-objects.ts'

const MAX_DEPTH = 7
const texts = fc.constantFrom(
  '',
  'web',
  'TCP',
  'Bad_Name',
  '10.96.0.1',
  'None',
  'NodePort',
  'LoadBalancer',
  '1Gi',
  '-1',
  '50%',
  'a.b',
  '한글',
)
const numbers = fc.constantFrom(0, 1, -1, 80, 30080, 70000)
const times = fc.constantFrom('2026-11-20T11:00:00Z', '2026-11-20T13:00:00Z')

function scalar(type: string): fc.Arbitrary<unknown> {
  if (type === 'number') return numbers
  if (type === 'boolean') return fc.boolean()
  if (type === 'Date') return times
  if (type === 'IntOrString') return fc.oneof(numbers, texts)
  return type === 'string' ? texts : fc.constant({})
}

function one(field: FieldSchema, depth: number): fc.Arbitrary<unknown> {
  return models[field.type] ? model(field.type, depth + 1) : scalar(field.type)
}

function value(field: FieldSchema, depth: number): fc.Arbitrary<unknown> {
  if (field.container === 'array') return fc.array(one(field, depth), { maxLength: 2 })
  if (field.container === 'map')
    return fc.dictionary(fc.constantFrom('app', 'cpu', 'a b', '__proto__', ''), one(field, depth), { maxKeys: 2 })
  return one(field, depth)
}

/** Required fields always, others now and then, and ever fewer of them further in. */
function model(name: string, depth: number): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(models[name]?.fields ?? {}).filter(([, field]) => field.required || depth < MAX_DEPTH)
  const presence = depth < 3 ? 3 : 2
  return fc
    .tuple(
      ...fields.map(([, field]) =>
        field.required
          ? value(field, depth)
          : fc.option(
              fc.constant(null).chain(() => value(field, depth)),
              { nil: undefined, freq: presence },
            ),
      ),
    )
    .map((values) =>
      Object.fromEntries(
        fields.map(([field], index) => [field, values[index]]).filter(([, given]) => given !== undefined),
      ),
    )
}

function unlessRefused(run: () => void): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
  }
}

for (const kind of kinds) {
  const objects = model(kind.schema, 0).map(
    (object): KubeObject => ({
      ...object,
      kind: kind.kind,
      apiVersion: kind.group === '' ? kind.version : `${kind.group}/${kind.version}`,
    }),
  )
  test(`${kind.kind}: hooks stand any object`, () => {
    fc.assert(
      fc.property(objects, objects, (object, old) => {
        const defaulted = kind.default?.(object) ?? object
        const before = kind.default?.(old) ?? old
        unlessRefused(() => {
          const created = kind.strategy?.prepareForCreate?.(defaulted, strategyContext([before])) ?? defaulted
          kind.validate?.(created, undefined)
          kind.warnings?.(created, undefined)
        })
        unlessRefused(() => {
          const updated = kind.strategy?.prepareForUpdate?.(defaulted, before, strategyContext([before])) ?? defaulted
          kind.validate?.(updated, before)
        })
        const cells = kind.columns.map(({ cell }) => cell(object, { now: NOW }))
        expect(cells.every((cell) => typeof cell === 'string' || Number.isFinite(cell))).toBe(true)
        const lines = kind.describe?.(object, describeContext([old])) ?? []
        expect(lines.every((line) => typeof line === 'string')).toBe(true)
        for (const field of Object.values(kind.selectableFields ?? {})) expect(typeof field(object)).toBe('string')
      }),
      { numRuns: 80 },
    )
  })
}

test('defaulting what is defaulted changes nothing', () => {
  for (const kind of kinds)
    fc.assert(
      fc.property(model(kind.schema, 0), (object) => {
        const once = kind.default?.(object) ?? object
        expect(kind.default?.(once) ?? once).toEqual(once)
      }),
      { numRuns: 40 },
    )
})
