import { describe, expect, it } from 'vitest'
import { decidingHop } from '../network/deciding-hop.ts'
import { paths } from '../testing/test-cluster.ts'
import { INGRESSES, type Installed, installed, route } from './testing/installed.ts'

const rules = (...routes: readonly object[]) => ({ rules: [{ host: 'shop.example', http: { paths: routes } }] })
const isWeb = (made: Installed, url: string): boolean => made.body(url).includes('Welcome to nginx!')
const echoed = (made: Installed, path: string, headers: readonly (readonly [string, string])[] = []) =>
  made.visit(`http://shop.example${path}`, { headers }).response

describe('rules of an Ingress', () => {
  it('a host leads to its Service, and other hosts to the 404 page of the controller', () => {
    const made = installed()
    made.ingress('shop', rules(route('/', 'web')))
    expect(isWeb(made, 'http://shop.example/')).toBe(true)
    expect(isWeb(made, 'http://SHOP.example:80/index.html')).toBe(true)
    const other = made.visit('http://other.example/')
    expect(other.response).toMatchObject({ status: 404, reason: 'Not Found' })
    expect(other.response?.body).toContain('<center><h1>404 Not Found</h1></center>\r\n<hr><center>nginx</center>')
    expect(made.codes()).toContain('ingress-no-host')
  })

  it('a star stands for one label of a host, and an exact host comes first', () => {
    const made = installed()
    const one = (host: string, service: string) => ({ host, http: { paths: [route('/hostname', service)] } })
    made.ingress('stars', { rules: [one('*.example.org', 'api'), one('a.example.org', 'web')] })
    expect(made.body('http://b.example.org/hostname')).toMatch(/^api-/)
    expect(made.status('http://a.example.org/hostname')).toBe(404)
    expect(made.codes()).toContain('ingress-route')
    expect(made.status('http://x.b.example.org/hostname')).toBe(404)
    expect(made.codes()).toContain('ingress-no-host')
  })

  it('a rule without a host takes every host that no other rule names', () => {
    const made = installed()
    made.ingress('all', { rules: [{ http: { paths: [route('/', 'web')] } }] })
    expect(isWeb(made, 'http://any.example/')).toBe(true)
    expect(isWeb(made, `http://${made.address}/`)).toBe(true)
  })

  it('Exact fits the path alone, Prefix whole parts of it, and the longest path comes first', () => {
    const made = installed()
    made.ingress('paths', rules(route('/hostname', 'api', 'Exact'), route('/shell', 'api'), route('/', 'web')))
    expect(made.body('http://shop.example/hostname')).toMatch(/^api-/)
    expect(made.status('http://shop.example/hostname/')).toBe(404)
    expect(made.codes()).toContain('ingress-route')
    const backendOf = (path: string) => {
      made.visit(`http://shop.example${path}`)
      return made.cluster.network.lastTrace?.hops.find(({ code }) => code === 'ingress-route')?.params.service
    }
    expect(backendOf('/shell')).toBe('api:80')
    expect(backendOf('/shell/x?y=1')).toBe('api:80')
    expect(backendOf('/shelly')).toBe('web:80')
    expect(backendOf('/SHELL')).toBe('web:80')
    expect(backendOf('//shell/./x')).toBe('api:80')
  })

  it('ImplementationSpecific is a prefix of the text, not of its parts', () => {
    const made = installed()
    made.ingress('loose', rules(route('/host', 'api', 'ImplementationSpecific')))
    expect(made.body('http://shop.example/hostname')).toMatch(/^api-/)
  })

  it('a path that the host does not have is the 404 of the controller, and the trace names its paths', () => {
    const made = installed()
    made.ingress('shop', rules(route('/api', 'api')))
    expect(made.status('http://shop.example/')).toBe(404)
    const { lastTrace } = made.cluster.network
    expect(lastTrace && decidingHop(lastTrace)?.text).toContain(
      'Host shop.example has no path that fits /; its paths are /api.',
    )
  })

  it('the default backend of an Ingress answers for its hosts, or for all if it has no rules', () => {
    const made = installed()
    const defaultBackend = { service: { name: 'web', port: { number: 80 } } }
    made.ingress('own', { ...rules(route('/hostname', 'api')), defaultBackend })
    expect(isWeb(made, 'http://shop.example/')).toBe(true)
    expect(made.codes()).toContain('ingress-default-backend')
    expect(made.status('http://other.example/')).toBe(404)
    made.ingress('all', { defaultBackend })
    expect(isWeb(made, 'http://other.example/')).toBe(true)
  })

  it('ports of Services go by number and by name', () => {
    const made = installed()
    made.patch(`${paths.services}/web`, { spec: { ports: [{ name: 'http', port: 80, targetPort: 80 }] } })
    made.ingress('named', rules(route('/', 'web', 'Prefix', 'http')))
    expect(isWeb(made, 'http://shop.example/')).toBe(true)
  })
})

describe('rewriting of paths', () => {
  it('rewrite-target replaces the whole path', () => {
    const made = installed()
    made.ingress('plain', rules(route('/anything', 'api')), { 'rewrite-target': '/hostname' })
    expect(made.body('http://shop.example/anything/deep')).toMatch(/^api-/)
    expect(made.codes()).toContain('ingress-rewritten')
  })

  it('capture groups put parts of the path in again, and the query stays', () => {
    const made = installed()
    const path = route('/api(/|$)(.*)', 'api', 'ImplementationSpecific')
    made.ingress('groups', rules(path), { 'rewrite-target': '/$2', 'use-regex': 'true' })
    expect(made.body('http://shop.example/api/hostname')).toMatch(/^api-/)
    expect(made.body('http://shop.example/API/hostname')).toMatch(/^api-/)
    expect(made.body('http://shop.example/api/echo?msg=hello')).toContain('hello')
    expect(made.status('http://shop.example/hostname')).toBe(404)
  })

  it('without rewrite-target the path reaches the application as it is', () => {
    const made = installed()
    made.ingress('kept', rules(route('/shop', 'web')))
    expect(made.status('http://shop.example/shop')).toBe(404)
    expect(made.codes()).not.toContain('ingress-no-path')
    expect(made.controllerLogs()).toMatch(/"GET \/shop HTTP\/1\.1" 404 .* \[default-web-80\] \[\] 10\.244\.\d\.\d+:80 /)
  })
})

describe('what the controller answers itself', () => {
  it('503 where the Service is missing, has no such port, or has no endpoints, and the trace says which', () => {
    const made = installed()
    made.ingress('broken', rules(route('/none', 'none'), route('/port', 'web', 'Prefix', 81), route('/', 'web')))
    expect(made.status('http://shop.example/none')).toBe(503)
    expect(made.codes()).toContain('ingress-no-service')
    expect(made.visit('http://shop.example/port').response).toMatchObject({
      status: 503,
      reason: 'Service Temporarily Unavailable',
    })
    expect(made.codes()).toContain('ingress-no-port')
    made.patch(`${paths.services}/web`, { spec: { selector: { app: 'webapp' } } })
    made.settle(10)
    expect(made.status('http://shop.example/')).toBe(503)
    expect(made.codes()).toContain('no-endpoints-selector-matches-nothing')
    expect(made.controllerLogs()).toContain('Service "default/web" does not have any active Endpoint.')
  })

  it('502 where endpoints refuse, after three tries that its log shows', () => {
    const made = installed()
    made.patch(`${paths.services}/web`, { spec: { ports: [{ port: 80, targetPort: 8081 }] } })
    made.ingress('refused', rules(route('/', 'web')))
    expect(made.visit('http://shop.example/').response).toMatchObject({ status: 502, reason: 'Bad Gateway' })
    expect(made.codes()).toContain('ingress-bad-gateway')
    const logs = made.controllerLogs()
    expect(logs).toContain(
      'connect() failed (111: Connection refused) while connecting to upstream, client: 192.168.1.10',
    )
    expect(logs).toMatch(/ 502 \d+ "-" "-" .* \[default-web-80\] .*502, 502, 502 /)
  })

  it('504 where endpoints stay silent, as behind a NetworkPolicy', () => {
    const made = installed()
    made.ingress('silent', rules(route('/', 'web')))
    made.create('/apis/networking.k8s.io/v1/namespaces/default/networkpolicies', {
      metadata: { name: 'deny' },
      spec: { podSelector: { matchLabels: { app: 'web' } }, policyTypes: ['Ingress'] },
    })
    made.settle(5)
    expect(made.visit('http://shop.example/').response).toMatchObject({ status: 504, delayMs: 15_000 })
    expect(made.codes()).toEqual(expect.arrayContaining(['policy-ingress-isolated', 'ingress-gateway-timeout']))
    expect(made.controllerLogs()).toContain(
      'upstream timed out (110: Operation timed out) while connecting to upstream',
    )
  })
})

describe('annotations', () => {
  it('permanent-redirect, temporal-redirect and app-root send elsewhere', () => {
    const made = installed()
    const to = (path: string, name: string, value: string) => {
      made.ingress(name, rules(route(path, 'web')), { [name]: value })
      const { status, headers } = echoed(made, path) ?? { headers: [] }
      return [status, headers.find(([key]) => key === 'Location')?.[1]]
    }
    expect(to('/a', 'permanent-redirect', 'https://new.example')).toEqual([301, 'https://new.example'])
    expect(to('/b', 'temporal-redirect', 'https://soon.example')).toEqual([302, 'https://soon.example'])
    expect(to('/', 'app-root', '/app')).toEqual([302, 'http://shop.example/app'])
  })

  it('whitelist-source-range lets in by address of the client', () => {
    const made = installed()
    made.ingress('closed', rules(route('/', 'web')), { 'whitelist-source-range': '10.0.0.0/8' })
    expect(made.status('http://shop.example/')).toBe(403)
    expect(made.codes()).toContain('ingress-source-denied')
    made.patch(`${INGRESSES}/closed`, {
      metadata: { annotations: { 'nginx.ingress.kubernetes.io/whitelist-source-range': '10.0.0.0/8,192.168.1.0/24' } },
    })
    made.settle(10)
    expect(made.status('http://shop.example/')).toBe(200)
  })

  it('basic authentication asks for a user of the Secret', () => {
    const made = installed()
    const annotations = { 'auth-type': 'basic', 'auth-secret': 'users', 'auth-realm': 'Staff' }
    made.ingress('staff', rules(route('/', 'web')), annotations)
    expect(made.status('http://shop.example/')).toBe(503)
    made.create('/api/v1/namespaces/default/secrets', {
      metadata: { name: 'users' },
      stringData: { auth: 'kim:$apr1$sluggish$/Ryuznu8aUBOgwAssbOph.\n' },
    })
    made.settle(10)
    const { status, headers = [] } = echoed(made, '/') ?? {}
    expect(status).toBe(401)
    expect(headers).toContainEqual(['WWW-Authenticate', 'Basic realm="Staff"'])
    expect(echoed(made, '/', [['Authorization', 'Basic a2ltOndyb25n']])?.status).toBe(401)
    expect(echoed(made, '/', [['Authorization', 'Basic a2ltOnNlY3JldA==']])?.status).toBe(200)
    expect(made.controllerLogs()).toContain('192.168.1.10 - kim [')
  })

  it('proxy-body-size limits what may be sent', () => {
    const made = installed()
    made.ingress('small', rules(route('/', 'api')), { 'proxy-body-size': '1k' })
    const send = (body: string) => made.visit('http://shop.example/echo', { method: 'POST', body }).response?.status
    expect(send('x'.repeat(1025))).toBe(413)
    expect(send('x'.repeat(1024))).not.toBe(413)
  })

  it('the application learns of the client by X-Forwarded headers, and upstream-vhost changes its Host', () => {
    const made = installed()
    made.ingress('headers', rules(route('/', 'api')), { 'upstream-vhost': 'inner.example' })
    const header = (name: string) => made.body(`http://shop.example/header?key=${name}`)
    expect(header('X-Real-IP')).toContain('192.168.1.10')
    expect(header('X-Forwarded-Host')).toContain('shop.example')
    expect(header('X-Forwarded-Proto')).toContain('http')
    expect(header('X-Forwarded-Port')).toContain('80')
  })

  it('backend-protocol HTTP to a server with TLS is its 400, and HTTPS speaks to it', () => {
    const made = installed()
    made.create(paths.services, {
      metadata: { name: 'apiserver' },
      spec: { type: 'ExternalName', externalName: 'kubernetes.default.svc.cluster.local', ports: [{ port: 443 }] },
    })
    const spec = rules(route('/version', 'apiserver', 'Prefix', 443))
    made.ingress('plain', spec)
    expect(made.body('http://shop.example/version')).toContain('Client sent an HTTP request to an HTTPS server.')
    made.patch(`${INGRESSES}/plain`, {
      metadata: { annotations: { 'nginx.ingress.kubernetes.io/backend-protocol': 'HTTPS' } },
    })
    made.settle(10)
    expect(made.body('http://shop.example/version')).toContain('"gitVersion"')
  })

  it('an affinity cookie keeps a client with its endpoint', () => {
    const made = installed()
    made.ingress('sticky', rules(route('/', 'api')), { affinity: 'cookie', 'session-cookie-name': 'route' })
    const first = echoed(made, '/hostname')
    const cookie = first?.headers.find(([name]) => name === 'Set-Cookie')?.[1].split(';')[0] ?? ''
    expect(cookie).toMatch(/^route=/)
    const again = Array.from({ length: 6 }, () => echoed(made, '/hostname', [['Cookie', cookie]])?.body)
    expect(new Set(again)).toEqual(new Set([first?.body]))
    expect(new Set(Array.from({ length: 6 }, () => echoed(made, '/hostname')?.body)).size).toBe(2)
  })

  it('a canary takes its share by weight, header and cookie', () => {
    const made = installed()
    made.ingress('main', rules(route('/hostname', 'web')))
    const canary = {
      canary: 'true',
      'canary-weight': '30',
      'canary-by-header': 'x-canary',
      'canary-by-cookie': 'canary',
    }
    made.ingress('next', rules(route('/hostname', 'api')), canary)
    const taken = (headers: readonly (readonly [string, string])[]) =>
      echoed(made, '/hostname', headers)?.status === 200
    const share = Array.from({ length: 300 }, () => taken([])).filter(Boolean).length
    expect(share).toBeGreaterThan(60)
    expect(share).toBeLessThan(120)
    expect(Array.from({ length: 20 }, () => taken([['X-Canary', 'always']])).every(Boolean)).toBe(true)
    expect(Array.from({ length: 20 }, () => taken([['X-Canary', 'never']])).some(Boolean)).toBe(false)
    expect(Array.from({ length: 20 }, () => taken([['Cookie', 'canary=always']])).every(Boolean)).toBe(true)
  })

  it('server-alias gives a host another name, and from-to-www-redirect sends www on', () => {
    const made = installed()
    const annotations = { 'server-alias': 'store.example', 'from-to-www-redirect': 'true' }
    made.ingress('named', rules(route('/', 'web')), annotations)
    expect(isWeb(made, 'http://store.example/')).toBe(true)
    const { status, headers } = made.visit('http://www.shop.example/x').response ?? { headers: [] }
    expect([status, headers.find(([name]) => name === 'Location')?.[1]]).toEqual([308, 'http://shop.example/x'])
  })

  it('default-backend stands in for a Service without endpoints', () => {
    const made = installed()
    made.patch('/apis/apps/v1/namespaces/default/deployments/api', { spec: { replicas: 0 } })
    made.ingress('spare', rules(route('/', 'api')), { 'default-backend': 'web' })
    made.settle(40)
    expect(isWeb(made, 'http://shop.example/')).toBe(true)
  })
})
