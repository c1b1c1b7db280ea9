import { byteLength } from '../api/byte-length.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { defineImage } from '../node/image.ts'
import { httpDate, mediaType, requestPath, respond } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { ALPINE, DEBIAN } from './program-sets.ts'
import { httpServer } from './servers.ts'

const ROOT = '/usr/local/apache2/htdocs'
const SERVER = 'Apache/2.4.66 (Unix)'

function answer(process: ContainerProcess, request: HttpRequest, client: { readonly address: string }): HttpResponse {
  const response = answerFile(process, request)
  const time = httpDate(process.now()).replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1/$2/$3:$4 +0000')
  const size = byteLength(response.body) || '-'
  process.log(
    'stdout',
    `${client.address} - - [${time}] "${request.method} ${request.path} HTTP/1.1" ${response.status} ${size}\n`,
  )
  return response
}

function answerFile(process: ContainerProcess, request: HttpRequest): HttpResponse {
  const path = requestPath(request) ?? '/'
  const directory = process.files.stat(ROOT + path)?.kind === 'directory'
  const file = directory ? `${ROOT}${path.replace(/\/$/, '')}/index.html` : ROOT + path
  const body = process.files.read(file)
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) return errorPage(process, request, 405, 'Method Not Allowed')
  if (body === undefined) return errorPage(process, request, 404, 'Not Found')
  const modified = process.files.stat(file)?.modified ?? 0
  return respond(
    request,
    200,
    [
      ['Date', httpDate(process.now())],
      ['Server', SERVER],
      ['Last-Modified', httpDate(modified)],
      ['ETag', `"${byteLength(body).toString(16)}-${Math.floor(modified).toString(16)}"`],
      ['Accept-Ranges', 'bytes'],
      ['Content-Length', String(byteLength(body))],
      ['Content-Type', mediaType(file, 'text/plain')],
    ],
    body,
  )
}

function errorPage(process: ContainerProcess, request: HttpRequest, status: number, title: string): HttpResponse {
  const text =
    status === 404
      ? 'The requested URL was not found on this server.'
      : `The requested method ${request.method} is not allowed for this URL.`
  const body = `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n<p>${text}</p>\n</body></html>\n`
  const length = String(byteLength(body))
  const type = ['Content-Type', 'text/html; charset=iso-8859-1'] as const
  const date = ['Date', httpDate(process.now())] as const
  return respond(request, status, [date, ['Server', SERVER], ['Content-Length', length], type], body)
}

function startLog(process: ContainerProcess): readonly string[] {
  const address =
    (process.files.read('/etc/hosts') ?? '')
      .split('\n')
      .find((line) => line.endsWith(process.hostname))
      ?.split(/\s/)[0] ?? '127.0.0.1'
  const warning = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${address}. Set the 'ServerName' directive globally to suppress this message`
  const stamp = httpDate(process.now()).replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $3 $2 $5.000000 $4')
  return [
    warning,
    warning,
    `[${stamp}] [mpm_event:notice] [pid 1:tid 1] AH00489: ${SERVER} configured -- resuming normal operations`,
    `[${stamp}] [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'`,
  ]
}

const server = { port: 80, startLog, logStream: 'stderr', terminates: 0, answer } as const

/** The official Apache httpd image. */
export const httpd = defineImage({
  repository: 'docker.io/library/httpd',
  tags: ['latest', 'alpine', '2', /^2\.4(\.\d+)?(-(alpine|bookworm|trixie))?$/, '2-alpine', 'bookworm', 'trixie'],
  sizeBytes: 45_193_000,
  usage: { cpuMilli: 1, memoryBytes: 9_600_000, cpuMsPerRequest: 1 },
  command: ['httpd-foreground'],
  workingDir: '/usr/local/apache2',
  env: [['HTTPD_PREFIX', '/usr/local/apache2']],
  files: { [`${ROOT}/index.html`]: '<html><body><h1>It works!</h1></body></html>\n' },
  servers: [httpServer({ name: 'httpd-foreground', ...server }), httpServer({ name: 'httpd', ...server })],
  programs: DEBIAN,
  byTag: (tag) => (tag.includes('alpine') ? { sizeBytes: 20_400_000, programs: ALPINE } : {}),
})
