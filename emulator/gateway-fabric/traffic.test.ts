import { beforeEach, describe, expect, it } from 'vitest'
import { restoreCluster } from '../cluster.ts'
import { decidingHop } from '../network/deciding-hop.ts'
import { paths } from '../testing/test-cluster.ts'
import { application, http, type Installed, installed, LAPTOP, to } from './testing/installed.ts'

const web = { parentRefs: [{ name: 'web' }] }
const path = (value: string, type = 'PathPrefix') => ({ path: { type, value } })
let made: Installed

/** The sentence that names why the last request ended as it did. */
function cause(): string {
  const { lastTrace } = made.cluster.network
  return (lastTrace && decidingHop(lastTrace)?.text) ?? ''
}

beforeEach(() => {
  made = installed()
  made.gateway('web', [http()])
})

describe('requests through a Gateway', () => {
  it('reach the Pods behind the Service that the HTTPRoute names, past its cluster IP', () => {
    made.route('web', { ...web, rules: [{ backendRefs: to('web') }] })
    made.settle(60)
    expect(made.answer(`http://${made.address()}/`)).toMatchObject({ status: 200, body: 'web\n' })
    expect(made.codes().slice(3)).toEqual([
      'endpoint-chosen',
      'address-translated',
      'reached-container',
      'gateway-route',
      'gateway-endpoint',
      'leaves-source',
      'route-pod-network',
      'reached-container',
      'http-answered',
      'http-answered',
    ])
    const fromNode = made.cluster.network.fetch({ kind: 'machine', name: 'node01' }, `http://${made.address()}/`)
    expect(fromNode.response?.body).toBe('web\n')
  })

  it('are told apart by host name, exact before star, and answered with 404 where no host fits', () => {
    made.route('exact', { ...web, hostnames: ['a.example.com'], rules: [{ backendRefs: to('web') }] })
    made.route('star', { ...web, hostnames: ['*.example.com'], rules: [{ backendRefs: to('api') }] })
    made.settle(60)
    expect(made.answer('http://a.example.com/').body).toBe('web\n')
    expect(made.answer('http://b.example.com/').body).toBe('api\n')
    expect(made.status('http://example.org/')).toBe(404)
    expect(made.codes()).toContain('gateway-no-routes')
  })

  it('take the exact path before the longest prefix before a regular expression', () => {
    made.route('paths', {
      ...web,
      rules: [
        { matches: [path('/a.*', 'RegularExpression')], backendRefs: to('missing') },
        { matches: [path('/a')], backendRefs: to('web') },
        { matches: [path('/a/b')], backendRefs: to('api') },
        { matches: [path('/a/b', 'Exact')], backendRefs: to('web') },
      ],
    })
    made.settle(60)
    const bodies = ['/a', '/a/', '/a/b', '/a/b/c'].map((where) => made.answer(`http://x${where}`).body)
    expect(bodies).toEqual(['web\n', 'web\n', 'web\n', 'api\n'])
    expect(made.status('http://x/abc')).toBe(500)
    expect(made.status('http://x/b')).toBe(404)
    expect(cause()).toContain('No route of Gateway default/web takes GET /b for host x')
  })

  it('are matched by method, headers and query parameters, more of them first', () => {
    made.route('matches', {
      ...web,
      rules: [
        { backendRefs: to('web') },
        { matches: [{ headers: [{ name: 'X-Version', value: 'v2' }] }], backendRefs: to('api') },
        { matches: [{ method: 'POST' }], backendRefs: to('api') },
        {
          matches: [{ queryParams: [{ type: 'RegularExpression', name: 'q', value: '[0-9]+' }] }],
          backendRefs: to('api'),
        },
      ],
    })
    made.settle(60)
    expect(made.answer('http://x/').body).toBe('web\n')
    expect(made.answer('http://x/', [['x-version', 'v2']]).body).toBe('api\n')
    expect(made.answer('http://x/', [['x-version', 'v3']]).body).toBe('web\n')
    expect(made.answer('http://x/', [], 'POST').body).toBe('api\n')
    expect(made.answer('http://x/?q=42').body).toBe('api\n')
    expect(made.answer('http://x/?q=4x').body).toBe('web\n')
  })

  it('are shared among backends by weight', () => {
    const [first, second] = to('web', 'api')
    if (!first || !second) throw new Error('two backends')
    made.route('split', {
      ...web,
      rules: [
        {
          backendRefs: [
            { ...first, weight: 90 },
            { ...second, weight: 10 },
          ],
        },
      ],
    })
    made.settle(60)
    const bodies = Array.from({ length: 300 }, () => made.answer('http://x/').body)
    const share = bodies.filter((body) => body === 'api\n').length
    expect(share).toBeGreaterThan(10)
    expect(share).toBeLessThan(60)
    expect(made.codes()).toContain('gateway-weighted')
  })

  it('are redirected by RequestRedirect, to another scheme, host, port and path', () => {
    const redirect = (requestRedirect: object) => [{ type: 'RequestRedirect', requestRedirect }]
    made.route('redirects', {
      ...web,
      rules: [
        { matches: [path('/s')], filters: redirect({ scheme: 'https', statusCode: 301 }) },
        { matches: [path('/h')], filters: redirect({ hostname: 'other.com', port: 8080 }) },
        {
          matches: [path('/old')],
          filters: redirect({ path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/new' } }),
        },
      ],
    })
    made.settle(60)
    const location = (url: string) => {
      const { status, reason, headers } = made.answer(url)
      expect(reason).toBe(status === 301 ? 'Moved Permanently' : 'Moved Temporarily')
      return [status, headers.find(([name]) => name === 'Location')?.[1]]
    }
    expect(location('http://x/s?a=1')).toEqual([301, 'https://x/s?a=1'])
    expect(location('http://x/h')).toEqual([302, 'http://other.com:8080/h'])
    expect(location('http://x/old/page')).toEqual([302, 'http://x/new/page'])
  })

  it('get other headers, hosts and paths on their way by RequestHeaderModifier and URLRewrite', () => {
    const image = 'registry.k8s.io/e2e-test-images/agnhost:2.53'
    const containers = [{ name: 'main', image, args: ['netexec', '--http-port=80'] }]
    made.create(paths.pods, { metadata: { name: 'echo', labels: { app: 'echo' } }, spec: { containers } })
    made.create(paths.services, {
      metadata: { name: 'echo' },
      spec: { selector: { app: 'echo' }, ports: [{ port: 80 }] },
    })
    made.route('changes', {
      ...web,
      rules: [
        {
          matches: [path('/api')],
          filters: [
            { type: 'URLRewrite', urlRewrite: { path: { type: 'ReplacePrefixMatch', replacePrefixMatch: '/' } } },
            { type: 'RequestHeaderModifier', requestHeaderModifier: { set: [{ name: 'X-Env', value: 'test' }] } },
            {
              type: 'ResponseHeaderModifier',
              responseHeaderModifier: { add: [{ name: 'X-Served-By', value: 'gateway' }] },
            },
          ],
          backendRefs: to('echo'),
        },
      ],
    })
    made.settle(60)
    const header = made.answer('http://x/api/header?key=X-Env')
    expect(header.body).toContain('test')
    expect(header.headers).toContainEqual(['X-Served-By', 'gateway'])
    expect(made.codes()).toContain('gateway-rewritten')
  })
})

describe('requests that nothing can answer', () => {
  it('end with 500 where the backend does not exist, and the trace says which', () => {
    made.route('web', { ...web, rules: [{ backendRefs: to('missing') }] })
    made.settle(60)
    expect(made.status('http://x/')).toBe(500)
    expect(cause()).toBe(
      'Route default/web has no backend for this request that could be used (spec.rules[0].backendRefs[0].name: Not found: "missing"): nginx answers 500.',
    )
  })

  it('end with 503 where the Service has no endpoints, and the trace says why', () => {
    made.patch(`${paths.services}/web`, { spec: { selector: { app: 'webapp' } } })
    made.route('web', { ...web, rules: [{ backendRefs: to('web') }] })
    made.settle(60)
    expect(made.status('http://x/')).toBe(503)
    expect(made.codes()).toContain('gateway-no-endpoints')
    expect(cause()).toMatch(/^Service web selects app=webapp, and no Pod/)
  })

  it('end with 502 where the Pods do not listen on the target port', () => {
    made.patch(`${paths.services}/web`, { spec: { ports: [{ port: 80, targetPort: 8080 }] } })
    made.route('web', { ...web, rules: [{ backendRefs: to('web') }] })
    made.settle(60)
    expect(made.status('http://x/')).toBe(502)
    expect(cause()).toMatch(/refuses port 8080/)
  })
})

describe('the nginx of a Gateway', () => {
  it('goes on with what it has while the controller is away, and follows again when it is back', () => {
    const controller = '/apis/apps/v1/namespaces/nginx-gateway/deployments/nginx-gateway'
    made.route('web', { ...web, rules: [{ backendRefs: to('web') }] })
    made.settle(60)
    made.patch(controller, { spec: { replicas: 0 } })
    made.settle(60)
    const routes = '/apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes/web'
    made.patch(routes, { spec: { rules: [{ backendRefs: to('api') }] } })
    made.settle(60)
    expect(made.answer('http://x/').body).toBe('web\n')
    made.patch(controller, { spec: { replicas: 1 } })
    made.settle(60)
    expect(made.answer('http://x/').body).toBe('api\n')
  })

  it('is a Deployment and a Service beside the Gateway, and goes with it', () => {
    made.settle(60)
    expect(made.find(`${paths.deployments}/web-nginx`)).toMatchObject({ status: { readyReplicas: 1 } })
    expect(made.find(`${paths.services}/web-nginx`)).toMatchObject({
      spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local', ports: [{ name: 'port-80', port: 80 }] },
    })
    made.remove('/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways/web')
    made.settle(60)
    expect(made.find(`${paths.deployments}/web-nginx`)).toBeUndefined()
    expect(made.find(`${paths.services}/web-nginx`)).toBeUndefined()
  })

  it('answers as before in a cluster that is restored from a snapshot', () => {
    made.route('web', { ...web, rules: [{ backendRefs: to('web') }] })
    made.settle(60)
    const restored = restoreCluster(JSON.parse(JSON.stringify(made.cluster.snapshot())))
    expect(restored.network.fetch(LAPTOP, `http://${made.address()}/`).response?.body).toBe('web\n')
  })

  it('leaves the cluster with nothing to do once all is served', () => {
    made.route('web', { ...web, rules: [{ backendRefs: to('web') }] })
    made.settle(120)
    expect(made.cluster.settle(600)).toBe(0)
  })

  it('listens on a port that is added later, and its Service too', () => {
    made.route('web', { ...web, rules: [{ backendRefs: to('web') }] })
    made.settle(60)
    const listeners = [http(), http({ name: 'other', port: 8080 })]
    made.patch('/apis/gateway.networking.k8s.io/v1/namespaces/default/gateways/web', { spec: { listeners } })
    made.settle(120)
    expect(made.answer('http://x:8080/').body).toBe('web\n')
    expect(made.answer('http://x/').body).toBe('web\n')
    expect(made.find(`${paths.services}/web-nginx`)).toMatchObject({ spec: { ports: [{ port: 80 }, { port: 8080 }] } })
  })

  it('writes an access line for each request', () => {
    made.route('web', { ...web, rules: [{ backendRefs: to('web') }] })
    made.settle(60)
    made.answer('http://x/hello')
    const [pod] = made.pods('gateway.networking.k8s.io/gateway-name=web')
    const log = made.cluster.request({ method: 'GET', path: `${paths.pods}/${pod?.metadata?.name}/log` })
    expect(String(log.body)).toContain('"GET /hello HTTP/1.1" 200')
  })

  it('is reached at node ports where NginxProxy says so', () => {
    const other = installed('nodeport')
    other.gateway('web', [http()])
    other.route('web', { ...web, rules: [{ backendRefs: to('web') }] })
    other.settle(60)
    const service = other.get<{ spec: { clusterIP: string; ports: { nodePort: number }[] } }>(
      `${paths.services}/web-nginx`,
    )
    expect(other.address()).toBe(service.spec.clusterIP)
    const [pod] = other.pods('gateway.networking.k8s.io/gateway-name=web')
    const url = `http://${pod?.status?.hostIP}:${service.spec.ports[0]?.nodePort}/`
    expect(other.cluster.network.fetch(LAPTOP, url).response?.body).toBe('web\n')
  })
})

it('a route may send to another namespace only where a ReferenceGrant there lets it', () => {
  made.create(paths.namespaces, { metadata: { name: 'shop' } })
  application(made, 'cart', 'shop')
  made.route('web', { ...web, rules: [{ backendRefs: [{ name: 'cart', namespace: 'shop', port: 80 }] }] })
  made.settle(60)
  expect(made.status('http://x/')).toBe(500)
  expect(made.routeConditions('web')).toEqual(['Accepted=True Accepted', 'ResolvedRefs=False RefNotPermitted'])
  const from = [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'default' }]
  made.create('/apis/gateway.networking.k8s.io/v1/namespaces/shop/referencegrants', {
    metadata: { name: 'cart' },
    spec: { from, to: [{ group: '', kind: 'Service' }] },
  })
  made.settle(60)
  expect(made.answer('http://x/').body).toBe('cart\n')
  expect(made.routeConditions('web')).toEqual(['Accepted=True Accepted', 'ResolvedRefs=True ResolvedRefs'])
})
