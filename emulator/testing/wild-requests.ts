/** Requests as nobody should send them: right in form here and there, wrong in the rest. For property tests. */
import fc from 'fast-check'
import type { KindDefinition } from '../api/kind.ts'
import { apiVersion } from '../api/registry.ts'
import { type FieldSchema, innerOf, modelOf, rootField } from '../api/schema.ts'
import type { ApiRequest } from '../api/types.ts'

const word = fc.constantFrom(
  ...['a', 'web', 'default', 'kube-system', 'node01', 'nginx', 'app', '', '-', 'A B', '한글', '\u0000', '__proto__'],
  ...['constructor', '0', '-1', '80', '8080', '100m', '1Gi', '1e99999', '50%', '-5%', '1.2.3.4', '10.96.0.1', '::1'],
  ...['10.0.0.0/8', '1.2.3.4/99', '2026-11-21T00:00:00Z', '* * * * *', '@daily', 'Always', 'Never', 'None', 'TCP'],
  ...['ClusterIP', 'ExternalName', 'NodePort', 'LoadBalancer', 'In', 'Exists', 'Gt', 'app=web', 'a/b', '$(A)', '../..'],
  'x'.repeat(300),
)
const text = fc.oneof({ weight: 4, arbitrary: word }, fc.string(), fc.string({ unit: 'binary' }))
const number = fc.oneof(
  fc.constantFrom(0, 1, 2, 3, 80, 443, 30000, -1, 65536, 2 ** 31, 2 ** 53, 1e21, 0.5),
  fc.integer({ min: -5, max: 20 }),
)
const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), text, number, fc.constant(null))

/** A value for a field: mostly of its type, at times of none. */
function anyOf(field: FieldSchema, depth: number): fc.Arbitrary<unknown> {
  const right = field.container ? manyOf(field, depth) : oneOf(field, depth)
  return fc.oneof({ weight: 24, arbitrary: right }, { weight: 1, arbitrary: odd })
}

function manyOf(field: FieldSchema, depth: number): fc.Arbitrary<unknown> {
  const item = depth > 0 ? anyOf(innerOf(field), depth - 1) : odd
  return field.container === 'map' ? fc.dictionary(text, item, { maxKeys: 2 }) : fc.array(item, { maxLength: 2 })
}

function oneOf(field: FieldSchema, depth: number): fc.Arbitrary<unknown> {
  const model = modelOf(field.type)
  if (model) {
    if (depth <= 0) return fc.constant({})
    const fields = Object.entries(model.fields)
    const chosen = fc.subarray(fields, { maxLength: Math.min(fields.length, depth > 5 ? 4 : 6) })
    const needed = fields.filter(([, { required }]) => required)
    return chosen.chain((some) =>
      fc.record(Object.fromEntries([...needed, ...some].map(([name, inner]) => [name, anyOf(inner, depth - 1)]))),
    )
  }
  if (field.type === 'number') return number
  if (field.type === 'boolean') return fc.boolean()
  if (field.type === 'IntOrString') return fc.oneof(number, text)
  return field.type === 'string' || field.type === 'Date' ? text : odd
}

/** An object of a kind with some of its fields set. */
export function wildObject(kind: KindDefinition): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  return fc
    .tuple(oneOf(rootField(kind), 7), fc.constantFrom('web', 'a', 'b'), fc.dictionary(word, word, { maxKeys: 2 }))
    .map(([object, name, labels]) => ({
      ...(object as Readonly<Record<string, unknown>>),
      apiVersion: apiVersion(kind),
      kind: kind.kind,
      metadata: { name, labels },
    }))
}

const PATCHES = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
]

const pointer = fc
  .array(fc.oneof(fc.constantFrom('metadata', 'spec', 'labels', 'ports', '0', '-', '-1', '~1', '~', 'name', ''), text))
  .map((parts) => parts.map((part) => `/${part}`).join(''))
const operation = fc.record(
  {
    op: fc.oneof(fc.constantFrom('add', 'remove', 'replace', 'move', 'copy', 'test'), text),
    path: pointer,
    from: pointer,
    value: odd,
  },
  { requiredKeys: ['op'] },
)
const directive = fc.oneof(
  fc.record({ $patch: fc.constantFrom('delete', 'replace', 'merge', 'x') }),
  fc.record({ '$setElementOrder/ports': odd, ports: odd }),
  fc.record({ '$deleteFromPrimitiveList/finalizers': odd }),
  fc.record({ $retainKeys: fc.array(text), strategy: odd }),
)

/** Cut off somewhere, nested without measure, or no text at all. */
const broken = (body: string): fc.Arbitrary<string> =>
  fc.oneof(
    fc.nat(body.length).map((at) => body.slice(0, at)),
    fc.nat({ max: 20_000 }).map((depth) => '['.repeat(depth)),
    fc.nat({ max: 20_000 }).map((depth) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
    fc.nat({ max: 20_000 }).map((depth) => `${'[ '.repeat(depth)}${']'.repeat(depth)}`),
    fc.string({ unit: 'binary' }),
    fc.constant('a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]'),
  )

/** A request about objects of this kind. */
export function wildRequest(kind: KindDefinition): fc.Arbitrary<ApiRequest> {
  const root = kind.group === '' ? `/api/${kind.version}` : `/apis/${kind.group}/${kind.version}`
  const collection = `${root}${kind.scope === 'Namespaced' ? '/namespaces/default' : ''}/${kind.plural}`
  const one = fc.constantFrom('web', 'a', 'b', '', '..', '__proto__').map((name) => `${collection}/${name}`)
  const below = fc.constantFrom(...(kind.subresources ?? []), 'status', 'scale', 'log', 'eviction', 'binding', 'token')
  const path = fc.oneof(
    one,
    fc.constant(collection),
    fc.tuple(one, below).map(([base, name]) => `${base}/${name}`),
  )
  const object = wildObject(kind)
  const whole = object.map((value) => JSON.stringify(value))
  const write = (method: ApiRequest['method'], at: fc.Arbitrary<string>, types: readonly string[]) =>
    fc.record({
      method: fc.constant(method),
      path: at,
      headers: fc.record({ 'content-type': fc.constantFrom(...types) }),
      body: fc.oneof({ weight: 5, arbitrary: whole }, whole.chain(broken)),
      query: fc.dictionary(fc.constantFrom('dryRun', 'fieldValidation', 'force', 'fieldManager'), word, { maxKeys: 1 }),
    })
  const patch = fc.oneof(fc.array(operation, { maxLength: 4 }), object, directive, fc.record({ spec: directive }), odd)
  const query = fc.dictionary(
    fc.constantFrom(
      'labelSelector',
      'fieldSelector',
      'limit',
      'continue',
      'resourceVersion',
      'watch',
      'timeoutSeconds',
    ),
    text,
    { maxKeys: 2 },
  )
  return fc.oneof(
    { weight: 4, arbitrary: write('POST', fc.constant(collection), ['application/json', 'application/yaml']) },
    { weight: 2, arbitrary: write('PUT', path, ['application/json', 'application/yaml']) },
    { weight: 2, arbitrary: write('PATCH', path, PATCHES) },
    fc.record({
      method: fc.constant<ApiRequest['method']>('PATCH'),
      path,
      headers: fc.record({ 'content-type': fc.constantFrom(...PATCHES) }),
      body: patch.map((value) => JSON.stringify(value)),
    }),
    fc.record({ method: fc.constantFrom<ApiRequest['method']>('GET', 'DELETE'), path, query }),
    fc.record({ method: fc.constant<ApiRequest['method']>('POST'), path, body: whole }),
  )
}
