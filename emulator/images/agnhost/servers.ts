import { goText, mediaType, requestPath } from '../../node/programs/http-response.ts'
import { type ContainerProcess, type Run, serve } from '../../node/programs/program.ts'
import { GO_TERMINATED } from '../servers.ts'
import { flagOf, goStamp, isOn } from './flags.ts'

type Subcommand = (process: ContainerProcess, words: readonly string[]) => Run

function log(process: ContainerProcess, text: string): void {
  process.log('stderr', `${goStamp(process.now())} ${text}\n`)
}

function* pause(process: ContainerProcess): Run {
  process.out('Paused\n')
  process.onTerminate(0, () => process.out('Received signal: terminated\n'))
  return yield* serve()
}

/** After TERM it waits for a minute for its Pod to go: only the grace ends it. */
function* serveHostname(process: ContainerProcess, words: readonly string[]): Run {
  const port = Number(flagOf(words, 'port') ?? 9376)
  const [tcp, udp] = [isOn(words, 'tcp', false), isOn(words, 'udp', false)]
  if (isOn(words, 'http', true) && (tcp || udp)) {
    log(process, "Can't server TCP/UDP mode and HTTP mode at the same time")
    return 1
  }
  const reply = (): string => process.hostname
  if (tcp) process.listen({ port, protocol: 'TCP', address: '0.0.0.0', speaks: 'text', reply })
  if (udp) process.listen({ port, protocol: 'UDP', address: '0.0.0.0', speaks: 'text', reply })
  if (!tcp && !udp)
    process.listen({
      port,
      protocol: 'TCP',
      address: '0.0.0.0',
      speaks: 'http',
      answer(request, client) {
        log(process, `HTTP request from ${client.address}:${client.port}`)
        return goText(request, process.now(), process.hostname)
      },
    })
  log(process, `Serving on port ${port}.`)
  return yield* serve()
}

/** A server for each variable that names a port. */
function* porter(process: ContainerProcess, words: readonly string[]): Run {
  const json = isOn(words, 'json-response', false)
  for (const [name, value] of process.env) {
    const [, kind = '', port = ''] = /^SERVE_(|TCP_|UDP_|TLS_|SCTP_)PORT_(\d+)$/.exec(name) ?? []
    if (port === '') continue
    const own = { port: Number(port), address: '0.0.0.0' } as const
    if (kind === 'UDP_' || kind === 'SCTP_') {
      const protocol = kind === 'UDP_' ? 'UDP' : 'SCTP'
      process.listen({ ...own, protocol, speaks: 'text', reply: () => value })
      log(process, kind === 'UDP_' ? `Started UDP server on port ${port}` : 'Started SCTP server')
      continue
    }
    process.listen({
      ...own,
      protocol: 'TCP',
      speaks: 'http',
      ...(kind === 'TLS_' && {
        tls: true,
        certificate: () => process.files.read(process.env.get('CERT_FILE') ?? '/localhost.crt'),
      }),
      answer: (request) =>
        goText(request, process.now(), json ? JSON.stringify({ Method: request.method, Body: value }) : value),
    })
  }
  process.onTerminate(GO_TERMINATED)
  return yield* serve()
}

/** Serves every file of the container. */
function* testWebserver(process: ContainerProcess, words: readonly string[]): Run {
  process.listen({
    port: Number(flagOf(words, 'port') ?? 80),
    protocol: 'TCP',
    address: '0.0.0.0',
    speaks: 'http',
    answer(request) {
      const path = requestPath(request) ?? '/'
      const text = process.files.read(path)
      if (text === undefined && process.files.stat(path)?.kind === 'directory') {
        const links = process.files.list(path).map((name) => `<a href="${name}">${name}</a>\n`)
        return goText(request, process.now(), `<!doctype html>\n<pre>\n${links.join('')}</pre>\n`)
      }
      if (text === undefined) return goText(request, process.now(), '404 page not found\n', 404)
      const response = goText(request, process.now(), text)
      const type = mediaType(path, 'text/plain; charset=utf-8')
      return {
        ...response,
        headers: response.headers.map(([name, value]) => [name, name === 'Content-Type' ? type : value] as const),
      }
    },
  })
  process.onTerminate(GO_TERMINATED)
  return yield* serve()
}

/** Healthy for ten seconds. */
function* liveness(process: ContainerProcess): Run {
  const { frame } = process.frames.enter({ startedAt: process.now() })
  process.listen({
    port: 8080,
    protocol: 'TCP',
    address: '0.0.0.0',
    speaks: 'http',
    answer(request) {
      const seconds = (process.now() - frame.startedAt) / 1000
      const path = requestPath(request)
      if (path === '/started') return goText(request, process.now(), `${seconds}s`)
      if (path !== '/healthz') return goText(request, process.now(), '404 page not found\n', 404)
      return seconds > 10
        ? goText(request, process.now(), `error: ${seconds}`, 500)
        : goText(request, process.now(), 'ok')
    },
  })
  process.onTerminate(GO_TERMINATED)
  return yield* serve()
}

// biome-ignore lint/correctness/useYield: it ends at once, and a subcommand is a generator.
function* entrypointTester(process: ContainerProcess): Run {
  process.out(`${JSON.stringify(process.argv.slice(1)).replace(/","/g, '" "')}\n`)
  return 0
}

/** What the resolver of this Pod is set to. */
const resolvConf = (print: (text: string) => string): Subcommand =>
  // biome-ignore lint/correctness/useYield: it ends at once, and a subcommand is a generator.
  function* (process): Run {
    process.out(`${print(process.files.read('/etc/resolv.conf') ?? '')}\n`)
    return 0
  }

const valuesOf = (text: string, key: string): readonly string[] =>
  text.split('\n').flatMap((line) =>
    line.startsWith(`${key} `)
      ? line
          .slice(key.length + 1)
          .trim()
          .split(/\s+/)
      : [],
  )

/** Lines at a steady pace. */
function* logsGenerator(process: ContainerProcess, words: readonly string[]): Run {
  const total = Number(flagOf(words, 'log-lines-total') ?? process.env.get('LOGS_GENERATOR_LINES_TOTAL') ?? 0)
  const text = flagOf(words, 'run-duration') ?? process.env.get('LOGS_GENERATOR_DURATION') ?? '1s'
  const seconds = Number(/^(\d+)s$/.exec(text)?.[1] ?? Number(/^(\d+)m$/.exec(text)?.[1] ?? 0) * 60) || 1
  if (total <= 0) {
    log(process, `Invalid total number of lines: ${total}`)
    return 1
  }
  const { frame } = process.frames.enter({ line: 0 })
  for (; frame.line < total; frame.line += 1) {
    process.err(
      `I1121 00:30:00.000000       1 logs_generator.go:76] ${frame.line} GET /api/v1/namespaces/ns/pods/${frame.line} 200\n`,
    )
    yield { kind: 'sleep', ms: Math.max(1, Math.floor((seconds * 1000) / total)) }
  }
  process.frames.leave()
  return 0
}

/** Subcommands that only serve or tell (kubernetes: test/images/agnhost). */
export const SERVERS: ReadonlyMap<string, Subcommand> = new Map<string, Subcommand>([
  ['pause', pause],
  ['serve-hostname', serveHostname],
  ['porter', porter],
  ['test-webserver', testWebserver],
  ['liveness', liveness],
  ['entrypoint-tester', entrypointTester],
  ['dns-suffix', resolvConf((text) => valuesOf(text, 'search').join(','))],
  ['dns-server-list', resolvConf((text) => valuesOf(text, 'nameserver').join(','))],
  [
    'etc-hosts',
    function* (process): Run {
      process.out(process.files.read('/etc/hosts') ?? '')
      yield { kind: 'sleep', ms: 0 }
      return 0
    },
  ],
  ['logs-generator', logsGenerator],
])
