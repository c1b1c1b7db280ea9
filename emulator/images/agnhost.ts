import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { defineImage } from '../node/image.ts'
import { goText, requestPath } from '../node/programs/http-response.ts'
import { bindNslookup } from '../node/programs/nslookup/bind.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../node/programs/program.ts'
import { ALPINE } from './program-sets.ts'

/** Kubernetes' own test image: `netexec`, `serve-hostname`, `pause`, `porter` and `connect` are played. */
const program: ContainerProgram = { name: '/agnhost', run }

function* run(process: ContainerProcess): Run {
  const [, subcommand = 'pause', ...words] = process.argv
  const flag = (name: string, fallback: string): string =>
    words.find((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3) ??
    words[words.indexOf(`--${name}`) + 1 || words.length] ??
    fallback
  switch (subcommand) {
    case 'pause':
      process.out('Paused\n')
      process.onTerminate(0)
      return yield* serve()
    case 'netexec':
      open(process, Number(flag('http-port', '8080')), (request, client) => netexec(process, request, client))
      listenForText(process, 'UDP', Number(flag('udp-port', '8081')))
      if (Number(flag('sctp-port', '-1')) > 0) listenForText(process, 'SCTP', Number(flag('sctp-port', '-1')))
      process.err(
        `Started HTTP server on port ${flag('http-port', '8080')}\nStarted UDP server on port  ${flag('udp-port', '8081')}\n`,
      )
      return yield* serve()
    case 'serve-hostname':
      open(process, Number(flag('port', '9376')), (request) => goText(request, process.now(), process.hostname))
      process.err(`Serving on port ${flag('port', '9376')}.\n`)
      process.onTerminate(0)
      return yield* serve()
    case 'connect':
      return connect(process, words)
    default:
      process.err(`Error: unknown command "${subcommand}" for "app"\nRun 'app --help' for usage.\n`)
      return 1
  }
}

function listenForText(process: ContainerProcess, protocol: 'UDP' | 'SCTP', port: number): void {
  const reply = (text: string): string => (text.trim() === 'hostname' ? process.hostname : text)
  process.listen({ port, protocol, address: '0.0.0.0', speaks: 'text', reply })
}

type Answer = (request: HttpRequest, client: { readonly address: string; readonly port: number }) => HttpResponse

function open(process: ContainerProcess, port: number, answer: Answer): void {
  process.listen({ port, protocol: 'TCP', address: '0.0.0.0', speaks: 'http', answer })
}

function netexec(
  process: ContainerProcess,
  request: HttpRequest,
  client: { readonly address: string; readonly port: number },
): HttpResponse {
  const query = new Map(
    (request.path.split('?')[1] ?? '')
      .split('&')
      .map((pair) => [pair.split('=')[0] ?? '', decodeText(pair.split('=')[1] ?? '')]),
  )
  const path = requestPath(request)
  process.log('stderr', `GET ${request.path}\n`)
  const text = (body: string, status = 200): HttpResponse => goText(request, process.now(), body, status)
  switch (path) {
    case '/':
      return text(
        `NOW: ${new Date(process.now()).toISOString().replace('T', ' ').replace('Z', '')} +0000 UTC m=+1.000000000`,
      )
    case '/hostname':
    case '/hostName':
      return text(process.hostname)
    case '/clientip':
      return text(`${client.address}:${client.port}`)
    case '/header':
      return text(request.headers.find(([name]) => name.toLowerCase() === query.get('key')?.toLowerCase())?.[1] ?? '')
    case '/echo':
      return text(query.get('msg') ?? '', Number(query.get('code')) || 200)
    case '/healthz':
      return text('')
    default:
      return text('404 page not found\n', 404)
  }
}

function decodeText(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '))
  } catch {
    return text
  }
}

function connect(process: ContainerProcess, words: readonly string[]): number {
  const [host = '', port = ''] = (words.find((word) => !word.startsWith('-')) ?? '').split(':')
  const found = process.network.lookup(process.place, host)
  const address = found.addresses[0]
  if (address === undefined) {
    process.err('DNS\n')
    return 1
  }
  const { outcome } = process.network.connect(process.place, { address, port: Number(port) })
  if (outcome === 'answered') return 0
  process.err(outcome === 'refused' ? 'REFUSED\n' : outcome === 'timed-out' ? 'TIMEOUT\n' : 'OTHER: no route to host\n')
  return 1
}

export const agnhost = defineImage({
  repository: 'registry.k8s.io/e2e-test-images/agnhost',
  tags: [/^2\.\d{1,2}(\.\d+)?$/],
  sizeBytes: 53_700_000,
  entrypoint: ['/agnhost'],
  command: ['pause'],
  servers: [program, { ...program, name: 'agnhost' }, bindNslookup],
  programs: [...ALPINE, 'curl', 'dig', 'nslookup', 'host', 'bash'],
})
