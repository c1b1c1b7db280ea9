import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { defineImage } from '../node/image.ts'
import { goText, header, requestPath } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { ALPINE } from './program-sets.ts'
import { argument, httpServer, numberOf } from './servers.ts'

const versionOf = (process: ContainerProcess): string => process.env.get('PODINFO_VERSION') ?? '6.9.2'

function json(process: ContainerProcess, request: HttpRequest, value: object, status = 200): HttpResponse {
  const response = goText(request, process.now(), JSON.stringify(value, null, 2), status)
  const headers = response.headers.map(
    ([name, text]) => [name, name === 'Content-Type' ? 'application/json; charset=utf-8' : text] as const,
  )
  return { ...response, headers }
}

function answer(process: ContainerProcess, request: HttpRequest): HttpResponse {
  const path = requestPath(request) ?? '/'
  const version = versionOf(process)
  const color = process.env.get('PODINFO_UI_COLOR') ?? argument(process.argv, 'ui-color') ?? '#34577c'
  const message = process.env.get('PODINFO_UI_MESSAGE') ?? argument(process.argv, 'ui-message')
  const info = {
    hostname: process.hostname,
    version,
    revision: 'b3396adb98a6a0f5eeedd1a600beaf5e954a1f28',
    color,
    logo: 'https://raw.githubusercontent.com/stefanprodan/podinfo/gh-pages/cuddle_clap.gif',
    message: message ?? `greetings from podinfo v${version}`,
    goos: 'linux',
    goarch: 'amd64',
    runtime: 'go1.25.1',
    num_goroutine: '8',
    num_cpu: '2',
  }
  if (path === '/' && /Mozilla/.test(header(request, 'user-agent') ?? ''))
    return goText(
      request,
      process.now(),
      `<!DOCTYPE html>\n<html><head><title>${process.hostname}</title></head></html>\n`,
    )
  if (path === '/' || path === '/api/info') return json(process, request, info)
  if (path === '/healthz' || path === '/readyz') return json(process, request, { status: 'OK' })
  if (path === '/version') return json(process, request, { commit: info.revision, version })
  if (path === '/env')
    return json(
      process,
      request,
      [...process.env].map(([name, value]) => `${name}=${value}`),
    )
  if (path === '/headers')
    return json(process, request, Object.fromEntries(request.headers.map(([name, value]) => [name, [value]])))
  const status = /^\/status\/(\d{3})$/.exec(path)?.[1]
  if (status !== undefined) return json(process, request, { status: Number(status) }, Number(status))
  const delay = /^\/delay\/(\d{1,3})$/.exec(path)?.[1]
  if (delay !== undefined) return { ...json(process, request, { delay: Number(delay) }), delayMs: Number(delay) * 1000 }
  if (path === '/echo' || path === '/api/echo') return goText(request, process.now(), request.body, 202)
  return goText(request, process.now(), '404 page not found\n', 404)
}

/** Stefan Prodan's sample of a microservice. */
export const podinfo = ['docker.io/stefanprodan/podinfo', 'ghcr.io/stefanprodan/podinfo'].map((repository) =>
  defineImage({
    repository,
    tags: ['latest', /^v?[3-6]\.\d+\.\d+$/],
    sizeBytes: 28_000_000,
    command: ['./podinfo'],
    servers: [
      httpServer({
        name: './podinfo',
        port: (process) => numberOf(argument(process.argv, 'port') ?? process.env.get('PODINFO_PORT'), 9898),
        logStream: 'stderr',
        startLog: (process) => [
          JSON.stringify({
            level: 'info',
            ts: new Date(process.now()).toISOString(),
            caller: 'podinfo/main.go:153',
            msg: 'Starting podinfo',
            version: versionOf(process),
            port: argument(process.argv, 'port') ?? '9898',
          }),
        ],
        terminates: 0,
        answer,
      }),
    ],
    programs: [...ALPINE, 'curl'],
    byTag: (tag) => (/^v?\d/.test(tag) ? { env: [['PODINFO_VERSION', tag.replace('v', '')]] } : {}),
  }),
)
