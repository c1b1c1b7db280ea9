import type { HttpRequest, HttpResponse } from '../../network/types.ts'
import { goText, requestPath } from '../../node/programs/http-response.ts'
import { type ContainerProcess, type Run, serve } from '../../node/programs/program.ts'
import { GO_TERMINATED } from '../servers.ts'
import { flagOf, goStamp } from './flags.ts'

interface Client {
  readonly address: string
  readonly port: number
}

/** `agnhost netexec`: servers that tell about themselves and reach out for others (kubernetes: test/images/agnhost/netexec). */
export function* netexec(process: ContainerProcess, words: readonly string[]): Run {
  const http = Number(flagOf(words, 'http-port') ?? 8080)
  const udp = Number(flagOf(words, 'udp-port') ?? 8081)
  const sctp = Number(flagOf(words, 'sctp-port') ?? -1)
  const override = flagOf(words, 'http-override')
  const tls = flagOf(words, 'tls-cert-file')
  process.listen({
    port: http,
    protocol: 'TCP',
    address: '0.0.0.0',
    speaks: 'http',
    ...(tls !== undefined && { tls: true, certificate: () => process.files.read(tls) }),
    answer: (request, client) =>
      answer(process, override === undefined ? request : { ...request, method: 'GET', path: override }, client),
  })
  const reply = (text: string): string => replyTo(process, text)
  if (udp !== -1) process.listen({ port: udp, protocol: 'UDP', address: '0.0.0.0', speaks: 'text', reply })
  if (sctp !== -1) process.listen({ port: sctp, protocol: 'SCTP', address: '0.0.0.0', speaks: 'text', reply })
  log(process, `Started HTTP server on port ${http}`)
  if (udp !== -1) log(process, `Started UDP server on port  ${udp}`)
  process.onTerminate(GO_TERMINATED)
  return yield* serve()
}

function log(process: ContainerProcess, text: string): void {
  process.log('stderr', `${goStamp(process.now())} ${text}\n`)
}

/** The datagram servers know `hostname` and `echo`. */
function replyTo(process: ContainerProcess, text: string): string {
  const word = text.trim()
  if (word.toLowerCase() === 'hostname') return process.hostname
  return /^echo\s/i.test(word) ? word.slice(5) : text
}

function answer(process: ContainerProcess, request: HttpRequest, client: Client): HttpResponse {
  const query = queryOf(request.path)
  const text = (body: string, status = 200): HttpResponse => goText(request, process.now(), body, status)
  const said = (name: string): string => query.get(name) ?? ''
  const path = requestPath(request)
  switch (path) {
    case '/hostname':
    case '/hostName':
      log(process, 'GET /hostname')
      return text(process.hostname)
    case '/clientip':
      log(process, 'GET /clientip')
      return text(`${client.address}:${client.port}`)
    case '/header':
      log(process, `GET /header?key=${said('key')}`)
      return text(request.headers.find(([name]) => name.toLowerCase() === said('key').toLowerCase())?.[1] ?? '')
    case '/echo':
      log(process, `GET /echo?msg=${said('msg')}&code=${said('code')}`)
      if (said('code') !== '' && !/^\d+$/.test(said('code')))
        return text(`argument 'code' must be an integer or empty, got ${JSON.stringify(said('code'))}\n`)
      return text(said('msg'), Number(said('code')) || 200)
    case '/healthz':
      log(process, 'GET /healthz')
      return text('')
    case '/redirect': {
      const response = text('', Number(said('code')) || 302)
      return { ...response, headers: [['Location', said('location')], ...response.headers] }
    }
    case '/dial':
      return dial(process, query, text)
    case '/shell':
      return shell(process, said('shellCommand') || said('cmd'), text)
    case '/exit':
    case '/shutdown':
    case '/upload':
      return text(`${path} is not emulated\n`, 501)
    default: {
      log(process, 'GET /')
      const now = new Date(process.now()).toISOString().replace('T', ' ').replace('Z', '')
      return text(`NOW: ${now} +0000 UTC m=+1.000000000`)
    }
  }
}

function queryOf(path: string): ReadonlyMap<string, string> {
  const pairs = (path.split('?')[1] ?? '').split('&').filter((pair) => pair !== '')
  return new Map(pairs.map((pair) => [pair.split('=')[0] ?? '', decoded(pair.slice(pair.indexOf('=') + 1))]))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/\+/g, ' '))
  } catch {
    return text
  }
}

type Text = (body: string, status?: number) => HttpResponse

const MOST_TRIES = 100

/** Asks another server, as often as it is told to. */
function dial(process: ContainerProcess, query: ReadonlyMap<string, string>, text: Text): HttpResponse {
  const [host = '', port = '', request = '', protocol = '', tries = ''] = [
    'host',
    'port',
    'request',
    'protocol',
    'tries',
  ].map((name) => query.get(name) ?? '')
  log(process, `GET /dial?host=${host}&protocol=${protocol}&port=${port}&request=${request}&tries=${tries}`)
  if (tries !== '' && !/^\d+$/.test(tries))
    return text(`tries parameter is invalid. strconv.Atoi: parsing ${JSON.stringify(tries)}: invalid syntax\n`, 400)
  if (request === '') return text('request parameter not specified. <nil>\n', 400)
  if (!['', 'http', 'udp', 'sctp'].includes(protocol.toLowerCase()))
    return text(`unsupported protocol. ${protocol}\n`, 400)
  const [address] = process.network.lookup(process.place, host).addresses
  if (address === undefined)
    return text(`host and/or port param are invalid. lookup ${host} on 10.96.0.10:53: no such host\n`, 400)
  const responses: string[] = []
  const errors: string[] = []
  for (let index = 0; index < Math.min(Number(tries || 1), MOST_TRIES); index += 1) {
    const got = dialOnce(process, { address, port: Number(port) }, protocol.toLowerCase(), request)
    if (got.body === undefined) errors.push(got.error)
    else responses.push(got.body)
  }
  return text(JSON.stringify({ ...(errors.length > 0 && { errors }), ...(responses.length > 0 && { responses }) }))
}

function dialOnce(
  process: ContainerProcess,
  to: { readonly address: string; readonly port: number },
  protocol: string,
  request: string,
): { readonly body: string | undefined; readonly error: string } {
  const at = `${to.address}:${to.port}`
  if (protocol === 'udp' || protocol === 'sctp') {
    const packet = { ...to, protocol: protocol === 'udp' ? 'UDP' : 'SCTP' } as const
    const { reply } = process.network.connect(process.place, packet, { text: request })
    return {
      body: reply,
      error: `reading from ${protocol} connection failed. err:'read ${protocol} ${at}: i/o timeout'`,
    }
  }
  const { response, outcome } = process.network.fetch(process.place, `http://${at}/${request}`)
  const why =
    outcome === 'refused'
      ? `dial tcp ${at}: connect: connection refused`
      : outcome === 'unreachable'
        ? `dial tcp ${at}: connect: no route to host`
        : 'context deadline exceeded (Client.Timeout exceeded while awaiting headers)'
  return { body: response?.body, error: `Get "http://${at}/${request}": ${why}` }
}

/** Runs a command in the container. */
function shell(process: ContainerProcess, command: string, text: Text): HttpResponse {
  log(process, `GET /shell?cmd=${command}`)
  let output = ''
  const add = (more: string): void => {
    output += more
  }
  const program = process.programs.get('sh')
  const running = program?.run({ ...process, argv: ['sh', '-c', command], stdin: '', out: add, err: add })
  let code = 0
  for (let input: string | undefined; running !== undefined; ) {
    const next = running.next(input)
    if (next.done === true) {
      code = next.value
      break
    }
    if (next.value.kind === 'forever') break
    input = next.value.kind === 'read' ? process.files.read(next.value.path) : undefined
  }
  const result = { ...(code !== 0 && { error: `exit status ${code}` }), ...(output !== '' && { output }) }
  log(
    process,
    `Output: map[${Object.entries(result)
      .map(([name, value]) => `${name}:${value}`)
      .join(' ')}]`,
  )
  return text(JSON.stringify(result))
}
