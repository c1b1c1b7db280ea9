import fc from 'fast-check'
import { expect, it } from 'vitest'
import { testCluster } from '../../testing/test-cluster.ts'

const KEYWORDS =
  'type properties items additionalProperties required allOf anyOf oneOf not default enum pattern format minimum maxLength nullable description x-kubernetes-validations x-kubernetes-list-type x-kubernetes-list-map-keys x-kubernetes-map-type x-kubernetes-int-or-string x-kubernetes-embedded-resource x-kubernetes-preserve-unknown-fields metadata spec rule message'.split(
    ' ',
  )
const words = ['object', 'array', 'string', 'integer', 'map', 'set', 'atomic', 'self.a > 1', 'oldSelf', '(', '']

/** JSON that looks like a schema from afar. */
function wild(depth: number): fc.Arbitrary<unknown> {
  const leaf = fc.oneof(fc.constantFrom(...words), fc.jsonValue({ maxDepth: 1 }), fc.boolean(), fc.integer())
  if (depth === 0) return leaf
  const inner = wild(depth - 1)
  return fc.oneof(
    leaf,
    fc.array(inner, { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYWORDS), inner, { maxKeys: 5 }),
  )
}

/** Most of it well-formed, so that it is taken now and then. */
function plausible(depth: number): fc.Arbitrary<object> {
  const own = fc.record(
    {
      type: fc.constantFrom('object', 'array', 'string', 'integer', 'number', 'boolean'),
      nullable: fc.boolean(),
      default: fc.jsonValue({ maxDepth: 1 }),
      enum: fc.array(fc.jsonValue({ maxDepth: 0 }), { maxLength: 2 }),
      pattern: fc.constantFrom('^a', '(a+)+$', '['),
      'x-kubernetes-validations': fc.array(fc.record({ rule: fc.constantFrom('self > 1', 'has(self.a)', 'true') }), {
        maxLength: 1,
      }),
    },
    { requiredKeys: ['type'] },
  )
  if (depth === 0) return own
  const inner = plausible(depth - 1)
  const more = fc.record(
    {
      properties: fc.dictionary(fc.constantFrom('a', 'b', '__proto__'), inner),
      items: inner,
      additionalProperties: inner,
    },
    { requiredKeys: [] },
  )
  return fc.tuple(own, more).map(([first, second]) => ({ ...first, ...second }))
}

const schemas = fc.oneof(
  wild(4),
  fc.oneof(plausible(2), wild(2)).map((spec) => ({ type: 'object', properties: { spec } })),
)

const headers = { 'content-type': 'application/json' }
const ROOT = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions'

it('any schema is taken or refused, and what is taken takes or refuses any object', () => {
  const { cluster } = testCluster()
  fc.assert(
    fc.property(schemas, wild(3), (schema, spec) => {
      const definition = {
        metadata: { name: 'as.example.com' },
        spec: {
          group: 'example.com',
          scope: 'Namespaced',
          names: { plural: 'as', kind: 'A' },
          versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: schema } }],
        },
      }
      const made = cluster.request({ method: 'POST', path: ROOT, headers, body: JSON.stringify(definition) })
      expect([201, 400, 422]).toContain(made.status)
      if (made.status !== 201) return
      cluster.settle(1)
      const path = '/apis/example.com/v1/namespaces/default/as'
      const body = JSON.stringify({ metadata: { name: 'a' }, spec, kind: 'A', apiVersion: 'example.com/v1' })
      expect([201, 400, 422]).toContain(cluster.request({ method: 'POST', path, headers, body }).status)
      expect(cluster.request({ method: 'GET', path: '/openapi/v2' }).status).toBe(200)
      cluster.request({ method: 'DELETE', path: `${ROOT}/as.example.com` })
      cluster.settle(2)
    }),
    { numRuns: 300 },
  )
})
