import { byteLength } from '../api/byte-length.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { defineImage } from '../node/image.ts'
import { httpDate, mediaType, requestPath, respond } from '../node/programs/http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve, sleep } from '../node/programs/program.ts'
import { DEBIAN } from './program-sets.ts'

const WEBAPPS = '/usr/local/tomcat/webapps'
const STARTING_MS = 2500

const versionOf = (process: ContainerProcess): string => process.env.get('TOMCAT_VERSION') ?? '11.0.14'

function respondText(
  process: ContainerProcess,
  request: HttpRequest,
  status: number,
  type: string,
  body: string,
): HttpResponse {
  const headers = [
    ['Content-Type', type],
    ...(status === 404 ? [['Content-Language', 'en']] : []),
    ['Content-Length', String(byteLength(body))],
    ['Date', httpDate(process.now())],
  ].map(([name = '', value = '']) => [name, value] as const)
  return { ...respond(request, status, headers, body), reason: '' }
}

/** Files of the web applications; a new image has none, so that everything is 404. */
function answer(process: ContainerProcess, request: HttpRequest): HttpResponse {
  const path = requestPath(request) ?? '/'
  const [, first = ''] = path.split('/')
  const own = process.files.stat(`${WEBAPPS}/${first}`)?.kind === 'directory' && first !== ''
  const file = `${WEBAPPS}/${own ? path.slice(1) : `ROOT${path}`}`.replace(/\/$/, '/index.html')
  const text = process.files.read(file) ?? process.files.read(`${file}/index.html`)
  if (text !== undefined) return respondText(process, request, 200, mediaType(file, 'text/html'), text)
  const page = `<!doctype html><html lang="en"><head><title>HTTP Status 404 – Not Found</title></head><body><h1>HTTP Status 404 – Not Found</h1><hr class="line" /><p><b>Type</b> Status Report</p><p><b>Description</b> The origin server did not find a current representation for the target resource or is not willing to disclose that one exists.</p><hr class="line" /><h3>Apache Tomcat/${versionOf(process)}</h3></body></html>`
  return respondText(process, request, 404, 'text/html;charset=utf-8', page)
}

const program: ContainerProgram = {
  name: 'catalina.sh',
  *run(process): Run {
    const log = (source: string, text: string): void => {
      const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(httpDate(process.now())) ?? []
      process.err(`${day}-${month}-${year} ${time}.000 INFO [main] ${source} ${text}\n`)
    }
    const version = versionOf(process)
    log('org.apache.catalina.startup.VersionLoggerListener.log', `Server version name:   Apache Tomcat/${version}`)
    log('org.apache.coyote.AbstractProtocol.init', 'Initializing ProtocolHandler ["http-nio-8080"]')
    yield* sleep(STARTING_MS)
    log('org.apache.catalina.core.StandardService.startInternal', 'Starting service [Catalina]')
    log('org.apache.catalina.core.StandardEngine.startInternal', `Starting Servlet engine: [Apache Tomcat/${version}]`)
    process.listen({
      port: 8080,
      protocol: 'TCP',
      address: '0.0.0.0',
      speaks: 'http',
      answer: (request) => answer(process, request),
    })
    log('org.apache.coyote.AbstractProtocol.start', 'Starting ProtocolHandler ["http-nio-8080"]')
    log('org.apache.catalina.startup.Catalina.start', `Server startup in [${STARTING_MS}] milliseconds`)
    process.onTerminate(143, () =>
      log('org.apache.coyote.AbstractProtocol.pause', 'Pausing ProtocolHandler ["http-nio-8080"]'),
    )
    return yield* serve()
  },
}

/** The official Tomcat image, whose folder of applications is empty. */
export const tomcat = defineImage({
  repository: 'docker.io/library/tomcat',
  tags: ['latest', 'alpine', /^(8|9|10|11)(\.\d+){0,2}(-[\w.-]+)?$/, /^jdk\d+(-[\w.-]+)?$/],
  sizeBytes: 162_000_000,
  usage: { cpuMilli: 2, memoryBytes: 96_000_000, cpuMsPerRequest: 1 },
  command: ['catalina.sh', 'run'],
  workingDir: '/usr/local/tomcat',
  files: { [WEBAPPS]: { directory: true }, '/usr/local/tomcat/webapps.dist': { directory: true } },
  servers: [program],
  programs: DEBIAN,
  byTag: (tag) => (/^\d+\.\d+\.\d+/.test(tag) ? { env: [['TOMCAT_VERSION', tag.replace(/-.*$/, '')]] } : {}),
})
