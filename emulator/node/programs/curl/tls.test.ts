import { expect, it } from 'vitest'
import { encodeBase64 } from '../../../api/base64.ts'
import { createCertificate } from '../../../authentication/server-certificate.ts'
import { createKey, publicKeyOf } from '../../../authentication/server-key.ts'
import { type Installed, installed, LAPTOP, route } from '../../../ingress-nginx/testing/installed.ts'
import { testStart } from '../../../testing/test-cluster.ts'
import { curl } from './curl.ts'

const DAY = 86_400_000
const key = createKey('shop')
const publicKey = publicKeyOf(key) ?? []
const authorityKey = publicKeyOf(createKey('authority')) ?? []
const issuer = [['CN', 'Shop CA']] as const

/** The certificate of shop.example, signed by Shop CA until then; and Shop CA's own. */
const signed = (until: number) =>
  createCertificate(
    {
      subject: [['CN', 'shop.example']],
      issuer,
      from: testStart - 30 * DAY,
      until,
      names: ['shop.example'],
      addresses: [],
      authority: false,
      publicKey,
    },
    authorityKey,
  )
const authority = createCertificate(
  {
    subject: issuer,
    issuer,
    from: testStart - 30 * DAY,
    until: testStart + 30 * DAY,
    names: [],
    addresses: [],
    authority: true,
    publicKey: authorityKey,
  },
  authorityKey,
)

function shop(until = testStart + 30 * DAY): Installed {
  const made = installed()
  made.create('/api/v1/namespaces/default/secrets', {
    metadata: { name: 'cert' },
    type: 'kubernetes.io/tls',
    data: { 'tls.crt': encodeBase64(signed(until)), 'tls.key': encodeBase64(key) },
  })
  made.ingress('shop', {
    tls: [{ hosts: ['shop.example'], secretName: 'cert' }],
    rules: [{ host: 'shop.example', http: { paths: [route('/', 'web')] } }],
  })
  return made
}

function run(made: Installed, line: string): { readonly code: number; readonly out: string; readonly err: string } {
  let out = ''
  let err = ''
  const program = curl.run({
    argv: line.replaceAll('ADDRESS', made.address).split(' '),
    env: new Map(),
    cwd: '/root',
    stdin: '',
    place: LAPTOP,
    hostname: 'laptop',
    network: made.cluster.network,
    terminal: undefined,
    now: () => made.cluster.now(),
    out: (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
  })
  let next = program.next()
  while (!next.done)
    next = program.next(next.value.kind === 'read' && next.value.path === 'ca.crt' ? authority : undefined)
  return { code: next.value, out, err }
}

const TO = '--resolve shop.example:443:ADDRESS --resolve shop.example:80:ADDRESS'

it('curl does not trust an authority that it has not been shown, and asks nothing', () => {
  const made = shop()
  expect(run(made, `curl -sS ${TO} https://shop.example/`)).toMatchObject({
    code: 60,
    err: expect.stringContaining('curl: (60) SSL certificate problem: unable to get local issuer certificate\n'),
  })
  expect(made.codes()).toContain('certificate-unknown-issuer')
  expect(made.controllerLogs()).not.toContain('"GET / HTTP/1.1"')
})

it('curl --cacert trusts what the authority signed, and -v shows whom', () => {
  const { code, out, err } = run(shop(), `curl -sv --cacert ca.crt ${TO} https://shop.example/`)
  expect(code).toBe(0)
  expect(out).toContain('Welcome to nginx!')
  for (const line of [
    '*  CAfile: ca.crt',
    '*  subject: CN=shop.example',
    `*  subjectAltName: host "shop.example" matched cert's "shop.example"`,
    '*  issuer: CN=Shop CA',
    '*  SSL certificate verify ok.',
  ])
    expect(err).toContain(`${line}\n`)
})

it('curl refuses a certificate of another name, and one that has expired', () => {
  expect(run(shop(), 'curl -sS --cacert ca.crt https://ADDRESS/').err).toContain('self-signed certificate')
  const expired = run(shop(testStart - DAY), `curl -sS --cacert ca.crt ${TO} https://shop.example/`)
  expect(expired).toMatchObject({ code: 60, err: expect.stringContaining('certificate has expired') })
})

it('curl -k takes any certificate, and -L follows the redirect to https', () => {
  const { code, out } = run(
    shop(),
    `curl -skL -w %{http_code}/%{num_redirects} -o /dev/null ${TO} http://shop.example/`,
  )
  expect({ code, out }).toEqual({ code: 0, out: '200/1' })
})

it('curl ends with 77 where --cacert names no certificates, and with 35 where nobody speaks TLS', () => {
  const made = shop()
  expect(run(made, 'curl -sS --cacert none.crt https://ADDRESS/')).toMatchObject({
    code: 77,
    err: 'curl: (77) error setting certificate file: none.crt\n',
  })
  expect(run(made, 'curl -sS https://ADDRESS:80/').code).toBe(35)
})
