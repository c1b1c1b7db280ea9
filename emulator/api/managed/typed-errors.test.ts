import { expect, test } from 'vitest'
import { typedErrors } from './typed-errors.ts'

const root = (type: string) => ({ type, doc: '' })
const ports = (...list: readonly object[]) => ({ spec: { ports: list } })

test.each<[string, string, object, readonly string[]]>([
  ['an unknown field', 'Service', { spec: { prts: 1 } }, ['.spec.prts: field not declared in schema']],
  [
    'two items of one key, of which a part is the default',
    'Service',
    ports({ port: 53 }, { port: 53, protocol: 'TCP' }),
    ['.spec.ports: duplicate entries for key [port=53,protocol="TCP"]'],
  ],
  ['two items of different keys', 'Service', ports({ port: 53 }, { port: 53, protocol: 'UDP' }), []],
  [
    'an item without its key',
    'Pod',
    { spec: { containers: [{ image: 'nginx' }] } },
    [
      '.spec.containers: element 0: associative list with keys has an element that omits key field "name" (and doesn\'t have default value)',
    ],
  ],
  [
    'one finalizer twice',
    'Pod',
    { metadata: { finalizers: ['a.b/c', 'a.b/c'] } },
    ['.metadata.finalizers: duplicate entries for key [="a.b/c"]'],
  ],
])('%s', (_name, type, value, expected) => {
  expect(typedErrors(root(type), value)).toEqual(expected)
})
