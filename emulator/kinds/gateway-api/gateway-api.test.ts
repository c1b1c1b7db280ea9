import { expect, it, test } from 'vitest'
import { testCluster } from '../../testing/test-cluster.ts'

const ROOT = '/apis/gateway.networking.k8s.io/v1/namespaces/default'
const cluster = testCluster()

function refusal(plural: string, kind: string, spec: object): string {
  const { body } = cluster.cluster.request({
    method: 'POST',
    path: `${ROOT}/${plural}`,
    headers: { 'content-type': 'application/json' },
    query: { dryRun: 'All' },
    body: JSON.stringify({ apiVersion: 'gateway.networking.k8s.io/v1', kind, metadata: { name: 'x' }, spec }),
  })
  return (body as { readonly message?: string }).message?.replace(/^.* is invalid: /, '') ?? ''
}

const gateway = (...listeners: readonly object[]) =>
  refusal('gateways', 'Gateway', { gatewayClassName: 'c', listeners })
const route = (...rules: readonly object[]) => refusal('httproutes', 'HTTPRoute', { rules })

const cases: readonly (readonly [name: string, made: string, message: string])[] = [
  [
    'TLS where there is none',
    gateway({ name: 'a', port: 80, protocol: 'HTTP', tls: { certificateRefs: [{ name: 's' }] } }),
    "spec.listeners: Invalid value: \"array\": tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']",
  ],
  [
    'two listeners of one name',
    gateway({ name: 'a', port: 80, protocol: 'HTTP' }, { name: 'a', port: 81, protocol: 'HTTP' }),
    '[spec.listeners[1]: Duplicate value: {"name":"a"}, spec.listeners: Invalid value: "array": Listener name must be unique within the Gateway]',
  ],
  [
    'two listeners of one port',
    gateway({ name: 'a', port: 80, protocol: 'HTTP' }, { name: 'b', port: 80, protocol: 'HTTP' }),
    'spec.listeners: Invalid value: "array": Combination of port, protocol and hostname must be unique for each listener',
  ],
  [
    'a port that is none',
    gateway({ name: 'a', port: 0, protocol: 'HTTP' }),
    'spec.listeners[0].port: Invalid value: 0: spec.listeners[0].port in body should be greater than or equal to 1',
  ],
  [
    'a Service without a port',
    route({ backendRefs: [{ name: 'web' }] }),
    'spec.rules[0].backendRefs[0]: Invalid value: "object": Must have port for Service reference',
  ],
  [
    'a path without a slash',
    route({ matches: [{ path: { value: 'a' } }] }),
    "spec.rules[0].matches[0].path: Invalid value: \"object\": value must be an absolute path and start with '/' when type one of ['Exact', 'PathPrefix']",
  ],
  [
    'a filter without its settings',
    route({ filters: [{ type: 'URLRewrite' }], backendRefs: [{ name: 'web', port: 80 }] }),
    'spec.rules[0].filters[0]: Invalid value: "object": filter.urlRewrite must be specified for URLRewrite filter.type',
  ],
  [
    'a redirect with backends',
    route({
      filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }],
      backendRefs: [{ name: 'web', port: 80 }],
    }),
    'spec.rules[0]: Invalid value: "object": RequestRedirect filter must not be used together with backendRefs',
  ],
  [
    'a filter that does not exist',
    route({ filters: [{ type: 'Odd' }] }),
    'spec.rules[0].filters[0].type: Unsupported value: "Odd": supported values: "RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "RequestRedirect", "URLRewrite", "ExtensionRef", "CORS"',
  ],
  ['nothing wrong', route({ backendRefs: [{ name: 'web', port: 80 }] }), ''],
]

test.each(cases)('%s', (_name, made, message) => expect(made).toBe(message))

it('fills in what the API says', () => {
  cluster.create(`${ROOT}/httproutes`, {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'r' },
    spec: { parentRefs: [{ name: 'g' }], rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] },
  })
  expect(cluster.get(`${ROOT}/httproutes/r`)).toMatchObject({
    spec: {
      parentRefs: [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', name: 'g' }],
      rules: [
        {
          backendRefs: [{ group: '', kind: 'Service', name: 'web', port: 80, weight: 1 }],
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
        },
      ],
    },
  })
})

it("a class's controller is for good", () => {
  const path = '/apis/gateway.networking.k8s.io/v1/gatewayclasses'
  const made = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'GatewayClass', metadata: { name: 'c' } }
  cluster.create(path, { ...made, spec: { controllerName: 'example.com/one' } })
  expect(() => cluster.patch(`${path}/c`, { spec: { controllerName: 'example.com/two' } })).toThrow(
    /spec.controllerName: Invalid value: \\"string\\": Value is immutable/,
  )
})
