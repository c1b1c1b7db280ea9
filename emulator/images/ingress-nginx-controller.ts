import { reviewIngress } from '../ingress-nginx/admission.ts'
import { CONFIGURATION_FILE, type Configuration, parseConfiguration } from '../ingress-nginx/configuration.ts'
import { controllerFlags, speaksOldApi } from '../ingress-nginx/flags.ts'
import { nginxPage } from '../ingress-nginx/pages.ts'
import { findServer } from '../ingress-nginx/route.ts'
import { type Memory, serveRequest } from '../ingress-nginx/serve.ts'
import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { defineImage, type ImageDefinition } from '../node/image.ts'
import { goText, requestPath } from '../node/programs/http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../node/programs/program.ts'
import { ALPINE } from './program-sets.ts'

const HEALTH_PORT = 10254

/** The controller's process and its nginx; what it is to serve comes from ingress-nginx/controller.ts, by a file and HUP. */
const program: ContainerProgram = { name: '/nginx-ingress-controller', run }

function* run(process: ContainerProcess): Run {
  const version = process.env.get('INGRESS_NGINX_VERSION') ?? ''
  const flags = controllerFlags(process.argv, version)
  process.out(banner(version))
  const { frame } = process.frames.enter<Memory>({ requests: 0, turns: [] })
  const proxy = new ControllerProxy(process, frame, flags.httpPort, flags.httpsPort)
  logStart(process, version)
  if (speaksOldApi(version)) logOldApi(process)
  process.listen({
    port: HEALTH_PORT,
    protocol: 'TCP',
    address: '0.0.0.0',
    speaks: 'http',
    answer: (request) => health(process, request, proxy.configuration !== undefined),
  })
  process.onHangup(() => proxy.load())
  proxy.load()
  const webhook = /--validating-webhook=[^:]*:(\d+)/.exec(process.argv.join(' '))?.[1]
  if (webhook !== undefined && !speaksOldApi(version)) listenForReviews(process, proxy, Number(webhook), version)
  process.onTerminate(0)
  return yield* serve()
}

/** The nginx of a controller: it listens once there is a configuration. */
class ControllerProxy {
  configuration: Configuration | undefined
  readonly #process: ContainerProcess
  readonly #memory: Memory
  readonly #ports: readonly [http: number, https: number]
  readonly #passed = new Set<string>()

  constructor(process: ContainerProcess, memory: Memory, http: number, https: number) {
    this.#process = process
    this.#memory = memory
    this.#ports = [http, https]
  }

  load(): void {
    const configuration = parseConfiguration(this.#process.files.read(CONFIGURATION_FILE))
    if (configuration === undefined) return
    const first = this.configuration === undefined
    this.configuration = configuration
    for (const { port, protocol } of configuration.streams) this.#pass(port, protocol)
    if (!first) return
    const [http, https] = this.#ports
    for (const [port, tls] of [[http, false] as const, [https, true] as const]) {
      const opened = this.#process.listen({
        port,
        protocol: 'TCP',
        address: '0.0.0.0',
        speaks: 'http',
        ...(tls && { tls }),
        answer: (request, client) => this.#answer(request, client, tls),
        certificate: (name) => this.#certificate(name),
      })
      if (!opened) this.#process.err(`nginx: [emerg] bind() to 0.0.0.0:${port} failed (98: Address in use)\n`)
    }
    this.#process.spawn('nginx: master process /usr/bin/nginx -c /etc/nginx/nginx.conf')
    this.#process.spawn('nginx: worker process')
    this.#process.spawn('nginx: cache manager process')
  }

  /** A port that is passed on as it is to an endpoint of its Service. */
  #pass(port: number, protocol: 'TCP' | 'UDP'): void {
    const key = `${protocol}/${port}`
    if (this.#passed.has(key)) return
    this.#passed.add(key)
    const target = () => {
      const { streams = [], backends = [] } = this.configuration ?? {}
      const stream = streams.find((one) => one.port === port && one.protocol === protocol)
      const { endpoints = [] } = backends.find(({ name }) => name === stream?.backend) ?? {}
      this.#memory.requests += 1
      const endpoint = endpoints[this.#memory.requests % Math.max(1, endpoints.length)]
      return endpoint && { ...endpoint, protocol }
    }
    const { network, place } = this.#process
    this.#process.listen({
      port,
      protocol,
      address: '0.0.0.0',
      speaks: protocol === 'TCP' ? 'http' : 'text',
      reply(text) {
        const endpoint = target()
        return endpoint && network.connect(place, endpoint, { text }).reply
      },
      answer(http) {
        const endpoint = target()
        return endpoint && network.connect(place, endpoint, { http }).response
      },
    })
  }

  #answer(
    request: HttpRequest,
    client: { readonly address: string; readonly port: number },
    tls: boolean,
  ): HttpResponse {
    const { configuration } = this
    if (configuration === undefined || (tls && request.tls !== true))
      return nginxPage(request, 400, this.#process.now())
    return serveRequest(this.#process, configuration, this.#memory, request, client)
  }

  #certificate(name: string | undefined): string | undefined {
    const server = name === undefined ? undefined : findServer(this.configuration?.servers ?? [], name)
    return server?.certificate ?? this.configuration?.fallbackCertificate
  }
}

function health(process: ContainerProcess, request: HttpRequest, ready: boolean): HttpResponse {
  const path = requestPath(request)
  if (path === '/healthz')
    return goText(
      request,
      process.now(),
      ready ? 'ok' : '[+]ping ok\n[-]nginx-ingress-controller failed: reason withheld\nhealthz check failed\n',
      ready ? 200 : 500,
    )
  if (path === '/metrics')
    return goText(
      request,
      process.now(),
      '# HELP nginx_ingress_controller_leader_election_status Gauge reporting status of the leader election.\n',
    )
  return goText(request, process.now(), '404 page not found\n', 404)
}

function listenForReviews(process: ContainerProcess, proxy: ControllerProxy, port: number, version: string): void {
  process.listen({
    port,
    protocol: 'TCP',
    address: '0.0.0.0',
    speaks: 'http',
    tls: true,
    certificate: () => process.files.read('/usr/local/certificates/cert'),
    answer(request) {
      const flags = controllerFlags(process.argv, version)
      const review = reviewIngress(request.body, proxy.configuration, flags)
      if (review === undefined) return goText(request, process.now(), '', 400)
      const body = JSON.stringify(review)
      return { ...goText(request, process.now(), body), headers: [['Content-Type', 'application/json']] }
    },
  })
}

const RULE = '-'.repeat(79)

function banner(version: string): string {
  return `${RULE}\nNGINX Ingress controller\n  Release:       v${version}\n  Build:         git-${version.replaceAll('.', '')}a5c1f\n  Repository:    https://github.com/kubernetes/ingress-nginx\n  nginx version: nginx/1.27.1\n\n${RULE}\n\n`
}

function klog(process: ContainerProcess, line: string): void {
  const at = new Date(process.now()).toISOString()
  const head = `${line[0]}${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 23)}000       7`
  process.err(`${head} ${line.slice(2)}\n`)
}

function logStart(process: ContainerProcess, version: string): void {
  klog(
    process,
    'W client_config.go:659] Neither --kubeconfig nor --master was specified.  Using the inClusterConfig.  This might not work.',
  )
  klog(process, 'I main.go:205] "Creating API client" host="https://10.96.0.1:443"')
  if (speaksOldApi(version)) return
  klog(
    process,
    'I main.go:248] "Running in Kubernetes cluster" major="1" minor="36" git="v1.36.2" state="clean" commit="" platform="linux/amd64"',
  )
  klog(
    process,
    'I main.go:101] "SSL fake certificate created" file="/etc/ingress-controller/ssl/default-fake-certificate.pem"',
  )
  klog(process, 'I nginx.go:273] "Starting NGINX Ingress controller"')
  klog(process, 'I nginx.go:319] "Starting NGINX process"')
}

/** Its caches never fill, so it never serves, and its probes end it. */
function logOldApi(process: ContainerProcess): void {
  klog(
    process,
    'E reflector.go:153] k8s.io/client-go@v0.17.2/tools/cache/reflector.go:105: Failed to list *v1beta1.Ingress: the server could not find the requested resource',
  )
}

function controllerImage(repository: string, tags: ImageDefinition['tags']): ImageDefinition {
  return defineImage({
    repository,
    tags,
    sizeBytes: 117_000_000,
    usage: { cpuMilli: 4, memoryBytes: 92_000_000, cpuMsPerRequest: 1 },
    entrypoint: ['/usr/bin/dumb-init', '--'],
    command: ['/nginx-ingress-controller'],
    workingDir: '/etc/nginx',
    files: {
      '/etc/nginx/mime.types': 'types {\n    text/html  html htm shtml;\n    text/css  css;\n}\n',
      '/etc/ingress-controller/ssl': { directory: true },
      '/usr/local/certificates': { directory: true },
      '/etc/os-release': 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.2\nPRETTY_NAME="Alpine Linux v3.22"\n',
    },
    servers: [program, dumbInit, waitShutdown],
    programs: [...ALPINE, 'curl'],
    byTag: (tag) => ({ env: [['INGRESS_NGINX_VERSION', tag.replace(/^v/, '')]] }),
  })
}

/** PID 1 of the image: it runs its arguments. */
const dumbInit: ContainerProgram = {
  name: '/usr/bin/dumb-init',
  *run(process): Run {
    const argv = process.argv.slice(1).filter((word) => word !== '--')
    const found = process.programs.get(argv[0] ?? '')
    if (found !== undefined) return yield* found.run({ ...process, argv })
    process.err(`[dumb-init] ${argv[0] ?? ''}: No such file or directory\n`)
    return 2
  },
}

/** The preStop hook. */
const waitShutdown: ContainerProgram = {
  name: '/wait-shutdown',
  *run(): Run {
    yield { kind: 'sleep', ms: 500 }
    return 0
  },
}

/** Today's controller, and the ones before it, which today's clusters no longer answer. */
export const ingressNginxImages: readonly ImageDefinition[] = [
  controllerImage('registry.k8s.io/ingress-nginx/controller', [
    /^v1\.(?:\d|1[0-4])\.\d$/,
    /^v1\.15\.[01]$/,
    /^v0\.\d{2}\.\d{1,2}$/,
  ]),
  controllerImage('k8s.gcr.io/ingress-nginx/controller', [/^v0\.\d{2}\.\d{1,2}$/, /^v1\.[0-2]\.\d{1,2}$/]),
  controllerImage('quay.io/kubernetes-ingress-controller/nginx-ingress-controller', [/^0\.\d{2}\.\d{1,2}$/]),
]
