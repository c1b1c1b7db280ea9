import { byteLength } from '../api/byte-length.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { httpDate, mediaType, requestPath, respond } from '../node/programs/http-response.ts'
import type { ContainerProcess, ContainerProgram } from '../node/programs/program.ts'
import { ownAddress } from './own-address.ts'
import { httpServer, logTime } from './servers.ts'

export const APACHE = 'Apache/2.4.65 (Debian)'
const ROOT = '/var/www/html'

export interface Page {
  readonly status: number
  readonly body: string
  readonly headers?: readonly (readonly [string, string])[]
}

/** What Debian's Apache answers where there is no such file, or nothing to list. */
export function apacheError(process: ContainerProcess, request: HttpRequest, status: 403 | 404): Page {
  const title = status === 403 ? 'Forbidden' : 'Not Found'
  const text =
    status === 403
      ? "You don't have permission to access this resource."
      : 'The requested URL was not found on this server.'
  const port = /:(\d+)$/.exec(request.host)?.[1] ?? '80'
  const host = request.host.replace(/:\d+$/, '') || ownAddress(process)
  return {
    status,
    body: `<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>${status} ${title}</title>\n</head><body>\n<h1>${title}</h1>\n<p>${text}</p>\n<hr>\n<address>${APACHE} Server at ${host} Port ${port}</address>\n</body></html>\n`,
  }
}

/** Files as they are; PHP itself is not played, so scripts show what they print by `echo "…"` alone. */
export function apacheFile(process: ContainerProcess, request: HttpRequest): Page {
  const path = requestPath(request) ?? '/'
  const directory = process.files.stat(ROOT + path)?.kind === 'directory'
  const names = directory
    ? ['index.php', 'index.html'].map((name) => `${ROOT}${path.replace(/\/$/, '')}/${name}`)
    : [ROOT + path]
  const file = names.find((name) => process.files.read(name) !== undefined)
  if (file === undefined) return apacheError(process, request, directory ? 403 : 404)
  const text = process.files.read(file) ?? ''
  if (!file.endsWith('.php'))
    return { status: 200, body: text, headers: [['Content-Type', mediaType(file, 'text/plain')]] }
  const printed = [...text.matchAll(/\becho\s+(?:"([^"]*)"|'([^']*)')/g)].map(
    ([, double, single]) => double ?? single ?? '',
  )
  return { status: 200, body: text.includes('<?php') ? printed.join('').replace(/\\n/g, '\n') : text }
}

/** Apache in the foreground, answering by `pageOf`, with its start-up notices and a line for each request. */
export function apache(
  name: string,
  pageOf: (process: ContainerProcess, request: HttpRequest) => Page,
): ContainerProgram {
  return httpServer({
    name,
    port: 80,
    logStream: 'stderr',
    terminates: 0,
    startLog(process) {
      const warning = `AH00558: apache2: Could not reliably determine the server's fully qualified domain name, using ${ownAddress(process)}. Set the 'ServerName' directive globally to suppress this message`
      const at = httpDate(process.now()).replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $3 $2 $5.000000 $4')
      return [
        warning,
        warning,
        `[${at}] [mpm_prefork:notice] [pid 1:tid 1] AH00163: ${APACHE} PHP/8.4.14 configured -- resuming normal operations`,
        `[${at}] [core:notice] [pid 1:tid 1] AH00094: Command line: 'apache2 -D FOREGROUND'`,
      ]
    },
    answer(process, request, client): HttpResponse {
      const page = pageOf(process, request)
      const size = byteLength(page.body)
      process.log(
        'stdout',
        `${client.address} - - [${logTime(process.now())}] "${request.method} ${request.path} HTTP/1.1" ${page.status} ${size + 220} "-" "${request.headers.find(([key]) => key.toLowerCase() === 'user-agent')?.[1] ?? '-'}"\n`,
      )
      const own = page.headers ?? [['Content-Type', 'text/html; charset=UTF-8']]
      const headers = [
        ['Date', httpDate(process.now())] as const,
        ['Server', APACHE] as const,
        ...(page.status === 200 ? [['X-Powered-By', 'PHP/8.4.14'] as const] : []),
        ['Content-Length', String(size)] as const,
        ...own,
      ]
      return respond(request, page.status, headers, page.body)
    },
  })
}
