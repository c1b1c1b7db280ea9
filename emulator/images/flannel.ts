import { isRecord } from '../api/json.ts'
import { defineImage, type ImageDefinition } from '../node/image.ts'
import { type ContainerProcess, type ContainerProgram, type Run, serve } from '../node/programs/program.ts'

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token'
const CONFIGURATION = '/etc/kube-flannel/net-conf.json'
const SUBNET = '/run/flannel/subnet.env'

/** flanneld asks for its node's range and leaves it where the CNI plug-in looks (flannel: main.go, pkg/subnet/kube). */
const flanneld: ContainerProgram = { name: '/opt/bin/flanneld', run }

function* run(process: ContainerProcess): Run {
  const network = networkOf(process)
  if (network === undefined) return fail(process, `main.go:333] Error parsing subnet config: open ${CONFIGURATION}`)
  const pod = ask(process, `/api/v1/namespaces/${process.env.get('POD_NAMESPACE')}/pods/${process.env.get('POD_NAME')}`)
  const name = isRecord(pod?.spec) && typeof pod.spec.nodeName === 'string' ? pod.spec.nodeName : undefined
  if (name === undefined)
    return fail(
      process,
      `main.go:235] Failed to create SubnetManager: error retrieving pod spec for '${process.env.get('POD_NAMESPACE')}/${process.env.get('POD_NAME')}'`,
    )
  const node = ask(process, `/api/v1/nodes/${name}`)
  const range = isRecord(node?.spec) && typeof node.spec.podCIDR === 'string' ? node.spec.podCIDR : undefined
  if (range === undefined)
    return fail(
      process,
      `main.go:359] Error registering network: failed to acquire lease: node "${name}" pod cidr not assigned`,
    )
  if (!range.startsWith(network.replace(/\.0\.0\/16$/, '.')))
    return fail(
      process,
      `main.go:359] Error registering network: failed to acquire lease: subnet "${network}" specified in the flannel net config doesn't contain "${range}" PodCIDR of the "${name}" node`,
    )
  const own = range.replace(/\.0\/24$/, '.1/24')
  const text = `FLANNEL_NETWORK=${network}\nFLANNEL_SUBNET=${own}\nFLANNEL_MTU=1450\nFLANNEL_IPMASQ=true\n`
  if (process.files.read(SUBNET) !== text) yield { kind: 'write', path: SUBNET, content: text }
  log(process, 'I', `main.go:500] Wrote subnet file to ${SUBNET}`)
  log(process, 'I', 'main.go:504] Running backend.')
  process.onTerminate(0)
  return yield* serve()
}

function networkOf({ files }: ContainerProcess): string | undefined {
  try {
    const value: unknown = JSON.parse(files.read(CONFIGURATION) ?? '')
    return isRecord(value) && typeof value.Network === 'string' ? value.Network : undefined
  } catch {
    return undefined
  }
}

function ask(process: ContainerProcess, path: string): Readonly<Record<string, unknown>> | undefined {
  const host = process.env.get('KUBERNETES_SERVICE_HOST') ?? ''
  const port = process.env.get('KUBERNETES_SERVICE_PORT') ?? '443'
  const headers: [string, string][] = [['Authorization', `Bearer ${process.files.read(TOKEN)?.trim() ?? ''}`]]
  const { response } = process.network.fetch(process.place, `https://${host}:${port}${path}`, { headers })
  const object: unknown = response?.status === 200 ? JSON.parse(response.body) : undefined
  return isRecord(object) ? object : undefined
}

function log(process: ContainerProcess, level: 'E' | 'I', line: string): void {
  const at = new Date(process.now()).toISOString()
  process.err(`${level}${at.slice(5, 7)}${at.slice(8, 10)} ${at.slice(11, 23)}000       1 ${line}\n`)
}

function fail(process: ContainerProcess, line: string): number {
  log(process, 'E', line)
  return 1
}

export const flannelImages: readonly ImageDefinition[] = [
  defineImage({
    repository: 'ghcr.io/flannel-io/flannel',
    tags: [/^v0\.2\d\.\d+$/],
    sizeBytes: 32_900_000,
    usage: { cpuMilli: 3, memoryBytes: 22_000_000, cpuMsPerRequest: 1 },
    entrypoint: ['/opt/bin/flanneld'],
    servers: [flanneld],
    programs: ['sh', 'cat', 'cp', 'ls', 'mkdir', 'rm', 'echo', 'env', 'hostname', 'ip'],
  }),
  defineImage({
    repository: 'ghcr.io/flannel-io/flannel-cni-plugin',
    tags: [/^v1\.\d+\.\d+-flannel\d+$/],
    sizeBytes: 4_900_000,
    files: { '/flannel': { content: '', mode: 0o755 } },
    entrypoint: ['sh'],
    programs: ['sh', 'cat', 'cp', 'ls', 'echo'],
  }),
]
