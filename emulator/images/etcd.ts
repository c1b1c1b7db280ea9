import { readCertificate } from '../authentication/x509.ts'
import { defineImage } from '../node/image.ts'
import type { ContainerProcess } from '../node/programs/program.ts'
import { component, type Failure, type FlagValues, missingFile } from './control-plane/component.ts'
import { ETCD_BOOLS, ETCD_FLAGS } from './control-plane/known-flags.ts'
import { ownAddress } from './own-address.ts'

const FILES = [
  'trusted-ca-file',
  'cert-file',
  'key-file',
  'peer-trusted-ca-file',
  'peer-cert-file',
  'peer-key-file',
] as const

/** etcd of a kubeadm control plane; what it keeps is the cluster's store (etcd-storage.ts). */
export const etcd = defineImage({
  repository: 'registry.k8s.io/etcd',
  tags: [/^3\.[56]\.\d{1,2}-0$/],
  sizeBytes: 23_900_000,
  usage: { cpuMilli: 21, memoryBytes: 68_000_000, cpuMsPerRequest: 1 },
  entrypoint: ['etcd'],
  servers: [
    component({
      name: 'etcd',
      flags: ETCD_FLAGS,
      bools: ETCD_BOOLS,
      refuse: (problem, process) => ({
        text: line(process, 'warn', 'etcdmain/etcd.go:46', 'failed to verify flags', {
          error: problem.replace(/^unknown flag: --/, 'flag provided but not defined: -'),
        }),
        code: 1,
      }),
      check(process, flags) {
        const problem = startProblem(process, flags)
        return problem === undefined ? undefined : fatal(process, problem)
      },
      serve(process, flags) {
        const certificate = process.files.read(flags.get('cert-file') ?? '')
        for (const url of clientUrls(flags)) {
          process.listen({
            port: url.port,
            protocol: 'TCP',
            address: url.host === '127.0.0.1' ? '127.0.0.1' : '0.0.0.0',
            speaks: 'http',
            ...(url.scheme === 'https' && {
              tls: true,
              ...(certificate !== undefined && { certificate: () => certificate }),
            }),
            answer: () => ({
              status: 404,
              reason: 'Not Found',
              headers: [
                ['Content-Type', 'text/plain; charset=utf-8'],
                ['Content-Length', '19'],
              ],
              body: '404 page not found\n',
            }),
          })
        }
        process.listen({ port: 2380, protocol: 'TCP', address: '0.0.0.0', speaks: 'text', tls: true })
        const address = `${ownAddress(process)}:${clientUrls(flags)[0]?.port ?? 2379}`
        process.out(line(process, 'info', 'etcdmain/main.go:50', 'successfully notified init daemon'))
        process.out(
          line(process, 'info', 'embed/serve.go:283', 'serving client traffic securely', {
            traffic: 'grpc+http',
            address,
          }),
        )
      },
    }),
  ],
  programs: ['etcdctl', 'etcdutl'],
})

function line(process: ContainerProcess, level: string, caller: string, msg: string, more: object = {}): string {
  return `${JSON.stringify({ level, ts: new Date(process.now()).toISOString(), caller, msg, ...more })}\n`
}

function fatal(process: ContainerProcess, error: string): Failure {
  return { text: line(process, 'fatal', 'etcdmain/etcd.go:204', 'discovery failed', { error }), code: 1 }
}

interface Url {
  readonly scheme: string
  readonly host: string
  readonly port: number
}

function clientUrls(flags: FlagValues): readonly Url[] {
  const all = (flags.get('listen-client-urls') ?? 'http://localhost:2379').split(',').flatMap((text): Url[] => {
    const [, scheme = '', host = '', port = ''] = /^(https?):\/\/([^/:]+):(\d+)$/.exec(text) ?? []
    return port === '' ? [] : [{ scheme, host, port: Number(port) }]
  })
  // One listener a port: the address that more can reach.
  return all.filter(
    ({ host, port }) => host !== '127.0.0.1' || !all.some((one) => one.port === port && one.host !== host),
  )
}

function startProblem(process: ContainerProcess, flags: FlagValues): string | undefined {
  for (const flag of FILES) {
    const path = flags.get(flag)
    const problem = path === undefined ? undefined : missingFile(process, path)
    if (problem !== undefined) return problem
    if (
      path !== undefined &&
      !flag.endsWith('key-file') &&
      readCertificate(process.files.read(path) ?? '') === undefined
    )
      return 'tls: failed to find any PEM data in certificate input'
  }
  if (clientUrls(flags).length === 0)
    return `listen-client-urls: URL address does not have the form "host:port": ${flags.get('listen-client-urls') ?? ''}`
  const [address = ''] = ownAddress(process).split(' ')
  const foreign = clientUrls(flags).find(({ host }) => !['127.0.0.1', 'localhost', '0.0.0.0', address].includes(host))
  return foreign === undefined
    ? undefined
    : `listen tcp ${foreign.host}:${foreign.port}: bind: cannot assign requested address`
}
