import { beforeEach, describe, expect, it } from 'vitest'
import { isNamed } from '../authentication/verify.ts'
import { readCertificate } from '../authentication/x509.ts'
import { paths } from '../testing/test-cluster.ts'
import type { Gateway, GatewayClass, Listener, Route } from './objects.ts'
import { tlsSecret } from './testing/certificate.ts'
import { GATEWAYS, HTTP_ROUTES, http, type Installed, installed, to } from './testing/installed.ts'

const web = { parentRefs: [{ name: 'web' }] }
const secrets = '/api/v1/namespaces/default/secrets'
const https = (hostname: string, secret: string, more: Partial<Listener> = {}): Listener => ({
  name: secret,
  port: 443,
  protocol: 'HTTPS',
  hostname,
  tls: { mode: 'Terminate', certificateRefs: [{ name: secret }] },
  ...more,
})
let made: Installed

beforeEach(() => {
  made = installed()
})

const accepted = ['Accepted=True Accepted', 'Programmed=True Programmed']
const listenerInOrder = [...accepted, 'ResolvedRefs=True ResolvedRefs', 'Conflicted=False NoConflicts']
const condition = (conditions: readonly string[], type: string) => conditions.find((one) => one.startsWith(`${type}=`))

describe('a GatewayClass', () => {
  it('is accepted by its controller; a second one of the same controller conflicts', () => {
    const classes = '/apis/gateway.networking.k8s.io/v1/gatewayclasses'
    const spec = { controllerName: 'gateway.nginx.org/nginx-gateway-controller' }
    made.create(classes, { metadata: { name: 'other' }, spec })
    made.create(classes, { metadata: { name: 'foreign' }, spec: { controllerName: 'example.com/none' } })
    made.settle()
    const of = (name: string) =>
      made.get<GatewayClass>(`${classes}/${name}`).status?.conditions?.find(({ type }) => type === 'Accepted')
    expect(of('nginx')).toMatchObject({ status: 'True', reason: 'Accepted', message: 'GatewayClass is accepted' })
    expect(of('other')).toMatchObject({ status: 'False', reason: 'GatewayClassConflict' })
    expect(of('foreign')).toMatchObject({ status: 'Unknown', reason: 'Pending', message: 'Waiting for controller' })
  })
})

describe('a Gateway', () => {
  it('is programmed with the address of its Service once its nginx runs, and counts attached routes', () => {
    made.gateway('web', [http()])
    made.route('one', { ...web, rules: [{ backendRefs: to('web') }] })
    made.route('two', { ...web, rules: [{ backendRefs: to('web') }] })
    expect(made.gatewayConditions()).toEqual(['Accepted=Unknown Pending', 'Programmed=Unknown Pending'])
    made.settle(60)
    expect(made.gatewayConditions()).toEqual(accepted)
    expect(made.listenerConditions('http')).toEqual(listenerInOrder)
    const { status } = made.get<Gateway>(`${GATEWAYS}/web`)
    expect(status?.addresses).toEqual([{ type: 'IPAddress', value: '192.168.1.240' }])
    expect(status?.listeners).toMatchObject([
      {
        name: 'http',
        attachedRoutes: 2,
        supportedKinds: [
          { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' },
          { group: 'gateway.networking.k8s.io', kind: 'GRPCRoute' },
        ],
      },
    ])
  })

  it('of a class without controller is left alone', () => {
    made.create(GATEWAYS, { metadata: { name: 'web' }, spec: { gatewayClassName: 'none', listeners: [http()] } })
    made.settle(60)
    expect(made.gatewayConditions()).toEqual(['Accepted=Unknown Pending', 'Programmed=Unknown Pending'])
    expect(made.find(`${paths.deployments}/web-none`)).toBeUndefined()
  })

  it('waits while its controller does not run', () => {
    made.patch('/apis/apps/v1/namespaces/nginx-gateway/deployments/nginx-gateway', { spec: { replicas: 0 } })
    made.settle(60)
    made.gateway('web', [http()])
    made.settle(60)
    expect(made.gatewayConditions()).toEqual(['Accepted=Unknown Pending', 'Programmed=Unknown Pending'])
  })

  it('without any valid listener is not accepted, and gets no nginx', () => {
    made.gateway('web', [http({ protocol: 'TCP' })])
    made.settle(60)
    expect(made.gatewayConditions()).toEqual(['Accepted=False ListenersNotValid', 'Programmed=False Invalid'])
    expect(made.listenerConditions('http')).toContain('Accepted=False UnsupportedProtocol')
    expect(made.find(`${paths.deployments}/web-nginx`)).toBeUndefined()
  })

  it('shows its address and state in kubectl get', () => {
    made.gateway('web', [http()])
    made.settle(60)
    const { body } = made.cluster.request({
      method: 'GET',
      path: `${GATEWAYS}/web`,
      headers: { accept: 'application/json;as=Table;v=v1;g=meta.k8s.io' },
    })
    expect(body).toMatchObject({ rows: [{ cells: ['web', 'nginx', '192.168.1.240', 'True', expect.anything()] }] })
  })
})

describe('listeners', () => {
  it('show the certificate of their Secret for the name that the client asks for', () => {
    made.create(secrets, tlsSecret('a', 'a.example.com'))
    made.create(secrets, tlsSecret('b', 'b.example.com'))
    made.gateway('web', [https('a.example.com', 'a'), https('b.example.com', 'b')])
    made.route('web', { ...web, rules: [{ backendRefs: to('web') }] })
    made.settle(60)
    for (const host of ['a.example.com', 'b.example.com']) {
      const { certificate, response } = made.visit(`https://${host}/`)
      const shown = certificate === undefined ? undefined : readCertificate(certificate)
      expect(shown !== undefined && isNamed(shown, host)).toBe(true)
      expect(response?.body).toBe('web\n')
    }
  })

  it('with a missing, unfit or foreign certificate say InvalidCertificateRef or RefNotPermitted', () => {
    made.create(secrets, { metadata: { name: 'opaque' }, stringData: { a: 'b' } })
    const foreign = { certificateRefs: [{ name: 'cert', namespace: 'kube-system' }] }
    made.gateway('web', [
      http(),
      https('a.com', 'gone'),
      https('b.com', 'opaque'),
      https('c.com', 'cert', { tls: foreign }),
    ])
    made.settle(60)
    expect(made.gatewayConditions()).toEqual(['Accepted=True ListenersNotValid', 'Programmed=True Programmed'])
    expect(made.listenerConditions('gone')).toEqual([
      'Accepted=False InvalidCertificateRef',
      'ResolvedRefs=False InvalidCertificateRef',
      'Programmed=False Invalid',
      'Conflicted=False NoConflicts',
    ])
    expect(condition(made.listenerConditions('opaque'), 'ResolvedRefs')).toBe(
      'ResolvedRefs=False InvalidCertificateRef',
    )
    expect(condition(made.listenerConditions('cert'), 'ResolvedRefs')).toBe('ResolvedRefs=False RefNotPermitted')
    made.create(secrets, tlsSecret('gone', 'a.com'))
    made.settle(60)
    expect(condition(made.listenerConditions('gone'), 'Programmed')).toBe('Programmed=True Programmed')
  })

  it('take a Secret of another namespace where a ReferenceGrant there lets them', () => {
    made.create(secrets.replace('default', 'kube-system'), tlsSecret('cert', 'c.com'))
    const foreign = { certificateRefs: [{ name: 'cert', namespace: 'kube-system' }] }
    made.gateway('web', [https('c.com', 'cert', { tls: foreign })])
    const from = [{ group: 'gateway.networking.k8s.io', kind: 'Gateway', namespace: 'default' }]
    made.create('/apis/gateway.networking.k8s.io/v1/namespaces/kube-system/referencegrants', {
      metadata: { name: 'certs' },
      spec: { from, to: [{ group: '', kind: 'Secret', name: 'cert' }] },
    })
    made.settle(60)
    expect(made.gatewayConditions()).toEqual(accepted)
  })

  it('of HTTP and HTTPS on one port are in conflict', () => {
    made.create(secrets, tlsSecret('a', 'a.com'))
    made.gateway('web', [http({ port: 443 }), https('a.com', 'a')])
    made.settle(60)
    expect(made.listenerConditions('http')).toContain('Conflicted=True ProtocolConflict')
    expect(made.listenerConditions('a')).toContain('Accepted=False ProtocolConflict')
  })

  it('that ask for kinds of routes they cannot serve say InvalidRouteKinds', () => {
    made.gateway('web', [http({ allowedRoutes: { kinds: [{ kind: 'HTTPRoute' }, { kind: 'TCPRoute' }] } })])
    made.settle(60)
    expect(made.listenerConditions('http')).toContain('ResolvedRefs=False InvalidRouteKinds')
    expect(made.get<Gateway>(`${GATEWAYS}/web`).status?.listeners?.[0]?.supportedKinds).toEqual([
      { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' },
    ])
  })
})

describe('an HTTPRoute', () => {
  const rules = [{ backendRefs: to('web') }]
  const acceptedOf = (name: string, namespace?: string) => condition(made.routeConditions(name, namespace), 'Accepted')

  it('is told why no listener takes it', () => {
    made.gateway('web', [http({ hostname: '*.example.com' })])
    made.route('fits', { ...web, hostnames: ['shop.example.com'], rules })
    made.route('host', { ...web, hostnames: ['example.org'], rules })
    made.route('section', { parentRefs: [{ name: 'web', sectionName: 'https' }], rules })
    made.route('port', { parentRefs: [{ name: 'web', port: 8080 }], rules })
    made.route('namespace', { parentRefs: [{ name: 'web', namespace: 'default' }], rules }, 'kube-public')
    made.route('nobody', { parentRefs: [{ name: 'missing' }], rules })
    made.settle(60)
    expect(acceptedOf('fits')).toBe('Accepted=True Accepted')
    expect(acceptedOf('host')).toBe('Accepted=False NoMatchingListenerHostname')
    expect(acceptedOf('section')).toBe('Accepted=False NoMatchingParent')
    expect(acceptedOf('port')).toBe('Accepted=False NoMatchingParent')
    expect(acceptedOf('namespace', 'kube-public')).toBe('Accepted=False NotAllowedByListeners')
    expect(made.routeConditions('nobody')).toEqual([])
  })

  it('of another namespace attaches where allowedRoutes selects that namespace', () => {
    const selector = { matchLabels: { 'kubernetes.io/metadata.name': 'kube-public' } }
    made.gateway('web', [http({ allowedRoutes: { namespaces: { from: 'Selector', selector } } })])
    made.route('in', { parentRefs: [{ name: 'web', namespace: 'default' }], rules }, 'kube-public')
    made.route('out', { ...web, rules })
    made.settle(60)
    expect(acceptedOf('in', 'kube-public')).toBe('Accepted=True Accepted')
    expect(acceptedOf('out')).toBe('Accepted=False NotAllowedByListeners')
  })

  it('is told which backend it cannot have', () => {
    made.gateway('web', [http()])
    made.route('gone', { ...web, rules: [{ backendRefs: to('gone') }] })
    made.route('port', { ...web, rules: [{ backendRefs: [{ name: 'web', port: 81 }] }] })
    made.route('kind', { ...web, rules: [{ backendRefs: [{ name: 'web', kind: 'Pod', port: 80 }] }] })
    made.settle(60)
    expect(made.routeConditions('gone')).toEqual(['Accepted=True Accepted', 'ResolvedRefs=False BackendNotFound'])
    expect(made.routeConditions('port')).toEqual(['Accepted=True Accepted', 'ResolvedRefs=False BackendNotFound'])
    expect(made.routeConditions('kind')).toEqual(['Accepted=True Accepted', 'ResolvedRefs=False InvalidKind'])
    const [parent] = made.get<Route>(`${HTTP_ROUTES}/gone`).status?.parents ?? []
    expect(parent?.controllerName).toBe('gateway.nginx.org/nginx-gateway-controller')
    expect(parent?.conditions[1]?.message).toBe('spec.rules[0].backendRefs[0].name: Not found: "gone"')
  })
})
