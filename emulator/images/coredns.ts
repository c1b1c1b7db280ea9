import { type DnsConfig, parseCorefile } from '../network/dns/corefile.ts'
import { CorefileError } from '../network/dns/corefile-blocks.ts'
import { defineImage } from '../node/image.ts'
import { goText, requestPath } from '../node/programs/http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../node/programs/program.ts'

const PORTS = [
  ['UDP', 53],
  ['TCP', 53],
] as const

/** Part of a snapshot: the Corefile that CoreDNS runs by, and the last one that it could not take up. */
interface InForce {
  corefile: string | undefined
  refused: string | undefined
}

/**
 * CoreDNS's process; what it answers is network/dns. It does not start by a Corefile that it cannot read; with the
 * reload plugin it takes a changed one up, and stays with the old where the new is broken (coredns plugin/reload). Unlike
 * there it looks at the file when it is asked, not every 30 s.
 */
const program: ContainerProgram = { name: '/coredns', run }

function* run(process: ContainerProcess): Run {
  const words = process.argv
  const path = words.includes('-conf') ? (words[words.indexOf('-conf') + 1] ?? '') : undefined
  const { frame, resumed } = process.frames.enter<InForce>({ corefile: undefined, refused: undefined })
  if (!resumed && path !== undefined) {
    frame.corefile = process.files.read(path)
    const problem =
      frame.corefile === undefined ? `open ${path}: no such file or directory` : problemOf(frame.corefile, path)
    if (problem !== undefined) {
      process.out(`${frame.corefile === undefined ? `loading Caddyfile via flag: ${problem}` : problem}\n`)
      process.frames.leave()
      return 1
    }
  }
  const inForce = (mounted: string): string | undefined => {
    if (path !== undefined && mounted !== '') takeUp(process, path, mounted, frame)
    return frame.corefile
  }
  for (const [protocol, port] of PORTS)
    process.listen({ port, protocol, address: '0.0.0.0', speaks: 'dns', reply: inForce })
  for (const port of [8080, 8181, 9153]) listenHealth(process, port)
  process.out(
    `.:53\n[INFO] plugin/reload: Running configuration SHA512 = 1b226df79860026c6a52e67daa10d7f0d57ec5b023288ec00c5e05f93523c894564e15b91770d3a07ae1cfbe861d15b37d4a0027e69c546ab112970993a3b03b\nCoreDNS-1.14.2\nlinux/amd64, go1.26.0, \n`,
  )
  process.onTerminate(0)
  return yield* serve()
}

function listenHealth(process: ContainerProcess, port: number): void {
  const healthy = new Set(['/health', '/ready'])
  process.listen({
    port,
    protocol: 'TCP',
    address: '0.0.0.0',
    speaks: 'http',
    answer: (request) => goText(request, process.now(), healthy.has(requestPath(request) ?? '') ? 'OK' : '', 200),
  })
}

/** Takes up a changed file if the configuration in force says so and the new one can be read. */
function takeUp(process: ContainerProcess, path: string, text: string, frame: InForce): void {
  if (text === frame.corefile || text === frame.refused) return
  if (!configOf(frame.corefile ?? '').some(({ reloads }) => reloads)) return
  process.log('stdout', '[INFO] Reloading\n')
  const problem = problemOf(text, path)
  if (problem === undefined) {
    frame.corefile = text
    frame.refused = undefined
    process.log('stdout', '[INFO] Reloading complete\n')
  } else {
    frame.refused = text
    process.log('stdout', `[ERROR] Restart failed: ${problem}\n`)
    process.log(
      'stdout',
      `[ERROR] plugin/reload: Corefile changed but reload failed: starting with listener file descriptors: ${problem}\n`,
    )
  }
}

function configOf(text: string): readonly DnsConfig[] {
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
