import { byteLength } from '../api/byte-length.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { defineImage } from '../node/image.ts'
import { httpDate, mediaType, requestPath, respond } from '../node/programs/http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../node/programs/program.ts'
import { ownAddress } from './own-address.ts'
import { ALPINE, DEBIAN } from './program-sets.ts'

const HOME = '/usr/local/apache2'
const ROOT = `${HOME}/htdocs`
const CONF = `${HOME}/conf/httpd.conf`
const SERVER = 'Apache/2.4.66 (Unix)'

function answer(
  process: ContainerProcess,
  root: string,
  request: HttpRequest,
  client: { readonly address: string },
): HttpResponse {
  const response = answerFile(process, root, request)
  const time = httpDate(process.now()).replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1/$2/$3:$4 +0000')
  const size = byteLength(response.body) || '-'
  process.log(
    'stdout',
    `${client.address} - - [${time}] "${request.method} ${request.path} HTTP/1.1" ${response.status} ${size}\n`,
  )
  return response
}

function answerFile(process: ContainerProcess, root: string, request: HttpRequest): HttpResponse {
  const path = requestPath(request) ?? '/'
  const directory = process.files.stat(root + path)?.kind === 'directory'
  const file = directory ? `${root}${path.replace(/\/$/, '')}/index.html` : root + path
  if (directory && process.files.read(file) === undefined) return listing(process, root, path, request)
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

/** mod_autoindex, as the image's configuration has it on. */
function listing(process: ContainerProcess, root: string, path: string, request: HttpRequest): HttpResponse {
  const names = process.files.list(root + path)
  const rows = names.map((name) => {
    const shown = process.files.stat(`${root}${path}/${name}`)?.kind === 'directory' ? `${name}/` : name
    return `<li><a href="${shown}"> ${shown}</a></li>\n`
  })
  const title = `Index of ${path}`
  const body = `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<html>\n <head>\n  <title>${title}</title>\n </head>\n <body>\n<h1>${title}</h1>\n<ul>${rows.join('')}</ul>\n</body></html>\n`
  const headers = [
    ['Date', httpDate(process.now())],
    ['Server', SERVER],
    ['Content-Length', String(byteLength(body))],
    ['Content-Type', 'text/html;charset=ISO-8859-1'],
  ].map(([name = '', value = '']) => [name, value] as const)
  return respond(request, 200, headers, body)
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

/** What the server takes of httpd.conf. */
interface Plan {
  readonly ports: readonly number[]
  readonly root: string
  readonly named: boolean
}

/** Directives of the modules that the image loads. */
const DIRECTIVES = new Set(
  'listen documentroot servername serverroot serveradmin loadmodule user group directoryindex errorlog loglevel logformat customlog scriptalias alias options allowoverride require addtype addencoding addhandler typesconfig requestheader header include includeoptional pidfile mutex errordocument serversignature servertokens traceenable timeout keepalive keepalivetimeout maxkeepaliverequests setenv setenvif rewriteengine rewriterule rewritecond proxypass proxypassreverse proxypreservehost redirect redirectmatch startservers serverlimit threadsperchild maxrequestworkers minsparethreads maxsparethreads maxconnectionsperchild hostnamelookups enablesendfile enablemmap accessfilename define unsetenv sslengine sslcertificatefile sslcertificatekeyfile sslrandomseed authtype authname authuserfile indexoptions adddefaultcharset filesmatch fileetag limitrequestbody'.split(
    ' ',
  ),
)

/** The configuration, or why it cannot be read (httpd: server/config.c). */
function planOf(process: ContainerProcess): Plan | string {
  const text = process.files.read(CONF)
  if (text === undefined) return `httpd: Could not open configuration file ${CONF}: No such file or directory`
  const ports: number[] = []
  let root = ROOT
  let named = false
  for (const [index, line] of text.split('\n').entries()) {
    const [word = '', first = ''] = line.trim().split(/\s+/)
    if (word === '' || word.startsWith('#') || word.startsWith('<')) continue
    const name = word.toLowerCase()
    if (!DIRECTIVES.has(name))
      return `AH00526: Syntax error on line ${index + 1} of ${CONF}:\nInvalid command '${word}', perhaps misspelled or defined by a module not included in the server configuration`
    if (name === 'listen') ports.push(Number(first.split(':').at(-1)))
    if (name === 'documentroot') root = first.replace(/^"|"$/g, '')
    if (name === 'servername') named = true
  }
  if (ports.length === 0) return 'no listening sockets available, shutting down\nAH00015: Unable to open logs'
  if (process.files.stat(root)?.kind === 'directory') return { ports, root, named }
  return `AH00526: Syntax error on line 1 of ${CONF}:\nDocumentRoot '${root}' is not a directory, or is not readable`
}

function startLog(process: ContainerProcess, { named }: Plan): readonly string[] {
  const warning = `AH00558: httpd: Could not reliably determine the server's fully qualified domain name, using ${ownAddress(process)}. Set the 'ServerName' directive globally to suppress this message`
  const stamp = stampOf(process)
  return [
    ...(named ? [] : [warning, warning]),
    `[${stamp}] [mpm_event:notice] [pid 1:tid 1] AH00489: ${SERVER} configured -- resuming normal operations`,
    `[${stamp}] [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'`,
  ]
}

const stampOf = (process: ContainerProcess): string =>
  httpDate(process.now()).replace(/^(\w+), (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1 $3 $2 $5.000000 $4')

const program = (name: string): ContainerProgram => ({
  name,
  *run(process): Run {
    const plan = planOf(process)
    const [, first] = process.argv
    if (first === '-v') {
      process.out(`Server version: ${SERVER}\nServer built:   Nov 18 2025 01:43:12\n`)
      return 0
    }
    if (typeof plan === 'string') {
      process.err(`${plan}\n`)
      return 1
    }
    if (first === '-t') {
      process.err('Syntax OK\n')
      return 0
    }
    for (const port of plan.ports)
      process.listen({
        port,
        protocol: 'TCP',
        address: '0.0.0.0',
        speaks: 'http',
        answer: (request, client) => answer(process, plan.root, request, client),
      })
    for (const line of startLog(process, plan)) process.err(`${line}\n`)
    // STOPSIGNAL of the image is WINCH.
    process.onTerminate(0, () =>
      process.err(
        `[${stampOf(process)}] [mpm_event:notice] [pid 1:tid 1] AH00492: caught SIGWINCH, shutting down gracefully\n`,
      ),
    )
    return yield* serve()
  },
})

const DEFAULT_CONF = `ServerRoot "${HOME}"

Listen 80

LoadModule mpm_event_module modules/mod_mpm_event.so
LoadModule dir_module modules/mod_dir.so
LoadModule mime_module modules/mod_mime.so
LoadModule log_config_module modules/mod_log_config.so

User www-data
Group www-data

ServerAdmin you@example.com

#ServerName www.example.com:80

DocumentRoot "${ROOT}"

DirectoryIndex index.html

ErrorLog /proc/self/fd/2
LogLevel warn
`

/** The official Apache httpd image. */
export const httpd = defineImage({
  repository: 'docker.io/library/httpd',
  tags: ['latest', 'alpine', '2', /^2\.4(\.\d+)?(-(alpine|bookworm|trixie))?$/, '2-alpine', 'bookworm', 'trixie'],
  sizeBytes: 45_193_000,
  usage: { cpuMilli: 1, memoryBytes: 9_600_000, cpuMsPerRequest: 1 },
  command: ['httpd-foreground'],
  workingDir: '/usr/local/apache2',
  env: [['HTTPD_PREFIX', '/usr/local/apache2']],
  files: {
    [CONF]: DEFAULT_CONF,
    [`${ROOT}/index.html`]: '<html><body><h1>It works!</h1></body></html>\n',
  },
  servers: [program('httpd-foreground'), program('httpd')],
  programs: DEBIAN,
  byTag: (tag) => (tag.includes('alpine') ? { sizeBytes: 20_400_000, programs: ALPINE } : {}),
})
