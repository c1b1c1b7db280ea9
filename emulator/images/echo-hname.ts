import { byteLength } from '../api/byte-length.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { defineImage } from '../node/image.ts'
import { header, httpDate, respond } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { ALPINE } from './program-sets.ts'
import { httpServer, logTime } from './servers.ts'

/** nginx that returns one line of text, as both of these images are made, with its line for the request. */
export function nginxLine(
  process: ContainerProcess,
  request: HttpRequest,
  body: string,
  client: { readonly address: string },
): HttpResponse {
  const agent = header(request, 'user-agent') ?? '-'
  const line = `${client.address} - - [${logTime(process.now())}] "${request.method} ${request.path} HTTP/1.1" 200 ${byteLength(body)}`
  process.log('stdout', `${line} "-" "${agent}" "${header(request, 'x-forwarded-for') ?? '-'}"\n`)
  return respond(
    request,
    200,
    [
      ['Server', 'nginx'],
      ['Date', httpDate(process.now())],
      ['Content-Type', 'text/plain'],
      ['Content-Length', String(byteLength(body))],
      ['Connection', 'keep-alive'],
    ],
    body,
  )
}

/** An image whose nginx answers every request with one line about itself. */
export function lineImage(
  repository: string,
  line: (process: ContainerProcess, request: HttpRequest) => string,
): ReturnType<typeof defineImage> {
  return defineImage({
    repository,
    tags: ['latest'],
    sizeBytes: 48_600_000,
    command: ['nginx', '-g', 'daemon off;'],
    servers: [
      httpServer({
        name: 'nginx',
        port: 80,
        terminates: 0,
        answer: (process, request, client) => nginxLine(process, request, `${line(process, request)}\n`, client),
      }),
    ],
    programs: [...ALPINE, 'bash', 'curl'],
  })
}

/** Answers with the name of its Pod. */
export const echoHostname = lineImage('docker.io/sysnet4admin/echo-hname', (process) => process.hostname)
