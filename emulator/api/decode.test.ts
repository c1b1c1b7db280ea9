import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decode } from './decode.ts'

const problem = (model: string, value: unknown) => {
  const decoded = decode(model, value)
  return decoded.ok ? 'fine' : decoded.message
}

test('keeps what the schema knows and names the rest by its path', () => {
  const value = {
    metadata: { name: 'x', label: {} },
    spec: { types: 'NodePort', ports: [{ port: 80, targetport: 80 }], selector: { anything: 'goes' } },
  }
  expect(decode('Service', value)).toEqual({
    ok: true,
    value: { metadata: { name: 'x' }, spec: { ports: [{ port: 80 }], selector: { anything: 'goes' } } },
    unknown: ['metadata.label', 'spec.types', 'spec.ports[0].targetport'],
  })
})

test('null is absence', () => {
  expect(decode('Service', { spec: { ports: null, type: null } })).toMatchObject({ value: { spec: {} }, unknown: [] })
})

test.each([
  [
    'Service',
    { spec: { ports: [{ port: '80' }] } },
    'string into Go struct field ServicePort.spec.ports.port of type int32',
  ],
  [
    'Service',
    { spec: { ports: [{ port: 80.5 }] } },
    'number 80.5 into Go struct field ServicePort.spec.ports.port of type int32',
  ],
  [
    'Service',
    { spec: { ports: [{ port: 99999999999 }] } },
    'number 99999999999 into Go struct field ServicePort.spec.ports.port of type int32',
  ],
  [
    'Service',
    { spec: { ports: { port: 80 } } },
    'object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort',
  ],
  ['Service', { spec: { type: 7 } }, 'number into Go struct field ServiceSpec.spec.type of type v1.ServiceType'],
  ['Service', { spec: [] }, 'array into Go struct field Service.spec of type v1.ServiceSpec'],
  [
    'Service',
    { metadata: { labels: { a: 1 } } },
    'number into Go struct field ObjectMeta.metadata.labels of type string',
  ],
  [
    'Pod',
    { spec: { containers: [{ env: [{ value: true }] }] } },
    'bool into Go struct field EnvVar.spec.containers.env.value of type string',
  ],
  [
    'V2HorizontalPodAutoscaler',
    { spec: { metrics: {} } },
    'object into Go struct field HorizontalPodAutoscalerSpec.spec.metrics of type []v2.MetricSpec',
  ],
])('%s %j', (model, value, message) => {
  expect(problem(model, value)).toBe(`json: cannot unmarshal ${message}`)
})

test.each([
  ['Secret', { data: { a: 'not base64!' } }, 'illegal base64 data at input byte 3'],
  [
    'Pod',
    { metadata: { creationTimestamp: 'soon' } },
    'parsing time "soon" as "2006-01-02T15:04:05Z07:00": cannot parse "soon" as "2006"',
  ],
  [
    'Pod',
    { spec: { containers: [{ resources: { limits: { cpu: 'lots' } } }] } },
    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
  ],
])('%s %j in words of its own', (model, value, message) => {
  expect(problem(model, value)).toBe(message)
})

test('quantities may be numbers, ports may be names', () => {
  expect(decode('Container', { resources: { limits: { cpu: 2 } } })).toMatchObject({
    value: { resources: { limits: { cpu: '2' } } },
  })
  expect(decode('ServicePort', { port: 80, targetPort: 'http' })).toMatchObject({ ok: true })
})

test('never throws, and what it accepts it accepts again unchanged', () => {
  const names = fc.constantFrom(
    'metadata',
    'spec',
    'ports',
    'port',
    'selector',
    'name',
    'labels',
    'status',
    'x',
    '__proto__',
  )
  const wild = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, fc.jsonValue(), fc.dictionary(names, tie('value')), fc.array(tie('value'))),
  })).value
  fc.assert(
    fc.property(wild, (value) => {
      const once = decode('Service', value)
      if (once.ok) expect(decode('Service', once.value)).toEqual({ ok: true, value: once.value, unknown: [] })
      else expect(once.message).not.toBe('')
    }),
    { numRuns: 500 },
  )
})
