import { describe, expect, it } from 'vitest'
import { INGRESSES, installed, route } from './testing/installed.ts'

const post = (made: ReturnType<typeof installed>, name: string, spec: object, annotations: object = {}) =>
  made.cluster.request({
    method: 'POST',
    path: INGRESSES,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ metadata: { name, annotations }, spec: { ingressClassName: 'nginx', ...spec } }),
  })
const rule = (path: string, pathType = 'Prefix') => ({
  rules: [{ host: 'shop.example', http: { paths: [route(path, 'web', pathType)] } }],
})
const admissionAddress = ({ request }: ReturnType<typeof installed>['cluster']): string => {
  const path = '/api/v1/namespaces/ingress-nginx/services/ingress-nginx-controller-admission'
  const { body } = request({ method: 'GET', path, query: {}, headers: {} })
  return (body as { readonly spec: { readonly clusterIP: string } }).spec.clusterIP
}
const DENIED = 'admission webhook "validate.nginx.ingress.kubernetes.io" denied the request: '

describe('the webhook of the Ingress controller', () => {
  it('answers whoever asks, with 400 where the body is no review', () => {
    const { cluster } = installed()
    const ask = (body: string) =>
      cluster.network.fetch(
        { kind: 'machine', name: 'controlplane' },
        `https://${admissionAddress(cluster)}/networking/v1/ingresses`,
        { method: 'POST', body },
      ).response
    expect(ask('nonsense')?.status).toBe(400)
    expect(ask('{"request":null}')?.status).toBe(400)
    expect(ask('{"request":{"uid":"a","object":{"spec":{"rules":5}}}}')?.body).toContain('"allowed":true')
  })

  it('refuses a host and path that another Ingress already has', () => {
    const made = installed()
    made.ingress('first', rule('/'))
    const refused = post(made, 'second', rule('/'))
    expect(refused).toMatchObject({
      status: 400,
      body: {
        reason: 'BadRequest',
        message: `${DENIED}host "shop.example" and path "/" is already defined in ingress default/first`,
      },
    })
    expect(post(made, 'exact', rule('/', 'Exact')).status).toBe(400)
    expect(post(made, 'third', rule('/other')).status).toBe(201)
  })

  it('refuses a pattern as path of type Prefix, and warned of it before 1.12', () => {
    expect(post(installed(), 'regex', rule('/api(/|$)(.*)')).body).toMatchObject({
      message: `${DENIED}ingress contains invalid paths: path /api(/|$)(.*) cannot be used with pathType Prefix`,
    })
    const older = post(installed('cloud', '1.8.2'), 'regex', rule('/api(/|$)(.*)'))
    expect(older.status).toBe(201)
    expect(older.warnings).toEqual(['path /api(/|$)(.*) cannot be used with pathType Prefix'])
  })

  it('refuses snippets', () => {
    const key = 'nginx.ingress.kubernetes.io/configuration-snippet'
    const { body } = post(installed(), 'snippet', rule('/'), { [key]: 'return 418;' })
    const why = `${key} annotation cannot be used. Snippet directives are disabled by the Ingress administrator`
    expect(body).toMatchObject({ message: DENIED + why })
  })

  it('stands in the way of every Ingress while its Pod is gone', () => {
    const made = installed()
    made.patch('/apis/apps/v1/namespaces/ingress-nginx/deployments/ingress-nginx-controller', { spec: { replicas: 0 } })
    made.settle(330)
    const { status, body } = post(made, 'late', rule('/'))
    expect(status).toBe(500)
    expect((body as { message: string }).message).toMatch(
      /^Internal error occurred: failed calling webhook "validate\.nginx\.ingress\.kubernetes\.io": failed to call webhook: Post "https:\/\/ingress-nginx-controller-admission\.ingress-nginx\.svc:443\/networking\/v1\/ingresses\?timeout=10s": dial tcp 10\.[\d.]+:443: connect: connection refused$/,
    )
    made.remove('/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/ingress-nginx-admission')
    expect(post(made, 'late', rule('/')).status).toBe(201)
  })

  it('is trusted only by the authority that its Job wrote down', () => {
    const made = installed()
    const path = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/ingress-nginx-admission'
    const { webhooks } = made.get<{ webhooks: { clientConfig: object }[] }>(path)
    made.patch(path, {
      webhooks: webhooks.map((webhook) => ({ ...webhook, clientConfig: { ...webhook.clientConfig, caBundle: '' } })),
    })
    expect(post(made, 'any', rule('/')).body).toMatchObject({
      message: expect.stringContaining(
        'tls: failed to verify certificate: x509: certificate signed by unknown authority',
      ),
    })
  })
})

describe('values and snippets', () => {
  const annotated = (made: ReturnType<typeof installed>, name: string, annotations: object): string => {
    const spec = { rules: [{ host: `${name}.example`, http: { paths: [route('/', 'web')] } }] }
    return (post(made, name, spec, annotations).body as { readonly message?: string }).message ?? ''
  }

  it.each([
    ['proxy-body-size', 'huge'],
    ['ssl-redirect', 'yes'],
    ['whitelist-source-range', '10.0.0.0/99'],
    ['backend-protocol', 'SPDY'],
    ['limit-rps', 'many'],
  ])('refuses %s with the value %s', (name, value) => {
    expect(annotated(installed(), 'odd', { [`nginx.ingress.kubernetes.io/${name}`]: value })).toContain(
      `denied the request: annotation nginx.ingress.kubernetes.io/${name} contains invalid value`,
    )
  })

  it('snippets need leave and a risk level, and then set their headers', () => {
    const made = installed()
    const snippet = { 'nginx.ingress.kubernetes.io/configuration-snippet': 'more_set_headers "X-Own: yes";\n' }
    const allow = (data: { readonly [name: string]: string }) => {
      made.patch('/api/v1/namespaces/ingress-nginx/configmaps/ingress-nginx-controller', { data })
      made.settle(10)
    }
    allow({ 'allow-snippet-annotations': 'true' })
    expect(annotated(made, 'risky', snippet)).toContain(
      'denied the request: annotation group ConfigurationSnippet contains risky annotation based on ingress configuration',
    )
    allow({ 'annotations-risk-level': 'Critical' })
    made.ingress('allowed', { rules: [{ host: 'own.example', http: { paths: [route('/', 'web')] } }] }, snippet)
    expect(made.visit('http://own.example/').response?.headers).toContainEqual(['X-Own', 'yes'])
  })
})
