import { hasDirective, parseCorefile, type ServerBlock } from '../network/dns/corefile.ts'
import { CorefileError } from '../network/dns/corefile-blocks.ts'
import { loopOf } from '../network/dns/loop.ts'
import { runningConfiguration } from '../network/dns/running-configuration.ts'
import { defineImage } from '../node/image.ts'
import { goText, requestPath } from '../node/programs/http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../node/programs/program.ts'

/** Part of a snapshot: the Corefile that CoreDNS runs by, and the last one that it could not take up. */
interface InForce {
  corefile: string | undefined
  refused: string | undefined
}

/** What CoreDNS does without a Corefile. */
const OWN_COREFILE = '.:53 {\n    whoami\n    log\n}\n'
const VERSION = 'CoreDNS-1.14.2\nlinux/amd64, go1.26.0, \n'

/**
 * CoreDNS's process; what it answers is network/dns. It does not start by a Corefile that it cannot read, nor by one that
 * sends questions back to itself; with the reload plugin it takes a changed one up, and stays with the old where the new is
 * broken (coredns plugin/reload). It looks at the file when it is asked.
 */
const program: ContainerProgram = { name: '/coredns', run }

function* run(process: ContainerProcess): Run {
  const words = process.argv
  const path = words.includes('-conf') ? (words[words.indexOf('-conf') + 1] ?? '') : undefined
  const { frame, resumed } = process.frames.enter<InForce>({ corefile: undefined, refused: undefined })
  if (!resumed) {
    const problem = begin(process, path, frame)
    if (problem !== undefined) {
      process.out(problem)
      process.frames.leave()
      return 1
    }
  }
  const blocks = configOf(frame.corefile ?? '')
  const inForce = (): string | undefined => {
    const text = path === undefined ? undefined : process.files.read(path)
    if (path !== undefined && text !== undefined) takeUp(process, path, text, frame)
    return frame.corefile
  }
  for (const port of new Set(blocks.map((block) => block.port))) {
    for (const protocol of ['UDP', 'TCP'] as const)
      process.listen({ port, protocol, address: '0.0.0.0', speaks: 'dns', reply: inForce })
  }
  listenBesides(process, blocks)
  if (!resumed) process.out(`${names(blocks)}${loaded(frame.corefile ?? '', blocks)}${VERSION}`)
  process.onTerminate(0)
  return yield* serve()
}

/** Reads the Corefile; why CoreDNS does not start, if it does not. */
function begin(process: ContainerProcess, path: string | undefined, frame: InForce): string | undefined {
  frame.corefile = process.files.read(path ?? 'Corefile') ?? (path === undefined ? OWN_COREFILE : undefined)
  if (frame.corefile === undefined) return `loading Caddyfile via flag: open ${path}: no such file or directory\n`
  const problem = problemOf(frame.corefile, path ?? 'Corefile')
  if (problem !== undefined) return `${problem}\n`
  return loopOf(configOf(frame.corefile), process.files, process.env.get('KUBE_DNS_SERVICE_HOST'))
}

/** `health` answers liveness probes, `ready` readiness probes; without them those ports are closed. */
function listenBesides(process: ContainerProcess, blocks: readonly ServerBlock[]): void {
  for (const [directive, port, path] of [
    ['health', 8080, '/health'],
    ['ready', 8181, '/ready'],
    ['prometheus', 9153, '/metrics'],
  ] as const) {
    if (!hasDirective(blocks, directive)) continue
    process.listen({
      port,
      protocol: 'TCP',
      address: '0.0.0.0',
      speaks: 'http',
      answer: (request) => {
        const known = requestPath(request) === path
        const body = known ? (directive === 'prometheus' ? '' : 'OK') : '404 page not found\n'
        return goText(request, process.now(), body, known ? 200 : 404)
      },
    })
  }
}

/** `.:53`, one line for each server block and zone. */
function names(blocks: readonly ServerBlock[]): string {
  return blocks.flatMap(({ serves, port }) => serves.map((zone) => `${zone}.:${port}\n`)).join('')
}

function loaded(text: string, blocks: readonly ServerBlock[]): string {
  if (!hasDirective(blocks, 'reload')) return ''
  return `[INFO] plugin/reload: Running configuration SHA512 = ${runningConfiguration(text)}\n`
}

/** Takes up a changed file if the configuration in force says so and the new one can be read. */
function takeUp(process: ContainerProcess, path: string, text: string, frame: InForce): void {
  if (text === frame.corefile || text === frame.refused) return
  if (!hasDirective(configOf(frame.corefile ?? ''), 'reload')) return
  process.log('stdout', '[INFO] Reloading\n')
  const problem = problemOf(text, path)
  if (problem === undefined) {
    frame.corefile = text
    frame.refused = undefined
    const blocks = configOf(text)
    if (hasDirective(blocks, 'health')) process.log('stdout', '[INFO] plugin/health: Going into lameduck mode for 5s\n')
    process.log('stdout', `${loaded(text, blocks)}[INFO] Reloading complete\n`)
  } else {
    frame.refused = text
    process.log('stdout', `[ERROR] Restart failed: ${problem}\n`)
    process.log(
      'stdout',
      `[ERROR] plugin/reload: Corefile changed but reload failed: starting with listener file descriptors: ${problem}\n`,
    )
  }
}

function configOf(text: string): readonly ServerBlock[] {
  try {
    return parseCorefile(text)
  } catch {
    return []
  }
}

/** What CoreDNS says of a Corefile that it cannot run by. */
function problemOf(text: string, path: string): string | undefined {
  try {
    parseCorefile(text, path)
    return undefined
  } catch (error) {
    if (error instanceof CorefileError) return error.message
    throw error
  }
}

export const coredns = defineImage({
  repository: 'registry.k8s.io/coredns/coredns',
  tags: [/^v1\.\d{1,2}\.\d{1,2}$/],
  sizeBytes: 22_400_000,
  usage: { cpuMilli: 3, memoryBytes: 15_500_000, cpuMsPerRequest: 1 },
  entrypoint: ['/coredns'],
  servers: [program],
  programs: [],
})
