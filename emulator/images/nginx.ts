import { jsonEqual } from '../api/json.ts'
import { defineImage } from '../node/image.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../node/programs/program.ts'
import { checkConfig } from './nginx-check.ts'
import {
  type ConfigFiles,
  type ConfigTexts,
  filesOf,
  NginxConfigError,
  noting,
  readNginxConfig,
  type VirtualServer,
  virtualServers,
} from './nginx-config.ts'
import { DEFAULT_SITE, ERROR_50X_PAGE, MAIN_CONFIG, WELCOME_PAGE } from './nginx-pages.ts'
import { answerRequest, chooseServer } from './nginx-server.ts'
import { configureNginx, startProblem } from './nginx-start.ts'
import { resolveUpstreams, type Upstreams } from './nginx-upstreams.ts'
import { ALPINE, DEBIAN } from './program-sets.ts'

const LATEST = '1.29.3'
const STABLE = '1.28.0'

/** The configuration that the image brings. */
const OWN: ConfigTexts = {
  '/etc/nginx/nginx.conf': MAIN_CONFIG,
  '/etc/nginx/mime.types': 'types {\n    text/html  html htm shtml;\n    text/css  css;\n}\n',
  '/etc/nginx/conf.d/default.conf': DEFAULT_SITE,
}

/** nginx's own program, as PID 1 or started by a shell. */
export const nginxProgram: ContainerProgram = { name: 'nginx', run: runNginx }

function stamp(process: ContainerProcess): string {
  const at = new Date(process.now()).toISOString()
  return `${at.slice(0, 10).replace(/-/g, '/')} ${at.slice(11, 19)}`
}

function* runNginx(process: ContainerProcess): Run {
  const words = process.argv.slice(1)
  const version = process.env.get('NGINX_VERSION') ?? LATEST
  if (words.includes('-v') || words.includes('-V')) {
    process.err(`nginx version: nginx/${version}\n`)
    return 0
  }
  const unknown = words.find((word) => /^-[^gctTpqse?hvV]/.test(word))
  if (unknown !== undefined) {
    process.err(`nginx: invalid option: "${unknown.slice(1)}"\n`)
    return 1
  }
  const path = words.includes('-c') ? (words[words.indexOf('-c') + 1] ?? '') : '/etc/nginx/nginx.conf'
  if (words.includes('-t') || words.includes('-T')) return test(process, path)
  if (words.includes('-s')) return signal(process, path, words[words.indexOf('-s') + 1] ?? '')
  const { frame } = process.frames.enter<InForce>({ texts: undefined })
  const master = new Master(process, path, frame)
  if (!master.start()) {
    process.frames.leave()
    return 1
  }
  const foreground = words.join(' ').includes('daemon off') || (process.files.read(path) ?? '').includes('daemon off')
  logStart(process, version)
  process.retitle(`nginx: master process ${process.argv.join(' ')}`)
  process.spawn('nginx: worker process')
  process.spawn('nginx: worker process')
  process.onTerminate(0, () => logStop(process))
  process.onHangup(() => master.reload())
  if (foreground) return yield* serve()
  process.frames.leave()
  return 0
}

/** Part of a snapshot: the configuration that nginx runs by, `null` for the image's own; files may say otherwise by now. */
interface InForce {
  texts: ConfigTexts | null | undefined
  upstreams?: Upstreams
}

interface Loaded {
  readonly servers: readonly VirtualServer[]
  readonly texts: ConfigTexts
  readonly upstreams: Upstreams
}

function load(process: ContainerProcess, files: ConfigFiles, path: string, upstreams?: Upstreams): Loaded | undefined {
  const texts: { [path: string]: string } = {}
  try {
    const config = readNginxConfig(noting(files, texts), path)
    checkConfig(config)
    const servers = virtualServers(config)
    checkCertificates(process, servers)
    return { servers, texts, upstreams: upstreams ?? resolveUpstreams(process, config) }
  } catch (error) {
    if (!(error instanceof NginxConfigError)) throw error
    process.err(`${stamp(process)} [emerg] 1#1: ${error.message}\nnginx: [emerg] ${error.message}\n`)
    return undefined
  }
}

/** A server with TLS needs a certificate and its key. */
function checkCertificates({ files }: ContainerProcess, servers: readonly VirtualServer[]): void {
  for (const { ports, directives } of servers) {
    if (!ports.some(({ tls }) => tls)) continue
    const file = directives.find(({ name }) => name === 'ssl_certificate')?.args[0]
    if (file === undefined)
      throw new NginxConfigError(
        'no "ssl_certificate" is defined for the "listen ... ssl" directive in /etc/nginx/conf.d/default.conf:2',
      )
    const key = directives.find(({ name }) => name === 'ssl_certificate_key')?.args[0] ?? ''
    const missing = (path: string): string =>
      `BIO_new_file() failed (SSL: error:80000002:system library::No such file or directory:calling fopen(${path}, r) error:10000080:BIO routines::no such file)`
    if (files.read(file) === undefined)
      throw new NginxConfigError(`cannot load certificate "${file}": ${missing(file)}`)
    if (files.read(key) === undefined)
      throw new NginxConfigError(`cannot load certificate key "${key}": ${missing(key)}`)
  }
}

function test(process: ContainerProcess, path: string): number {
  if (load(process, process.files, path) === undefined) {
    process.err(`nginx: configuration file ${path} test failed\n`)
    return 1
  }
  process.err(
    `nginx: the configuration file ${path} syntax is ok\nnginx: configuration file ${path} test is successful\n`,
  )
  return 0
}

/** `nginx -s reload`: a sound configuration is read again by the running nginx. */
function signal(process: ContainerProcess, path: string, name: string): number {
  if (name !== 'reload') {
    process.err(`nginx: [error] signal "${name}" is not emulated; delete the Pod to stop it\n`)
    return 1
  }
  if (load(process, process.files, path) === undefined) return 1
  if (process.hangup()) return 0
  process.err(`${stamp(process)} [error] 35#35: invalid PID number "" in "/run/nginx.pid"\n`)
  return 1
}

/** nginx's master process: the configuration is read when it starts and when it is told to, not when files change. */
class Master {
  readonly #process: ContainerProcess
  readonly #path: string
  readonly #frame: InForce
  readonly #open = new Set<number>()
  #servers: readonly VirtualServer[] = []
  #upstreams: Upstreams = {}

  constructor(process: ContainerProcess, path: string, frame: InForce) {
    this.#process = process
    this.#path = path
    this.#frame = frame
  }

  /** False, with nginx's words on stderr, if the configuration or a port is not to be had. */
  start(): boolean {
    const { texts, upstreams } = this.#frame
    if (texts === undefined && this.#process.user.uid !== 0)
      this.#process.err(
        `${stamp(this.#process)} [warn] 1#1: the "user" directive makes sense only if the master process runs with super-user privileges, ignored in /etc/nginx/nginx.conf:2\nnginx: [warn] the "user" directive makes sense only if the master process runs with super-user privileges, ignored in /etc/nginx/nginx.conf:2\n`,
      )
    const loaded = load(
      this.#process,
      texts === undefined ? this.#process.files : filesOf(texts ?? OWN),
      this.#path,
      upstreams,
    )
    if (loaded === undefined) return false
    const problem = texts === undefined ? startProblem(this.#process, pidOf(this.#process, this.#path)) : undefined
    if (problem === undefined) return this.#apply(loaded)
    this.#process.err(`${stamp(this.#process)} [emerg] 1#1: ${problem}\nnginx: [emerg] ${problem}\n`)
    return false
  }

  reload(): void {
    const line = `${stamp(this.#process)} [notice] 1#1: signal 1 (SIGHUP) received from 35, reconfiguring\n`
    this.#process.log('stderr', line)
    this.#apply(load(this.#process, this.#process.files, this.#path))
  }

  #apply(loaded: Loaded | undefined): boolean {
    if (loaded === undefined) return false
    this.#servers = loaded.servers
    this.#upstreams = loaded.upstreams
    this.#frame.upstreams = loaded.upstreams
    this.#frame.texts = jsonEqual(loaded.texts, OWN) ? null : loaded.texts
    const ports = new Map(loaded.servers.flatMap((server) => server.ports).map((listen) => [listen.port, listen]))
    return [...ports.values()].every((listen) => this.#open.has(listen.port) || this.#listen(listen))
  }

  #certificate(port: number, name: string | undefined): string | undefined {
    const server = chooseServer(this.#servers, port, name ?? '')
    const file = server?.directives.find((directive) => directive.name === 'ssl_certificate')?.args[0]
    return file === undefined ? undefined : this.#process.files.read(file)
  }

  #listen({ port, loopback, tls }: VirtualServer['ports'][number]): boolean {
    const process = this.#process
    const opened = process.listen({
      port,
      protocol: 'TCP',
      address: loopback ? '127.0.0.1' : '0.0.0.0',
      speaks: 'http',
      tls,
      answer: (request, client) => answerRequest(process, this.#servers, this.#upstreams, port, request, client),
      ...(tls && { certificate: (name) => this.#certificate(port, name) }),
    })
    if (opened) this.#open.add(port)
    else process.err(`${stamp(process)} [emerg] 1#1: bind() to 0.0.0.0:${port} failed (98: Address already in use)\n`)
    return opened
  }
}

function logStart(process: ContainerProcess, version: string): void {
  const notices = [
    'using the "epoll" event method',
    `nginx/${version}`,
    'built by gcc 14.2.0 (Debian 14.2.0-19) ',
    'OS: Linux 6.8.0-88-generic',
    'getrlimit(RLIMIT_NOFILE): 1048576:1048576',
    'start worker processes',
    'start worker process 29',
    'start worker process 30',
  ]
  for (const notice of notices) process.err(`${stamp(process)} [notice] 1#1: ${notice}\n`)
}

/** The file that the master writes its number to. */
function pidOf({ files }: ContainerProcess, path: string): string {
  return /^\s*pid\s+([^\s;]+)/m.exec(files.read(path) ?? '')?.[1] ?? '/run/nginx.pid'
}

/** STOPSIGNAL of the image is QUIT: requests that are under way are answered first. */
function logStop(process: ContainerProcess): void {
  const lines = [
    'signal 3 (SIGQUIT) received, shutting down',
    'gracefully shutting down',
    'exiting',
    'exit',
    'signal 17 (SIGCHLD) received from 29',
    'worker process 29 exited with code 0',
    'exit',
  ]
  for (const line of lines) process.err(`${stamp(process)} [notice] 1#1: ${line}\n`)
}

/** The image's entrypoint: tells what it configures if nginx is to run, then runs its arguments. */
const entrypoint: ContainerProgram = {
  name: '/docker-entrypoint.sh',
  *run(process): Run {
    const argv = process.argv.slice(1)
    const [name = ''] = argv
    const program = process.programs.get(name)
    if ((name === 'nginx' || name === 'nginx-debug') && !process.frames.resuming) configureNginx(process)
    if (program !== undefined) {
      process.retitle(argv.join(' '))
      return yield* program.run({ ...process, argv })
    }
    process.err(`/docker-entrypoint.sh: 47: exec: ${name}: not found\n`)
    return 127
  },
}

/** The official nginx image. */
export const nginx = defineImage({
  repository: 'docker.io/library/nginx',
  tags: [
    'latest',
    'stable',
    'mainline',
    'alpine',
    /^1\.([7-9]|[12]\d|3[01])(\.\d{1,2})?(-(alpine|perl|alpine-slim|bookworm|trixie|bullseye))?$/,
    /^(stable|mainline)-(alpine|perl|bookworm|trixie)(-slim)?$/,
    'perl',
    'bookworm',
    'trixie',
    '1',
    '1-alpine',
    'alpine-slim',
  ],
  sizeBytes: 59_772_801,
  usage: { cpuMilli: 1, memoryBytes: 4_300_000, cpuMsPerRequest: 1 },
  entrypoint: ['/docker-entrypoint.sh'],
  command: ['nginx', '-g', 'daemon off;'],
  env: [['PKG_RELEASE', '1~trixie']],
  files: {
    '/usr/share/nginx/html/index.html': WELCOME_PAGE,
    '/usr/share/nginx/html/50x.html': ERROR_50X_PAGE,
    ...OWN,
    '/var/log/nginx/access.log': { link: '/dev/stdout' },
    '/var/log/nginx/error.log': { link: '/dev/stderr' },
    '/docker-entrypoint.d': { directory: true },
    '/var/cache/nginx': { directory: true },
    '/run': { directory: true },
  },
  servers: [nginxProgram, entrypoint],
  programs: [...DEBIAN, 'curl'],
  byTag: (tag) => ({
    env: [['NGINX_VERSION', versionOf(tag)]],
    ...(tag.includes('alpine')
      ? {
          sizeBytes: 22_580_000,
          programs: [...ALPINE, 'curl'],
        }
      : {}),
  }),
})

/** `1.16` and `1.16.0-alpine` name their version; two numbers mean the last patch of that line. */
function versionOf(tag: string): string {
  const match = /^(\d+\.\d+)(\.\d+)?/.exec(tag)
  if (match === null) return tag.startsWith('stable') ? STABLE : LATEST
  return match[2] === undefined ? `${match[1]}.1` : match[0]
}
