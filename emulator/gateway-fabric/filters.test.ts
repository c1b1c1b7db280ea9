import { beforeEach, describe, expect, it } from 'vitest'
import type { GatewayClass, Route } from './objects.ts'
import { GATEWAYS, HTTP_ROUTES, http, type Installed, installed, to } from './testing/installed.ts'

const parentRefs = [{ name: 'web' }]
const CLASS = '/apis/gateway.networking.k8s.io/v1/gatewayclasses/nginx'

let made: Installed
beforeEach(() => {
  made = installed()
  made.gateway('web', [http()])
})

/** A route with these rules, taken up. */
function served(rules: NonNullable<Route['spec']['rules']>, name = 'one'): void {
  made.route(name, { parentRefs, rules })
  made.settle(60)
}

const conditionsOf = (name = 'one') =>
  made
    .get<Route>(`${HTTP_ROUTES}/${name}`)
    .status?.parents?.[0]?.conditions.map(
      ({ type, status, reason, message }) => `${type}=${status} ${reason}: ${message}`,
    )

describe('rules of an HTTPRoute', () => {
  it('a method that nginx does not serve drops the rule, and all rules gone is a route that is not accepted', () => {
    served([{ matches: [{ method: 'CONNECT' }], backendRefs: to('web') }])
    const why =
      'spec.rules[0].matches[0].method: Unsupported value: "CONNECT": supported values: "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"'
    expect(conditionsOf()).toContain(`Accepted=False UnsupportedValue: All rules are invalid: ${why}`)
    served([{ matches: [{ method: 'CONNECT' }], backendRefs: to('web') }, { backendRefs: to('api') }], 'two')
    expect(conditionsOf('two')).toContain(`PartiallyInvalid=True UnsupportedValue: Dropped Rule(s): ${why}`)
    expect(conditionsOf('two')).toContain('Accepted=True Accepted: The route is accepted')
    expect(made.answer('http://x/').body).toBe('api\n')
  })

  it('an extension that does not exist, or is of a strange kind, is said and answered with 500', () => {
    const extension = (group: string, kind: string) => [
      { type: 'ExtensionRef', extensionRef: { group, kind, name: 'x' } },
    ]
    served([{ filters: extension('gateway.nginx.org', 'SnippetsFilter'), backendRefs: to('web') }])
    expect(conditionsOf()).toContain(
      'ResolvedRefs=False InvalidFilter: spec.rules[0].filters[0].extensionRef: Not found: {"group":"gateway.nginx.org","kind":"SnippetsFilter","name":"x"}',
    )
    expect(made.status('http://x/')).toBe(500)
    served([{ filters: extension('example.org', 'Thing'), backendRefs: to('web') }], 'two')
    expect(conditionsOf('two')?.[0]).toBe(
      'Accepted=False UnsupportedValue: All rules are invalid: [spec.rules[0].filters[0].extensionRef: Unsupported value: "example.org": supported values: "gateway.nginx.org", spec.rules[0].filters[0].extensionRef: Unsupported value: "Thing": supported values: "SnippetsFilter", "AuthenticationFilter"]',
    )
  })

  it('headers of an answer that nginx sets itself cannot be changed', () => {
    const responseHeaderModifier = { set: [{ name: 'Server', value: 'mine' }] }
    served([{ filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier }], backendRefs: to('web') }])
    expect(conditionsOf()?.[0]).toContain(
      'spec.rules[0].filters[0].set: Invalid value: {"name":"Server","value":"mine"}: header name is not allowed',
    )
  })

  it('headers of an answer are set, added and removed', () => {
    const named = (headers: readonly (readonly [string, string])[]) =>
      headers.filter(([name]) => name.startsWith('X-')).map((pair) => pair.join(': '))
    served([{ backendRefs: to('web') }])
    expect(named(made.answer('http://x/').headers)).toEqual(['X-App-Name: http-echo', 'X-App-Version: 1.0.0'])
    const responseHeaderModifier = {
      set: [{ name: 'X-App-Version', value: '2' }],
      add: [{ name: 'X-Own', value: 'yes' }],
      remove: ['X-App-Name'],
    }
    made.patch(`${HTTP_ROUTES}/one`, {
      spec: {
        rules: [{ filters: [{ type: 'ResponseHeaderModifier', responseHeaderModifier }], backendRefs: to('web') }],
      },
    })
    made.settle(30)
    expect(named(made.answer('http://x/').headers)).toEqual(['X-App-Version: 2', 'X-Own: yes'])
  })

  it('CORS answers preflights and names allowed origins', () => {
    const cors = { allowOrigins: ['https://*.example.org'], allowMethods: ['GET', 'PUT'], maxAge: 60 }
    served([{ filters: [{ type: 'CORS', cors }], backendRefs: to('web') }])
    const ask = (origin: string, method: string) =>
      made.answer(
        'http://x/',
        [
          ['Origin', origin],
          ['Access-Control-Request-Method', 'PUT'],
        ],
        method,
      )
    const preflight = ask('https://a.example.org', 'OPTIONS')
    expect([preflight.status, preflight.body]).toEqual([204, ''])
    expect(preflight.headers).toContainEqual(['Access-Control-Allow-Methods', 'GET, PUT'])
    expect(ask('https://a.example.org', 'GET').headers).toContainEqual([
      'Access-Control-Allow-Origin',
      'https://a.example.org',
    ])
    expect(ask('https://evil.example', 'GET').headers.some(([name]) => name.startsWith('Access-Control'))).toBe(false)
  })

  it('without any weight, or without backends, answers 500', () => {
    served([
      {
        matches: [{ path: { type: 'PathPrefix', value: '/none' } }],
        backendRefs: [{ name: 'web', port: 80, weight: 0 }],
      },
      { matches: [{ path: { type: 'PathPrefix', value: '/empty' } }] },
      {
        backendRefs: [
          { name: 'web', port: 80, weight: 0 },
          { name: 'api', port: 80, weight: 1 },
        ],
      },
    ])
    expect([made.status('http://x/none'), made.status('http://x/empty')]).toEqual([500, 500])
    expect(new Set(Array.from({ length: 10 }, () => made.answer('http://x/').body))).toEqual(new Set(['api\n']))
  })

  it('RequestMirror sends a copy to another Service, and the client hears the first alone', () => {
    const logLines = () =>
      made
        .list<{ metadata: { name: string } }>('/api/v1/namespaces/default/pods')
        .filter(({ metadata }) => metadata.name.startsWith('api-'))
        .flatMap(({ metadata }) => made.cluster.container('default', metadata.name, 'main')?.logs ?? [])
        .filter(({ text }) => text.includes('GET /copied')).length
    const mirror = (more: object) => [
      { type: 'RequestMirror', requestMirror: { backendRef: { name: 'api', port: 80 }, ...more } },
    ]
    served([{ filters: mirror({}), backendRefs: to('web') }])
    for (let turn = 0; turn < 4; turn += 1) expect(made.answer('http://x/copied').body).toBe('web\n')
    expect(logLines()).toBe(4)
    made.patch(`${HTTP_ROUTES}/one`, {
      spec: { rules: [{ filters: mirror({ percent: 0 }), backendRefs: to('web') }] },
    })
    made.settle(30)
    made.answer('http://x/copied')
    expect(logLines()).toBe(4)
  })
})

describe('settings of the data plane', () => {
  it('that are not there, or of another kind, are ignored with a reason, on the class and on the Gateway', () => {
    const said = (path: string) =>
      made
        .get<GatewayClass>(path)
        .status?.conditions?.map(({ type, status, reason, message }) => `${type}=${status} ${reason}: ${message}`)
    const reference = { group: 'gateway.nginx.org', kind: 'NginxProxy', name: 'gone' }
    made.patch(`${GATEWAYS}/web`, { spec: { infrastructure: { parametersRef: reference } } })
    made.settle(30)
    expect(said(`${GATEWAYS}/web`)).toEqual(
      expect.arrayContaining([
        'ResolvedRefs=False ParametersRefNotFound: ParametersRef resource could not be found',
        'Accepted=True InvalidParameters: Gateway is accepted, but ParametersRef is ignored due to an error: spec.infrastructure.parametersRef.name: Not found: "gone"',
      ]),
    )
    made.patch(CLASS, { spec: { parametersRef: { group: '', kind: 'ConfigMap', name: 'x', namespace: 'default' } } })
    made.settle(30)
    expect(said(CLASS)).toEqual(
      expect.arrayContaining([
        'ResolvedRefs=False ParametersRefInvalid: spec.parametersRef.kind: Unsupported value: "ConfigMap": supported values: "NginxProxy"',
      ]),
    )
  })
})
