import { byteLength } from '../api/byte-length.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { defineImage } from '../node/image.ts'
import { httpDate, respond } from '../node/programs/http-response.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { ALPINE } from './program-sets.ts'
import { httpServer } from './servers.ts'

const COLORS: ReadonlyMap<string, string> = new Map([
  ['red', '#e74c3c'],
  ['green', '#16a085'],
  ['blue', '#2980b9'],
  ['blue2', '#30336b'],
  ['pink', '#be2edd'],
  ['darkblue', '#130f40'],
])

/** What a Flask application on Werkzeug answers, and its line for the request. */
export function flaskPage(
  process: ContainerProcess,
  request: HttpRequest,
  body: string,
  client: { readonly address: string },
): HttpResponse {
  const at = httpDate(process.now()).replace(/^\w+, (\d+) (\w+) (\d+) ([\d:]+) GMT$/, '$1/$2/$3 $4')
  process.log('stderr', `${client.address} - - [${at}] "${request.method} ${request.path} HTTP/1.1" 200 -\n`)
  return respond(
    request,
    200,
    [
      ['Content-Type', 'text/html; charset=utf-8'],
      ['Content-Length', String(byteLength(body))],
      ['Server', 'Werkzeug/0.14.1 Python/3.6.6'],
      ['Date', httpDate(process.now())],
    ],
    body,
  )
}

function color(process: ContainerProcess): string {
  const argument = process.argv.find((word) => word.startsWith('--color='))?.slice('--color='.length)
  const index = process.argv.indexOf('--color')
  const wanted = argument ?? (index === -1 ? undefined : process.argv[index + 1]) ?? process.env.get('APP_COLOR')
  return wanted !== undefined && COLORS.has(wanted) ? wanted : 'red'
}

/** A coloured page from APP_COLOR or --color, with the Pod's name. */
export const webappColor = defineImage({
  repository: 'docker.io/kodekloud/webapp-color',
  tags: ['latest', 'v1', 'v2', 'v3'],
  sizeBytes: 31_700_000,
  entrypoint: ['python', 'app.py'],
  workingDir: '/opt',
  servers: [
    httpServer({
      name: 'python',
      port: 8080,
      startLog: () => [
        ' * Serving Flask app "app" (lazy loading)',
        ' * Environment: production',
        ' * Debug mode: off',
        ' * Running on http://0.0.0.0:8080/ (Press CTRL+C to quit)',
      ],
      answer(process, request, client) {
        if (request.path === '/color') return flaskPage(process, request, color(process), client)
        const body = `<!doctype html>\n<title>Hello from Flask</title>\n<body style="background: ${COLORS.get(color(process))};"></body>\n<div style="color: #e4e4e4;\n    text-align:  center;\n    height: 90px;\n    vertical-align:  middle;">\n\n  <h1>Hello from ${process.hostname}!</h1>\n\n</div>`
        return flaskPage(process, request, body, client)
      },
    }),
  ],
  programs: [...ALPINE, 'python'],
})
