import { expect, test } from 'vitest'
import { compileExpression } from '../structural/cel.ts'
import type { Schema } from '../structural/schema.ts'
import { typedEnvironment } from './typed.ts'

const schema: Schema = {
  type: 'object',
  properties: {
    spec: {
      type: 'object',
      properties: {
        replicas: { type: 'integer' },
        'max-size': { type: 'integer' },
        since: { type: 'string', format: 'date-time' },
        names: { type: 'array', items: { type: 'string' } },
        ports: { type: 'array', items: { type: 'object', properties: { port: { type: 'integer' } } } },
        labels: { type: 'object', additionalProperties: { type: 'string' } },
        anything: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        amount: { 'x-kubernetes-int-or-string': true },
      },
    },
  },
}
const environment = typedEnvironment(new Map([['self', schema]]), true)
const error = (source: string) => compileExpression(source, environment).error

test.each([
  'self.spec.replicas <= self.spec.max__dash__size',
  'self.spec.ports.all(p, p.port > 0)',
  "self.spec.labels['a'] == 'b' || has(self.spec.labels.x)",
  'self.spec.anything.whatever == 1',
  "self.metadata.name.startsWith('a') && self.kind == 'X'",
  'self.spec.since.getFullYear() > 2000',
  'type(self.spec.amount) == int || self.spec.amount == "1"',
  'has(self.spec.ports[0].port)',
])('%s fits', (source) => {
  expect(error(source)).toBeUndefined()
})

test.each([
  [
    'self.spec.replicaz > 1',
    "ERROR: <input>:1:10: undefined field 'replicaz'\n | self.spec.replicaz > 1\n | .........^",
  ],
  [
    "self.spec.replicas == 'a'",
    "ERROR: <input>:1:20: found no matching overload for '_==_' applied to '(int, string)'\n | self.spec.replicas == 'a'\n | ...................^",
  ],
  [
    'self.spec.names.all(n, n > 1)',
    "ERROR: <input>:1:26: found no matching overload for '_>_' applied to '(string, int)'\n | self.spec.names.all(n, n > 1)\n | .........................^",
  ],
])('%s does not', (source, message) => {
  expect(error(source)).toBe(message)
})
