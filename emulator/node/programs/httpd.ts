import { byteLength } from '../../api/byte-length.ts'
import type { HttpRequest, HttpResponse } from '../../network/types.ts'
import { resolvePath } from '../paths.ts'
import { parseLetters } from './arguments.ts'
import { httpDate, mediaType, requestPath, respond } from './http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from './program.ts'

/** busybox httpd: `httpd [-f] [-p [ADDRESS:]PORT] [-h HOME]`, files only. */
export const httpd: ContainerProgram = { name: 'httpd', run }

function* run(process: ContainerProcess): Run {
  const { options } = parseLetters(process.argv.slice(1), 'pchurdemi')
  const [address, port] = splitAddress(options.get('p') ?? '80')
  const home = resolvePath(process.cwd, options.get('h') ?? '.')
  if (process.files.stat(home) === undefined) {
    process.err(`httpd: can't change directory to '${options.get('h') ?? ''}': No such file or directory\n`)
    return 1
  }
  const opened = process.listen({
    port,
    protocol: 'TCP',
    address,
    speaks: 'http',
    answer: (request) => answer(process, home, request),
  })
  if (!opened) {
    process.err('httpd: bind: Address already in use\n')
    return 1
  }
  return options.has('f') ? yield* serve() : 0
}

function splitAddress(text: string): readonly ['0.0.0.0' | '127.0.0.1', number] {
  const cut = text.lastIndexOf(':')
  const host = cut === -1 ? '' : text.slice(0, cut)
  const local = host.startsWith('127.') || host === 'localhost'
  return [local ? '127.0.0.1' : '0.0.0.0', Number(text.slice(cut + 1)) || 80]
}

function answer(process: ContainerProcess, home: string, request: HttpRequest): HttpResponse {
  const path = requestPath(request)
  const base = path === undefined ? undefined : resolvePath(home, `.${path}`)
  const isDirectory = base !== undefined && process.files.stat(base)?.kind === 'directory'
  const file = isDirectory ? `${base}/index.html` : base
  const body = file === undefined ? undefined : process.files.read(file)
  if (file === undefined || body === undefined) return errorPage(process, request, path === undefined ? 400 : 404)
  if (request.method !== 'GET' && request.method !== 'HEAD') return errorPage(process, request, 501)
  const headers: [string, string][] = [
    ['Date', httpDate(process.now())],
    ['Connection', 'close'],
    ['Content-type', mediaType(file, 'application/octet-stream')],
    ['Accept-Ranges', 'bytes'],
    ['Last-Modified', httpDate(process.files.stat(file)?.modified ?? 0)],
    [
      'ETag',
      `"${Math.floor((process.files.stat(file)?.modified ?? 0) / 1000).toString(16)}-${byteLength(body).toString(16)}"`,
    ],
    ['Content-Length', String(byteLength(body))],
  ]
  return { ...respond(request, 200, headers, body), version: '1.1' }
}

const ERRORS: { readonly [status: number]: readonly [title: string, text: string] } = {
  400: ['Bad Request', 'Unsupported method'],
  404: ['Not Found', 'The requested URL was not found'],
  501: ['Not Implemented', 'The requested method is not recognized'],
}

function errorPage(process: ContainerProcess, request: HttpRequest, status: 400 | 404 | 501): HttpResponse {
  const [title, text] = ERRORS[status] ?? ['', '']
  const body = `<HTML><HEAD><TITLE>${status} ${title}</TITLE></HEAD>\n<BODY><H1>${status} ${title}</H1>\n${text}\n</BODY></HTML>\n`
  const headers: [string, string][] = [
    ['Date', httpDate(process.now())],
    ['Connection', 'close'],
    ['Content-type', 'text/html'],
  ]
  return respond(request, status, headers, body)
}
