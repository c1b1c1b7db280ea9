import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { createCluster } from '../index.ts'
import { hmac } from './hmac.ts'
import { createTokenSigner } from './web-token.ts'

const start = Date.UTC(2026, 10, 21)

/** From `openssl req -new -newkey ed25519 -nodes -subj /O=dev/CN=jane`. */
const REQUEST = `-----BEGIN CERTIFICATE REQUEST-----
MIGcMFACAQAwHTEMMAoGA1UECgwDZGV2MQ0wCwYDVQQDDARqYW5lMCowBQYDK2Vw
AyEARQ2JecQts7/OLSHqfvi1/I7NLnJZ0uP2rc3tbZ22IWKgADAFBgMrZXADQQBT
IaarOByAhKQ+hSbod+QYcvVB4S42GYGL9mMgLrMtJqAXJ1GyKeDGBBY8akaSt8p0
7OdVAuS3LBtCO9NQ0hwK
-----END CERTIFICATE REQUEST-----
`

function lab() {
  const cluster = createCluster({ seed: 'tokens', startTime: start })
  const ask = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object, token?: string) =>
    cluster.request({
      method,
      path,
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      ...(body && { body: JSON.stringify(body) }),
    })
  const account = '/api/v1/namespaces/default/serviceaccounts/default'
  const issue = (spec: object = {}) => ask('POST', `${account}/token`, { spec })
  const token = (spec?: object) => (issue(spec).body as { status: { token: string } }).status.token
  const whoAmI = (using: string) => ask('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', {}, using)
  return { cluster, ask, issue, token, whoAmI, account }
}

test.each(['', 'key', 'a key that is longer than the block of sixty-four bytes that the hash function takes'])(
  'signatures keyed by %j are those of every other HMAC',
  (key) => {
    expect(hmac(key, 'message')).toEqual([...createHmac('sha256', key).update('message').digest()])
  },
)

test('a token names its account, and the server believes it', () => {
  const { token, whoAmI } = lab()
  expect(whoAmI(token()).body).toMatchObject({
    status: {
      userInfo: {
        username: 'system:serviceaccount:default:default',
        groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'],
        extra: { 'authentication.kubernetes.io/credential-id': [expect.stringMatching(/^JTI=/)] },
      },
    },
  })
})

test.each([
  ['text that is no token', () => 'abc'],
  ['a token of another cluster', () => createTokenSigner('other').sign({ sub: 'system:admin' })],
  ['a token for somebody else', ({ token }: ReturnType<typeof lab>) => token({ audiences: ['vault'] })],
  ['a token with another payload', ({ token }: ReturnType<typeof lab>) => token().replace(/\.[^.]+\./, '.e30.')],
])('%s is refused', (_name, make) => {
  const scene = lab()
  expect(scene.whoAmI(make(scene))).toMatchObject({ status: 401, body: { reason: 'Unauthorized', code: 401 } })
})

test('a token ends with its time and with its account', () => {
  const { cluster, ask, token, whoAmI, account } = lab()
  const short = token({ expirationSeconds: 600 })
  cluster.run(599_000)
  expect(whoAmI(short).status).toBe(201)
  cluster.run(2_000)
  expect(whoAmI(short).status).toBe(401)
  const bound = token()
  ask('DELETE', account)
  expect(whoAmI(bound).status).toBe(401)
})

test.each([
  [60, 'may not specify a duration less than 10 minutes'],
  [2 ** 32 + 1, 'may not specify a duration larger than 2^32 seconds'],
])('a token of %i seconds is refused', (expirationSeconds, detail) => {
  expect(lab().issue({ expirationSeconds }).body).toMatchObject({
    message: `TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: ${expirationSeconds}: ${detail}`,
  })
})

test('a token may be bound only to what is there', () => {
  const { issue } = lab()
  const boundObjectRef = { kind: 'Pod', apiVersion: 'v1', name: 'web' }
  expect(issue({ boundObjectRef }).body).toMatchObject({ message: 'pods "web" not found' })
})

test('whoever holds a token has what RBAC gives its account', () => {
  const { ask, token } = lab()
  expect(ask('GET', '/api/v1/namespaces/default/pods', undefined, token()).body).toMatchObject({
    message:
      'pods is forbidden: User "system:serviceaccount:default:default" cannot list resource "pods" in API group "" in the namespace "default"',
  })
})

test('within the cluster the API server takes the token that a Pod mounts, and knows nobody without one', () => {
  const { cluster, ask } = lab()
  const pods = '/api/v1/namespaces/default/pods'
  ask('POST', pods, {
    metadata: { name: 'web' },
    spec: { containers: [{ name: 'c', image: 'nginx', command: ['sleep', '1000'] }] },
  })
  cluster.settle(20)
  const run = (...argv: string[]) => cluster.container('default', 'web', 'c')?.run(argv).output ?? ''
  const folder = '/var/run/secrets/kubernetes.io/serviceaccount'
  const token = run('cat', `${folder}/token`).trim()
  const curl = (...options: string[]) => run('curl', '-s', '--cacert', `${folder}/ca.crt`, ...options)
  const url = `https://kubernetes.default.svc${pods}`
  expect(curl(url)).toContain('User \\"system:anonymous\\" cannot list resource \\"pods\\"')
  expect(curl('-H', `Authorization: Bearer ${token}`, url)).toContain(
    'User \\"system:serviceaccount:default:default\\" cannot list',
  )
  ask('POST', '/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings', {
    metadata: { name: 'view' },
    roleRef: { kind: 'ClusterRole', name: 'view' },
    subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'default' }],
  })
  expect(curl('-H', `Authorization: Bearer ${token}`, url)).toContain('"name": "web"')
  expect(curl('https://kubernetes.default/healthz')).toBe('ok')
})

test('a certificate that the cluster has signed on request stands for its common name and organisations', () => {
  const { cluster, ask } = lab()
  const requests = '/apis/certificates.k8s.io/v1/certificatesigningrequests'
  const made = ask('POST', requests, {
    metadata: { name: 'jane' },
    spec: {
      request: Buffer.from(REQUEST).toString('base64'),
      signerName: 'kubernetes.io/kube-apiserver-client',
      usages: ['client auth'],
    },
  }).body as object
  cluster.request({
    method: 'PUT',
    path: `${requests}/jane/approval`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...made,
      status: { conditions: [{ type: 'Approved', status: 'True', reason: 'KubectlApprove' }] },
    }),
  })
  cluster.settle(5)
  const { status } = ask('GET', `${requests}/jane`).body as { status: { certificate: string } }
  const clientCertificate = Buffer.from(status.certificate, 'base64').toString()
  const whoAmI = (certificate: string) =>
    cluster.request({
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      headers: { 'content-type': 'application/json' },
      body: '{}',
      clientCertificate: certificate,
    })
  expect(whoAmI(clientCertificate).body).toMatchObject({
    status: { userInfo: { username: 'jane', groups: ['dev', 'system:authenticated'] } },
  })
  expect(whoAmI(REQUEST).status).toBe(401)
  cluster.run(366 * 86_400_000)
  expect(whoAmI(clientCertificate).status).toBe(401)
})
