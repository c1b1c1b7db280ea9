import { defineImage } from '../node/image.ts'
import { goText } from '../node/programs/http-response.ts'
import { ALPINE } from './program-sets.ts'
import { GO_TERMINATED, httpServer, nodeText, numberOf } from './servers.ts'

const portOf = (process: { readonly env: ReadonlyMap<string, string> }, otherwise: number): number =>
  numberOf(process.env.get('PORT'), otherwise)

/** James Harris' echo server: who served the request, and the request. */
export const jmallocEchoServer = defineImage({
  repository: 'docker.io/jmalloc/echo-server',
  tags: ['latest', /^v?0\.\d+\.\d+$/],
  sizeBytes: 3_700_000,
  entrypoint: ['/bin/echo-server'],
  servers: [
    httpServer({
      name: '/bin/echo-server',
      port: (process) => portOf(process, 8080),
      terminates: GO_TERMINATED,
      startLog: (process) => [`Echo server listening on port ${portOf(process, 8080)}.`],
      answer(process, request, client) {
        process.log('stdout', `${client.address}:${client.port} | ${request.method} ${request.path}\n`)
        const lines = request.headers
          .filter(([name]) => name.toLowerCase() !== 'host')
          .map(([name, value]) => `${name}: ${value}`)
          .sort()
        const own =
          process.env.get('SEND_SERVER_HOSTNAME') === 'false' ? '' : `Request served by ${process.hostname}\n\n`
        const body = request.body === '' ? '' : `\n${request.body}`
        const text = `${own}${request.method} ${request.path} HTTP/1.1\n\nHost: ${request.host}\n${lines.map((line) => `${line}\n`).join('')}${body}`
        return goText(request, process.now(), text)
      },
    }),
  ],
  programs: [],
})

/** Ealenn's echo server: everything about the request as JSON. */
export const ealenEchoServer = defineImage({
  repository: 'docker.io/ealen/echo-server',
  tags: ['latest', /^0\.\d+\.\d+$/],
  sizeBytes: 47_000_000,
  entrypoint: ['node', 'webserver'],
  servers: [
    httpServer({
      name: 'node',
      port: (process) => portOf(process, 80),
      startLog: (process) => [`Listening on port ${portOf(process, 80)}.`],
      answer(process, request, client) {
        const [path = '/', search = ''] = request.path.split('?')
        const query = Object.fromEntries(pairsOf(search))
        const headers = Object.fromEntries(
          [['host', request.host], ...request.headers.filter(([name]) => name.toLowerCase() !== 'host')].map(
            ([name = '', value = '']) => [name.toLowerCase(), value],
          ),
        )
        const seen = {
          host: { hostname: request.host.replace(/:\d+$/, ''), ip: `::ffff:${client.address}`, ips: [] },
          http: { method: request.method, baseUrl: '', originalUrl: request.path, protocol: 'http' },
          request: { params: { 0: path }, query, cookies: {}, body: request.body === '' ? {} : request.body, headers },
          environment: Object.fromEntries(process.env),
        }
        process.log(
          'stdout',
          `${JSON.stringify({ name: 'echo-server', hostname: process.hostname, level: 30, msg: request.path })}\n`,
        )
        return nodeText(request, process.now(), JSON.stringify(seen), 'application/json; charset=utf-8')
      },
    }),
  ],
  programs: ALPINE,
})

const pairsOf = (query: string): readonly (readonly [string, string])[] =>
  query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => [pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1)] as const)
