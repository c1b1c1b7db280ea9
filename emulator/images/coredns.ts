import type { HttpRequest, HttpResponse } from '../network/types.ts'
import { defineImage } from '../node/image.ts'
import { respond } from '../node/programs/http-response.ts'
import { type ContainerProgram, serve } from '../node/programs/program.ts'

const plain: readonly [string, string][] = [['Content-Type', 'text/plain; charset=utf-8']]

/** CoreDNS with the ports of kubeadm's Corefile; what it answers about names is the network's business (network/dns). */
const coredns: ContainerProgram = {
  name: '/coredns',
  *run(process) {
    const open = { address: '0.0.0.0' } as const
    const page =
      (path: string, body: string) =>
      (request: HttpRequest): HttpResponse =>
        request.path === path
          ? respond(request, 200, plain, body)
          : respond(request, 404, plain, '404 page not found\n')
    process.listen({ ...open, port: 53, protocol: 'UDP', speaks: 'dns' })
    process.listen({ ...open, port: 53, protocol: 'TCP', speaks: 'dns' })
    process.listen({ ...open, port: 8080, protocol: 'TCP', speaks: 'http', answer: page('/health', 'OK') })
    process.listen({ ...open, port: 8181, protocol: 'TCP', speaks: 'http', answer: page('/ready', 'OK') })
    process.listen({ ...open, port: 9153, protocol: 'TCP', speaks: 'http', answer: page('/metrics', metrics) })
    process.out('.:53\nCoreDNS-1.14.2\nlinux/amd64, go1.25.6\n')
    process.onTerminate(0)
    return yield* serve()
  },
}

const metrics =
  '# HELP coredns_build_info A metric with a constant \'1\' value.\n# TYPE coredns_build_info gauge\ncoredns_build_info{goversion="go1.25.6",revision="",version="1.14.2"} 1\n'

export const corednsImage = defineImage({
  repository: 'registry.k8s.io/coredns/coredns',
  tags: [/^v1\.\d+\.\d+$/],
  sizeBytes: 23_544_353,
  entrypoint: ['/coredns'],
  files: { '/coredns': { content: '', mode: 0o755 } },
  servers: [coredns],
  programs: [],
})
