import { CONFIGURATION_DIRECTORY, CONFIGURATION_FILE, parseConfiguration } from '../gateway-fabric/configuration.ts'
import { GatewayProxy } from '../gateway-fabric/serve.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { defineImage, type ImageDefinition } from '../node/image.ts'
import { goText, httpDate, requestPath, respond } from '../node/programs/http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../node/programs/program.ts'
import { createRandom } from '../sim/random.ts'
import { statusPage } from './nginx-pages.ts'
import { ALPINE } from './program-sets.ts'

const TAGS = [/^v?[12]\.\d{1,2}\.\d{1,2}$/, 'edge']

/** The controller's process; what it does is in gateway-fabric/controller.ts. */
const gateway: ContainerProgram = {
  name: '/usr/bin/gateway',
  *run(process): Run {
    const [, command = ''] = process.argv
    if (command !== 'controller') {
      process.err(`Error: unknown command ${JSON.stringify(command)} for "gateway"\n`)
      return 1
    }
    const answer = (request: HttpRequest) =>
      requestPath(request) === '/readyz'
        ? goText(request, process.now(), 'ok')
        : goText(request, process.now(), '404 page not found\n', 404)
    process.listen({ port: 8081, protocol: 'TCP', address: '0.0.0.0', speaks: 'http', answer })
    process.listen({ port: 8443, protocol: 'TCP', address: '0.0.0.0', speaks: 'text', tls: true })
    process.err(
      `{"level":"info","ts":"${new Date(process.now()).toISOString()}","msg":"Starting the NGINX Gateway Fabric control plane"}\n`,
    )
    process.onTerminate(0)
    return yield* serve()
  },
}

/** The nginx in front of one Gateway: a file says what to do, HUP that it has changed. */
const nginx: ContainerProgram = {
  name: '/agent/entrypoint.sh',
  *run(process): Run {
    const front = new Front(process)
    process.spawn('nginx: master process /usr/sbin/nginx -g daemon off;')
    process.spawn('nginx: worker process')
    process.onHangup(() => front.load())
    front.load()
    process.onTerminate(0)
    return yield* serve()
  },
}

class Front {
  #proxy: GatewayProxy | undefined
  readonly #process: ContainerProcess
  readonly #open = new Set<number>()
  readonly #random: (n: number) => number

  constructor(process: ContainerProcess) {
    this.#process = process
    const random = createRandom(process.hostname)
    this.#random = (n) => random.int(n)
  }

  load(): void {
    const configuration = parseConfiguration(this.#process.files.read(CONFIGURATION_FILE))
    if (configuration === undefined) return
    this.#proxy = new GatewayProxy(this.#process, configuration, this.#random)
    for (const { port, tls } of configuration.servers) {
      if (this.#open.has(port)) continue
      this.#open.add(port)
      this.#process.listen({
        port,
        protocol: 'TCP',
        address: '0.0.0.0',
        speaks: 'http',
        ...(tls && { tls }),
        answer: (request, client) => this.#answer(port, tls, request, client),
        certificate: (name) => this.#proxy?.certificate(port, name),
      })
    }
  }

  #answer(port: number, tls: boolean, request: HttpRequest, client: { readonly address: string }): HttpResponse {
    if (this.#proxy !== undefined && (!tls || request.tls === true)) return this.#proxy.answer(port, request, client)
    const body = statusPage(400, 'The plain HTTP request was sent to HTTPS port', 'nginx')
    const headers = [
      ['Server', 'nginx'],
      ['Date', httpDate(this.#process.now())],
      ['Content-Type', 'text/html'],
      ['Content-Length', String(body.length)],
      ['Connection', 'close'],
    ] as const
    return respond(request, 400, headers, body)
  }
}

export const gatewayFabricImages: readonly ImageDefinition[] = [
  defineImage({
    repository: 'ghcr.io/nginx/nginx-gateway-fabric',
    tags: TAGS,
    sizeBytes: 31_400_000,
    usage: { cpuMilli: 4, memoryBytes: 46_000_000, cpuMsPerRequest: 1 },
    entrypoint: ['/usr/bin/gateway'],
    servers: [gateway],
    programs: [],
  }),
  defineImage({
    repository: 'ghcr.io/nginx/nginx-gateway-fabric/nginx',
    tags: TAGS,
    sizeBytes: 52_700_000,
    usage: { cpuMilli: 2, memoryBytes: 60_000_000, cpuMsPerRequest: 1 },
    entrypoint: ['/agent/entrypoint.sh'],
    files: { [CONFIGURATION_DIRECTORY]: { directory: true } },
    servers: [nginx],
    programs: ALPINE,
  }),
]
