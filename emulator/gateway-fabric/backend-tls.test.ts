import { expect, it } from 'vitest'
import { decodeBase64 } from '../api/base64.ts'
import { paths } from '../testing/test-cluster.ts'
import { tlsSecret } from './testing/certificate.ts'
import { http, type Installed, installed, to } from './testing/installed.ts'

const POLICIES = '/apis/gateway.networking.k8s.io/v1/namespaces/default/backendtlspolicies'
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps'
const SITE =
  'server { listen 443 ssl; ssl_certificate /tls/tls.crt; ssl_certificate_key /tls/tls.key; return 200 "secure\\n"; }'

/** A Gateway in front of a server that speaks TLS alone, with the certificate of secure.example. */
function withSecureBackend(): Installed {
  const made = installed()
  made.create('/api/v1/namespaces/default/secrets', tlsSecret('secure', 'secure.example'))
  made.create(CONFIG_MAPS, { metadata: { name: 'site' }, data: { 'default.conf': SITE } })
  const volumes = [
    { name: 'tls', secret: { secretName: 'secure' } },
    { name: 'site', configMap: { name: 'site' } },
  ]
  const volumeMounts = [
    { name: 'tls', mountPath: '/tls' },
    { name: 'site', mountPath: '/etc/nginx/conf.d' },
  ]
  made.create(paths.pods, {
    metadata: { name: 'secure', labels: { app: 'secure' } },
    spec: { volumes, containers: [{ name: 'main', image: 'nginx', volumeMounts }] },
  })
  made.create(paths.services, {
    metadata: { name: 'secure' },
    spec: { selector: { app: 'secure' }, ports: [{ port: 80, targetPort: 443 }] },
  })
  made.gateway('web', [http()])
  made.route('secure', { parentRefs: [{ name: 'web' }], rules: [{ backendRefs: to('secure') }] })
  made.settle(60)
  return made
}

function policy(made: Installed, validation: object): readonly string[] {
  const spec = { targetRefs: [{ group: '', kind: 'Service', name: 'secure' }], validation }
  made.create(POLICIES, { metadata: { name: 'secure' }, spec })
  made.settle(60)
  const { status } = made.get<{
    status?: { ancestors: { conditions: { type: string; status: string; reason: string; message: string }[] }[] }
  }>(`${POLICIES}/secure`)
  return (status?.ancestors[0]?.conditions ?? []).map(
    ({ type, status: is, reason, message }) => `${type}=${is} ${reason}: ${message}`,
  )
}

function authority(made: Installed): void {
  const { data } = made.get<{ data: { [key: string]: string } }>('/api/v1/namespaces/default/secrets/secure')
  const certificate = decodeBase64(data['tls.crt'] ?? '') ?? ''
  made.create(CONFIG_MAPS, { metadata: { name: 'authority' }, data: { 'ca.crt': certificate } })
}

const byName = (name: string) => ({ caCertificateRefs: [{ group: '', kind: 'ConfigMap', name }] })

it('a BackendTLSPolicy makes nginx speak TLS to a Service and check its certificate', () => {
  const made = withSecureBackend()
  expect(made.answer('http://x/')).toMatchObject({
    status: 400,
    body: expect.stringContaining('The plain HTTP request was sent to HTTPS port'),
  })
  authority(made)
  expect(policy(made, { hostname: 'secure.example', ...byName('authority') })).toEqual([
    'ResolvedRefs=True ResolvedRefs: All CACertificateRefs are resolved',
    'Accepted=True Accepted: The Policy is accepted',
  ])
  expect(made.answer('http://x/').body).toBe('secure\n')
})

it('another name or a strange authority is a 502', () => {
  const made = withSecureBackend()
  authority(made)
  policy(made, { hostname: 'other.example', ...byName('authority') })
  expect(made.status('http://x/')).toBe(502)
  made.patch(`${POLICIES}/secure`, {
    spec: { validation: { hostname: 'secure.example', caCertificateRefs: null, wellKnownCACertificates: 'System' } },
  })
  made.settle(60)
  expect(made.status('http://x/')).toBe(502)
})

it('a missing authority is said of the policy and of the route, whose answer is 500', () => {
  const made = withSecureBackend()
  const why =
    'validation.caCertificateRefs[0]: Invalid value: {"group":"","kind":"ConfigMap","name":"gone"}: ConfigMap default/gone does not exist'
  expect(policy(made, { hostname: 'secure.example', ...byName('gone') })).toEqual([
    `ResolvedRefs=False InvalidCACertificateRef: ${why}`,
    'Accepted=False NoValidCACertificate: No valid CACertificateRef found',
  ])
  expect(made.routeConditions('secure')).toContain('ResolvedRefs=False UnsupportedValue')
  expect(made.status('http://x/')).toBe(500)
})
