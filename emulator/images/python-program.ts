import { byteLength } from '../api/byte-length.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { resolvePath } from '../node/paths.ts'
import { httpDate, mediaType, requestPath, respond } from '../node/programs/http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../node/programs/program.ts'

/** `python -m http.server [PORT] [--bind ADDRESS] [--directory DIRECTORY]`; any other script says that it is not played. */
export function pythonProgram(name: string): ContainerProgram {
  return { name, run }
}

function* run(process: ContainerProcess): Run {
  const words = process.argv.slice(1).filter((word) => word !== '-u')
  if (words.length === 0) return process.interactive ? yield* serve() : 0
  if (words[0] === '--version' || words[0] === '-V') {
    process.out('Python 3.14.0\n')
    return 0
  }
  if (words[0] !== '-m' || (words[1] !== 'http.server' && words[1] !== 'SimpleHTTPServer')) {
    process.err('python: only `python -m http.server` is emulated\n')
    return 1
  }
  const value = (flags: readonly string[]): string | undefined =>
    words[words.findIndex((word) => flags.includes(word)) + 1 || words.length]
  const given = words.slice(2).find((word, index) => !word.startsWith('-') && !VALUED.test(words[index + 1] ?? ''))
  if (given !== undefined && !/^\d+$/.test(given)) {
    process.err(notAPort(`${process.argv[0]} -m http.server`, given))
    return 2
  }
  const port = Number(given ?? 8000)
  const bind = value(['--bind', '-b']) ?? '0.0.0.0'
  const root = resolvePath(process.cwd, value(['--directory', '-d']) ?? '.')
  process.listen({
    port,
    protocol: 'TCP',
    address: bind.startsWith('127.') || bind === 'localhost' ? '127.0.0.1' : '0.0.0.0',
    speaks: 'http',
    answer: (request, client) => answer(process, root, request, client.address),
  })
  process.out(`Serving HTTP on ${bind} port ${port} (http://${bind}:${port}/) ...\n`)
  return yield* serve()
}

const VALUED = /^(-[bdp]|--(bind|directory|protocol|tls-[a-z-]+))$/

/** What argparse says of a word that is no number. */
function notAPort(program: string, word: string): string {
  const indent = ' '.repeat('usage: '.length + program.length + 1)
  const options = [
    '[-h] [--cgi] [-b ADDRESS] [-d DIRECTORY]',
    '[-p VERSION] [--tls-cert PATH] [--tls-key PATH]',
    '[--tls-password-file PATH]',
    '[port]',
  ]
  return `usage: ${program} ${options.join(`\n${indent}`)}\n${program}: error: argument port: invalid int value: '${word}'\n`
}

function answer(process: ContainerProcess, root: string, request: HttpRequest, client: string): HttpResponse {
  const response = fileOrListing(process, root, request)
  const time = httpDate(process.now()).replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1/$2/$3 $4')
  if (response.status >= 400)
    process.log('stderr', `${client} - - [${time}] code ${response.status}, message File not found\n`)
  process.log('stderr', `${client} - - [${time}] "${request.method} ${request.path} HTTP/1.1" ${response.status} -\n`)
  return { ...response, version: '1.0' }
}

function fileOrListing(process: ContainerProcess, root: string, request: HttpRequest): HttpResponse {
  const path = requestPath(request) ?? '/'
  const target = resolvePath(root, `.${path}`)
  const headers = (type: string, body: string): [string, string][] => [
    ['Server', 'SimpleHTTP/0.6 Python/3.14.0'],
    ['Date', httpDate(process.now())],
    ['Content-type', type],
    ['Content-Length', String(byteLength(body))],
  ]
  const isDirectory = process.files.stat(target)?.kind === 'directory'
  const index = isDirectory ? process.files.read(`${target}/index.html`) : undefined
  const body = isDirectory ? (index ?? listing(process, target, path)) : process.files.read(target)
  if (body !== undefined) {
    const type = isDirectory ? 'text/html; charset=utf-8' : mediaType(target, 'application/octet-stream')
    return respond(request, 200, headers(type, body), body)
  }
  const page = `<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <title>Error response</title>\n    </head>\n    <body>\n        <h1>Error response</h1>\n        <p>Error code: 404</p>\n        <p>Message: File not found.</p>\n    </body>\n</html>\n`
  return { ...respond(request, 404, headers('text/html;charset=utf-8', page), page), reason: 'File not found' }
}

function listing(process: ContainerProcess, directory: string, path: string): string {
  const rows = process.files.list(directory).map((name) => {
    const label = process.files.stat(`${directory}/${name}`)?.kind === 'directory' ? `${name}/` : name
    return `<li><a href="${label}">${label}</a></li>\n`
  })
  return `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<title>Directory listing for ${path}</title>\n</head>\n<body>\n<h1>Directory listing for ${path}</h1>\n<hr>\n<ul>\n${rows.join('')}</ul>\n<hr>\n</body>\n</html>\n`
}
