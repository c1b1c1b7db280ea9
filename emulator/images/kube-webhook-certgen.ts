import { encodeBase64 } from '../api/base64.ts'
import { isRecord } from '../api/json.ts'
import { createCertificate } from '../authentication/server-certificate.ts'
import { createKey, publicKeyOf } from '../authentication/server-key.ts'
import type { HttpResponse } from '../network/types.ts'
import { defineImage } from '../node/image.ts'
import type { ContainerProcess, ContainerProgram, Run } from '../node/programs/program.ts'

const CENTURY = 100 * 365 * 86_400_000
const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token'

/** Makes a webhook's certificate, and tells the API server whom to trust (ingress-nginx: images/kube-webhook-certgen). */
const program: ContainerProgram = { name: '/kube-webhook-certgen', run }

function* run(process: ContainerProcess): Run {
  yield { kind: 'sleep', ms: 300 }
  const namespace = flag(process, 'namespace') ?? ''
  const name = flag(process, 'secret-name') ?? ''
  const secrets = `/api/v1/namespaces/${namespace}/secrets`
  const found = ask(process, 'GET', `${secrets}/${name}`)
  if (process.argv[1] === 'create') {
    if (found?.status === 200) return say(process, 'info', 'secret already exists')
    if (found?.status !== 404) return fail(process, 'error getting secret', found)
    const body = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace },
      type: 'Opaque',
      data: certificates(process),
    }
    say(process, 'info', 'creating new secret')
    const made = ask(process, 'POST', secrets, body)
    return made?.status === 201 ? 0 : fail(process, 'failed creating secret', made)
  }
  if (found?.status !== 200) return fail(process, `no secret with '${name}' in '${namespace}'`, found)
  return patch(process, dataOf(found).ca)
}

function patch(process: ContainerProcess, ca: unknown): number {
  const name = flag(process, 'webhook-name') ?? ''
  const path = `/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/${name}`
  say(process, 'info', `patching webhook configurations '${name}' mutating=false, validating=true, failurePolicy=Fail`)
  const found = ask(process, 'GET', path)
  if (found?.status !== 200) return fail(process, 'failed getting validating webhook', found)
  const object: unknown = JSON.parse(found.body)
  if (!isRecord(object) || !Array.isArray(object.webhooks)) return 1
  const failurePolicy = flag(process, 'patch-failure-policy')
  const webhooks = object.webhooks.map((webhook: { readonly clientConfig?: object }) => ({
    ...webhook,
    clientConfig: { ...webhook.clientConfig, caBundle: ca },
    ...(failurePolicy && { failurePolicy }),
  }))
  const written = ask(process, 'PUT', path, { ...object, webhooks })
  if (written?.status !== 200) return fail(process, 'failed patching validating webhook', written)
  return say(process, 'info', 'Patched hook(s)')
}

function certificates(process: ContainerProcess): { readonly [name: string]: string } {
  const from = process.now()
  const authorityKey = publicKeyOf(createKey(`${process.hostname} authority`)) ?? []
  const key = createKey(process.hostname)
  const issuer = [['O', 'nil1']] as const
  const shared = { issuer, from, until: from + CENTURY, addresses: [] }
  const authority = { ...shared, subject: issuer, names: [], authority: true, publicKey: authorityKey }
  const names = (flag(process, 'host') ?? '').split(',')
  const own = {
    ...shared,
    subject: [['O', 'nil2']] as const,
    names,
    authority: false,
    publicKey: publicKeyOf(key) ?? [],
  }
  return {
    ca: encodeBase64(createCertificate(authority, authorityKey)),
    cert: encodeBase64(createCertificate(own, authorityKey)),
    key: encodeBase64(key),
  }
}

function ask(process: ContainerProcess, method: string, path: string, body?: object): HttpResponse | undefined {
  const host = process.env.get('KUBERNETES_SERVICE_HOST') ?? ''
  const port = process.env.get('KUBERNETES_SERVICE_PORT') ?? '443'
  const headers: [string, string][] = [
    ['Authorization', `Bearer ${process.files.read(TOKEN)?.trim() ?? ''}`],
    ['Content-Type', 'application/json'],
  ]
  const sent = body === undefined ? {} : { body: JSON.stringify(body) }
  return process.network.fetch(process.place, `https://${host}:${port}${path}`, { method, headers, ...sent }).response
}

function dataOf({ body }: HttpResponse): Readonly<Record<string, unknown>> {
  const object: unknown = JSON.parse(body)
  return isRecord(object) && isRecord(object.data) ? object.data : {}
}

function flag(process: ContainerProcess, name: string): string | undefined {
  return process.argv.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3)
}

function say(process: ContainerProcess, level: string, msg: string): number {
  const time = new Date(process.now()).toISOString().replace(/\.\d+Z$/, 'Z')
  process.err(`${JSON.stringify({ level, msg, source: 'cmd/create.go:53', time })}\n`)
  return 0
}

function fail(process: ContainerProcess, message: string, response: HttpResponse | undefined): number {
  const reply: unknown = response === undefined ? undefined : JSON.parse(response.body)
  const err = isRecord(reply) && typeof reply.message === 'string' ? reply.message : 'no answer from the API server'
  say(process, 'fatal', `${message}: ${err}`)
  return 1
}

export const kubeWebhookCertgen = defineImage({
  repository: 'registry.k8s.io/ingress-nginx/kube-webhook-certgen',
  tags: [/^v\d[\w.-]*$/],
  sizeBytes: 24_000_000,
  usage: { cpuMilli: 1, memoryBytes: 9_000_000, cpuMsPerRequest: 1 },
  entrypoint: ['/kube-webhook-certgen'],
  servers: [program],
  programs: [],
})
