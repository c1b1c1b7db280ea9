import { describe, expect, it } from 'vitest'
import { application, INGRESSES, type Installed, installed, route } from './testing/installed.ts'

const shop = (...routes: readonly object[]) => ({ rules: [{ host: 'shop.example', http: { paths: routes } }] })
const URL = 'http://shop.example'
const CONFIG = '/api/v1/namespaces/ingress-nginx/configmaps/ingress-nginx-controller'

/** Settings of the controller's ConfigMap, taken up. */
function configure(made: Installed, data: { readonly [name: string]: string }): void {
  made.patch(CONFIG, { data })
  made.settle(10)
}

const headerOf = (response: ReturnType<Installed['visit']>['response'], name: string) =>
  response?.headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1]

describe('who may come in', () => {
  it('limit-rps lets a burst of five times the rate through, then answers 503, or what the ConfigMap says', () => {
    const made = installed()
    made.ingress('limited', shop(route('/', 'web')), { 'limit-rps': '1' })
    const statuses = Array.from({ length: 8 }, () => made.status(URL))
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 503, 503])
    expect(made.codes()).toContain('ingress-limited')
    expect(made.controllerLogs()).toContain('limiting requests, excess: 6.000 by zone "default_limited_rps", client: ')
    made.cluster.run(3000)
    expect(made.status(URL)).toBe(200)
    configure(made, { 'limit-req-status-code': '429' })
    expect(Array.from({ length: 8 }, () => made.status(URL)).at(-1)).toBe(429)
  })

  it('auth-url asks another service: it lets in, refuses, or sends to sign in', () => {
    const made = installed()
    const url = (path: string) => `http://api.default.svc.cluster.local${path}`
    made.ingress('asked', shop(route('/', 'web')), { 'auth-url': url('/hostname') })
    expect(made.status(URL)).toBe(200)
    const change = (annotations: { readonly [name: string]: string }) => {
      const named = Object.entries(annotations).map(([name, value]) => [`nginx.ingress.kubernetes.io/${name}`, value])
      made.patch(`${INGRESSES}/asked`, { metadata: { annotations: Object.fromEntries(named) } })
      made.settle(10)
    }
    change({ 'auth-url': url('/echo?code=401') })
    expect(made.status(URL)).toBe(401)
    expect(made.codes()).toContain('ingress-auth-refused')
    change({ 'auth-signin': 'https://login.example/start' })
    const { status, headers } = made.visit(`${URL}/a?b=c`).response ?? { headers: [] }
    expect([status, headers.find(([name]) => name === 'Location')?.[1]]).toEqual([
      302,
      'https://login.example/start?rd=http://shop.example%2Fa%3Fb%3Dc',
    ])
    change({ 'auth-url': url('/echo?code=500') })
    expect(made.status(URL)).toBe(500)
    expect(made.controllerLogs()).toContain('auth request unexpected status: 500 while sending to client')
  })

  it('denylist-source-range keeps out, and satisfy any takes an address for a password', () => {
    const made = installed()
    made.ingress('denied', shop(route('/', 'web')), { 'denylist-source-range': '192.168.1.10' })
    expect(made.status(URL)).toBe(403)
    made.create('/api/v1/namespaces/default/secrets', {
      metadata: { name: 'users' },
      stringData: { auth: 'kim:{PLAIN}secret\n' },
    })
    const either = { satisfy: 'any', 'auth-type': 'basic', 'auth-secret': 'users' }
    const one = (host: string) => ({ rules: [{ host, http: { paths: [route('/', 'web')] } }] })
    made.ingress('near', one('near.example'), { ...either, 'whitelist-source-range': '192.168.1.0/24' })
    made.ingress('far', one('far.example'), { ...either, 'whitelist-source-range': '10.0.0.0/8' })
    expect([made.status('http://near.example/'), made.status('http://far.example/')]).toEqual([200, 401])
  })
})

describe('what answers look like', () => {
  it('enable-cors answers preflights and names allowed origins only', () => {
    const made = installed()
    made.ingress('cors', shop(route('/', 'web')), {
      'enable-cors': 'true',
      'cors-allow-origin': 'https://*.example.org, https://own.example',
      'cors-max-age': '600',
    })
    const from = (origin: string, method = 'GET') => made.visit(URL, { method, headers: [['Origin', origin]] }).response
    expect(headerOf(from('https://a.example.org'), 'Access-Control-Allow-Origin')).toBe('https://a.example.org')
    expect(headerOf(from('https://a.b.example.org'), 'Access-Control-Allow-Origin')).toBeUndefined()
    const preflight = from('https://own.example', 'OPTIONS')
    expect([preflight?.status, headerOf(preflight, 'Access-Control-Max-Age')]).toEqual([204, '600'])
  })

  it('custom-http-errors lets another Service make the page, which learns of the status', () => {
    const made = installed()
    application(made, 'errors', 'registry.k8s.io/e2e-test-images/agnhost:2.53', 8080, ['netexec', '--http-port=8080'])
    made.settle(60)
    const errors = { 'custom-http-errors': '404,503', 'default-backend': 'errors' }
    made.ingress('pages', shop(route('/', 'web')), errors)
    expect(made.visit(`${URL}/nosuch`).response?.body).toMatch(/^NOW: /)
    expect(made.codes()).toContain('ingress-error-page')
    made.ingress(
      'plain',
      { rules: [{ host: 'plain.example', http: { paths: [route('/', 'none')] } }] },
      {
        'custom-http-errors': '503',
      },
    )
    expect(made.status('http://plain.example/')).toBe(404)
  })

  it('the cookie of session affinity has the path, age and flags that annotations give it', () => {
    const made = installed()
    made.ingress('sticky', shop(route('/', 'api')), {
      affinity: 'cookie',
      'session-cookie-max-age': '3600',
      'session-cookie-samesite': 'Lax',
    })
    expect(headerOf(made.visit(`${URL}/hostname`).response, 'Set-Cookie')).toMatch(
      /^INGRESSCOOKIE=[\d.]+\|[0-9a-f]{32}; Max-Age=3600; SameSite=Lax; Path=\/; HttpOnly$/,
    )
  })

  it('the ConfigMap sets redirect codes, body sizes and hidden headers for all', () => {
    const made = installed()
    made.ingress('all', shop(route('/', 'api')), { 'force-ssl-redirect': 'true' })
    made.ingress('web', { rules: [{ host: 'web.example', http: { paths: [route('/', 'web')] } }] })
    expect(headerOf(made.visit('http://web.example/').response, 'ETag')).toBeDefined()
    configure(made, { 'http-redirect-code': '301', 'proxy-body-size': '10', 'hide-headers': 'ETag' })
    expect(headerOf(made.visit('http://web.example/').response, 'ETag')).toBeUndefined()
    expect(made.status(URL)).toBe(301)
    expect(made.visit('https://shop.example/', { method: 'POST', body: 'x'.repeat(11) }).response?.status).toBe(413)
  })

  it('use-forwarded-headers believes a proxy in front: address and scheme', () => {
    const made = installed()
    made.ingress('behind', shop(route('/', 'api')), { 'whitelist-source-range': '203.0.113.0/24' })
    const headers = [
      ['X-Forwarded-For', '203.0.113.7'],
      ['X-Forwarded-Proto', 'https'],
    ] as const
    expect(made.visit(`${URL}/hostname`, { headers }).response?.status).toBe(403)
    configure(made, { 'use-forwarded-headers': 'true' })
    expect(made.visit(`${URL}/header?key=X-Forwarded-Proto`, { headers }).response?.body).toBe('https')
    expect(made.visit(`${URL}/header?key=X-Forwarded-For`, { headers }).response?.body).toBe(
      '203.0.113.7, 192.168.1.10',
    )
  })
})

describe('which endpoint answers', () => {
  it('upstream-hash-by keeps what is the same together', () => {
    const made = installed()
    made.ingress('hashed', shop(route('/', 'api')), { 'upstream-hash-by': '$http_x_user' })
    const by = (user: string) =>
      new Set(
        Array.from({ length: 5 }, () => made.visit(`${URL}/hostname`, { headers: [['X-User', user]] }).response?.body),
      )
    const seen = ['a', 'b', 'c', 'd', 'e', 'f'].map(by)
    expect(seen.every(({ size }) => size === 1)).toBe(true)
    expect(new Set(seen.flatMap((one) => [...one])).size).toBe(2)
  })

  it('service-upstream sends to the cluster IP and leaves the choice to kube-proxy', () => {
    const made = installed()
    made.ingress('whole', shop(route('/', 'web')), { 'service-upstream': 'true' })
    expect(made.status(URL)).toBe(200)
    expect(made.codes()).toEqual(expect.arrayContaining(['ingress-route', 'matched-cluster-ip']))
  })

  it('backend-protocol GRPC to a server of HTTP/1.1 is a 502, and the log knows the frame that was none', () => {
    const made = installed()
    made.ingress('grpc', shop(route('/', 'web')), { 'backend-protocol': 'GRPC' })
    expect(made.status(URL)).toBe(502)
    expect(made.controllerLogs()).toContain('upstream sent too large http2 frame: 4740180')
  })

  it('proxy-read-timeout gives up on an application that answers late, with 504', () => {
    const made = installed()
    application(made, 'slow', 'stefanprodan/podinfo:6.5.0', 9898)
    made.settle(60)
    made.ingress('slow', shop(route('/', 'slow')), { 'proxy-read-timeout': '3' })
    expect(made.visit(`${URL}/delay/2`).response).toMatchObject({ status: 200, delayMs: 2001 })
    expect(made.visit(`${URL}/delay/5`).response).toMatchObject({ status: 504, delayMs: 9000 })
    expect(made.codes()).toContain('ingress-gateway-timeout')
  })

  it('ports of the TCP ConfigMap are passed on as they are', () => {
    const made = installed()
    made.create('/api/v1/namespaces/ingress-nginx/configmaps', {
      metadata: { name: 'tcp-services' },
      data: { 9000: 'default/web:80', 80: 'default/web:80', 9001: 'default/none:1' },
    })
    const deployment = '/apis/apps/v1/namespaces/ingress-nginx/deployments/ingress-nginx-controller'
    const { spec } = made.get<{ spec: { template: { spec: { containers: { args: string[] }[] } } } }>(deployment)
    const [container] = spec.template.spec.containers
    const args = [...(container?.args ?? []), '--tcp-services-configmap=ingress-nginx/tcp-services']
    made.patch(deployment, { spec: { template: { spec: { containers: [{ ...container, args }] } } } })
    made.settle(120)
    made.patch('/api/v1/namespaces/ingress-nginx/services/ingress-nginx-controller', {
      spec: {
        ports: [
          { name: 'http', port: 80, targetPort: 'http' },
          { name: 'tcp', port: 9000, targetPort: 9000 },
        ],
      },
    })
    made.settle(20)
    expect(made.body('http://shop.example:9000/')).toContain('Welcome to nginx!')
    expect(made.controllerLogs()).toContain('Port 80 cannot be used for TCP stream services. It is reserved')
  })
})
