import { byteLength } from '../api/byte-length.ts'
import { defineImage } from '../node/image.ts'
import { respond } from '../node/programs/http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../node/programs/program.ts'
import { DEBIAN } from './program-sets.ts'
import { entrypointScript } from './servers.ts'

const FILE = '/usr/local/etc/haproxy/haproxy.cfg'

interface Proxy {
  readonly port: number
  readonly backend: string
}

interface Plan {
  readonly proxies: readonly Proxy[]
  readonly servers: ReadonlyMap<string, readonly string[]>
}

/** Frontends with their `bind` and `default_backend`, backends with their servers; `listen` is both. */
function planOf(text: string): Plan {
  const proxies: Proxy[] = []
  const servers = new Map<string, string[]>()
  let section = ''
  let ports: number[] = []
  for (const line of text.split('\n').map((one) => one.replace(/#.*$/, '').trim())) {
    const [word = '', first = '', second = ''] = line.split(/\s+/)
    if (['frontend', 'backend', 'listen', 'defaults', 'global'].includes(word)) {
      section = first
      ports = []
    }
    if (word === 'bind') ports.push(Number(first.split(':').at(-1)))
    if (word === 'default_backend') proxies.push(...ports.map((port) => ({ port, backend: first })))
    if (word === 'server') {
      if (!servers.has(section)) proxies.push(...ports.map((port) => ({ port, backend: section })))
      servers.set(section, [...(servers.get(section) ?? []), second])
    }
  }
  return { proxies, servers }
}

function alert(process: ContainerProcess, text: string): void {
  process.err(`[ALERT]    (1) : config : ${text}\n`)
}

const program: ContainerProgram = {
  name: 'haproxy',
  *run(process): Run {
    const file = process.argv[process.argv.indexOf('-f') + 1] ?? FILE
    const text = process.files.read(file)
    if (text === undefined) {
      alert(process, `Cannot open configuration file/directory ${file} : No such file or directory`)
      return 1
    }
    const { proxies, servers } = planOf(text)
    if (proxies.length === 0) {
      alert(process, "No enabled listener found (check for 'bind' directives) ! Exiting.")
      return 1
    }
    const { frame } = process.frames.enter({ turns: 0 })
    for (const { port, backend } of proxies)
      process.listen({
        port,
        protocol: 'TCP',
        address: '0.0.0.0',
        speaks: 'http',
        answer(request) {
          const all = servers.get(backend) ?? []
          frame.turns += 1
          const target = all[frame.turns % Math.max(1, all.length)]
          const { method, headers, body } = request
          const exchange =
            target && process.network.fetch(process.place, `http://${target}${request.path}`, { method, headers, body })
          if (exchange && exchange.response !== undefined) return exchange.response
          const page =
            '<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>\n'
          const own = [
            ['content-length', String(byteLength(page))],
            ['cache-control', 'no-cache'],
            ['content-type', 'text/html'],
          ]
          return respond(
            request,
            503,
            own.map(([name = '', value = '']) => [name, value] as const),
            page,
          )
        },
      })
    process.err(
      `[NOTICE]   (1) : haproxy version is 3.2.8\n[NOTICE]   (1) : New worker (8) forked\n[NOTICE]   (1) : Loading success.\n`,
    )
    process.onTerminate(0)
    return yield* serve()
  },
}

/** The official HAProxy image, which brings no configuration: without one it ends. */
export const haproxy = defineImage({
  repository: 'docker.io/library/haproxy',
  tags: ['latest', 'lts', 'alpine', /^(1\.\d|[23](\.\d+){0,2})(-(alpine|bookworm|trixie))?$/],
  sizeBytes: 41_000_000,
  entrypoint: ['docker-entrypoint.sh'],
  command: ['haproxy', '-f', FILE],
  files: { '/usr/local/etc/haproxy': { directory: true } },
  servers: [program, entrypointScript('docker-entrypoint.sh')],
  programs: DEBIAN,
})
