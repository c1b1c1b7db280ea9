import { versionInfo } from '../api/version.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { defineImage } from '../node/image.ts'
import { goText, httpDate, requestPath, respond } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { httpServer } from './servers.ts'

/** What system:anonymous may read (system:public-info-viewer and the health checks). */
const OPEN = new Set(['/healthz', '/livez', '/readyz'])

/** The API server as a client without credentials meets it; kubectl speaks to the emulator's API directly. */
function answer(process: ContainerProcess, request: HttpRequest): HttpResponse {
  if (request.tls !== true) {
    const body = 'Client sent an HTTP request to an HTTPS server.\n'
    const headers: [string, string][] = [
      ['Content-Type', 'text/plain; charset=utf-8'],
      ['Connection', 'close'],
    ]
    return { ...respond(request, 400, headers, body), version: '1.0' }
  }
  const path = requestPath(request) ?? '/'
  if (OPEN.has(path)) return goText(request, process.now(), 'ok')
  if (path === '/version') return json(process, request, 200, versionInfo)
  const verb = { GET: 'get', POST: 'post', PUT: 'put', DELETE: 'delete', PATCH: 'patch' }[request.method] ?? 'get'
  return json(process, request, 403, {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: forbidden(path, verb),
    reason: 'Forbidden',
    details: details(path),
    code: 403,
  })
}

function json(process: ContainerProcess, request: HttpRequest, status: number, value: object): HttpResponse {
  const body = `${JSON.stringify(value, undefined, 2)}${status === 200 ? '' : '\n'}`
  return respond(
    request,
    status,
    [
      ['Audit-Id', '00000000-0000-4000-8000-000000000000'],
      ['Cache-Control', 'no-cache, private'],
      ['Content-Type', 'application/json'],
      ['X-Content-Type-Options', 'nosniff'],
      ['Content-Length', String(body.length)],
      ['Date', httpDate(process.now())],
    ],
    body,
  )
}

interface ResourcePath {
  readonly group: string
  readonly namespace: string | undefined
  readonly resource: string
  readonly name: string | undefined
}

function parseResource(path: string): ResourcePath | undefined {
  const match = /^\/(?:api\/v1|apis\/([^/]+)\/[^/]+)(?:\/namespaces\/([^/]+)(?=\/))?\/([^/]+)(?:\/([^/]+))?/.exec(path)
  if (match === null) return undefined
  return { group: match[1] ?? '', namespace: match[2], resource: match[3] ?? '', name: match[4] }
}

function forbidden(path: string, verb: string): string {
  const found = parseResource(path)
  if (found === undefined) return `forbidden: User "system:anonymous" cannot ${verb} path "${path}"`
  const named = found.name === undefined ? '' : ` "${found.name}"`
  const dotted = found.group === '' ? found.resource : `${found.resource}.${found.group}`
  const scope = found.namespace === undefined ? 'at the cluster scope' : `in the namespace "${found.namespace}"`
  const action = verb === 'get' && found.name === undefined ? 'list' : verb === 'post' ? 'create' : verb
  return `${dotted}${named} is forbidden: User "system:anonymous" cannot ${action} resource "${found.resource}" in API group "${found.group}" ${scope}`
}

function details(path: string): object {
  const found = parseResource(path)
  if (found === undefined) return {}
  return {
    ...(found.name === undefined ? {} : { name: found.name }),
    ...(found.group === '' ? {} : { group: found.group }),
    kind: found.resource,
  }
}

export const kubeApiserver = defineImage({
  repository: 'registry.k8s.io/kube-apiserver',
  tags: [/^v1\.\d{2}\.\d{1,2}$/],
  sizeBytes: 30_500_000,
  usage: { cpuMilli: 46, memoryBytes: 262_000_000, cpuMsPerRequest: 1 },
  entrypoint: ['kube-apiserver'],
  servers: [
    httpServer({
      name: 'kube-apiserver',
      port: 6443,
      tls: true,
      terminates: 0,
      logStream: 'stderr',
      startLog: () => ['I1121 00:00:00.000000       1 secure_serving.go:211] Serving securely on [::]:6443'],
      answer,
    }),
  ],
  programs: [],
})
