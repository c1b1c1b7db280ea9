import { defineImage } from '../node/image.ts'
import { goText, requestPath } from '../node/programs/http-response.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../node/programs/program.ts'

const PORTS = [
  ['UDP', 53],
  ['TCP', 53],
] as const

/** CoreDNS's process; what it answers is network/dns. */
const program: ContainerProgram = { name: '/coredns', run }

function* run(process: ContainerProcess): Run {
  for (const [protocol, port] of PORTS) process.listen({ port, protocol, address: '0.0.0.0', speaks: 'dns' })
  for (const port of [8080, 8181, 9153]) {
    process.listen({
      port,
      protocol: 'TCP',
      address: '0.0.0.0',
      speaks: 'http',
      answer: (request) =>
        goText(
          request,
          process.now(),
          requestPath(request) === '/health' || requestPath(request) === '/ready' ? 'OK' : '',
          200,
        ),
    })
  }
  process.out(
    `.:53\n[INFO] plugin/reload: Running configuration SHA512 = 1b226df79860026c6a52e67daa10d7f0d57ec5b023288ec00c5e05f93523c894564e15b91770d3a07ae1cfbe861d15b37d4a0027e69c546ab112970993a3b03b\nCoreDNS-1.14.2\nlinux/amd64, go1.26.0, \n`,
  )
  process.onTerminate(0)
  return yield* serve()
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
