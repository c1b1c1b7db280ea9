import type { Kube } from '../../../emulator/index.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { ApiError } from '../errors.ts'
import { objectPrinter, PRINT_FLAGS, type Printer } from '../print/output.ts'
import type { ListBody } from '../resources/fetch.ts'

/** What is dumped of each namespace, in upstream's order. */
const LISTS = [
  { path: '/api/v1', plural: 'events', apiVersion: 'v1', kind: 'EventList' },
  { path: '/api/v1', plural: 'replicationcontrollers', apiVersion: 'v1', kind: 'ReplicationControllerList' },
  { path: '/api/v1', plural: 'services', apiVersion: 'v1', kind: 'ServiceList' },
  { path: '/apis/apps/v1', plural: 'daemonsets', apiVersion: 'apps/v1', kind: 'DaemonSetList' },
  { path: '/apis/apps/v1', plural: 'deployments', apiVersion: 'apps/v1', kind: 'DeploymentList' },
  { path: '/apis/apps/v1', plural: 'replicasets', apiVersion: 'apps/v1', kind: 'ReplicaSetList' },
  { path: '/api/v1', plural: 'pods', apiVersion: 'v1', kind: 'PodList' },
] as const

/** Upstream: kubectl/pkg/cmd/clusterinfo/clusterinfo_dump.go. */
export const dump = defineSubcommand({
  name: 'dump',
  usage: '[flags]',
  summary: 'Dump relevant information for debugging and diagnosis',
  long: 'Dump cluster information out suitable for debugging and diagnosing cluster problems: nodes, and of each namespace the workloads, services, events and logs of pods.\n\n Without --output-directory everything goes to standard output; namespaces are the current one and kube-system unless flags say otherwise.',
  examples: [
    '# To standard output',
    'kubectl cluster-info dump',
    '',
    '# Into files, of all namespaces',
    'kubectl cluster-info dump --all-namespaces --output-directory=/tmp/state',
    '',
    '# Of certain namespaces',
    'kubectl cluster-info dump --namespaces default,kube-system',
  ],
  flags: {
    ...PRINT_FLAGS,
    ...(PRINT_FLAGS.output && { output: { ...PRINT_FLAGS.output, default: 'json' } }),
    'all-namespaces': { kind: 'bool', shorthand: 'A', default: false, summary: 'Dump every namespace.' },
    namespaces: { kind: 'stringSlice', default: [], summary: 'Namespaces to dump, separated by commas.' },
    'output-directory': {
      kind: 'string',
      default: '',
      summary: 'Directory to write files to; - means standard output.',
    },
    'pod-running-timeout': { kind: 'duration', default: 20_000, summary: 'How long to wait until a pod runs.' },
  },
  run: async (invocation) => {
    const { context, flags } = invocation
    const print = await objectPrinter(invocation)
    if (!print) return 0
    const writer = new DumpWriter(invocation, print)
    await writer.list('nodes', '/api/v1/nodes', { apiVersion: 'v1', kind: 'NodeList' })
    for (const namespace of namespacesOf(invocation)) await dumpNamespace(invocation, writer, namespace)
    const directory = flags.string('output-directory')
    if (directory !== '' && directory !== '-') context.out(`Cluster info dumped to ${directory}\n`)
    return 0
  },
})

function namespacesOf({ api, flags, namespace }: Invocation): readonly string[] {
  if (flags.bool('all-namespaces'))
    return (api.get<ListBody>('/api/v1/namespaces').items ?? []).map(({ metadata }) => metadata?.name ?? '')
  const named = flags.list('namespaces')
  return named.length > 0 ? named : ['kube-system', namespace]
}

async function dumpNamespace({ api }: Invocation, writer: DumpWriter, namespace: string): Promise<void> {
  for (const { path, plural, ...type } of LISTS) {
    const name = plural === 'replicationcontrollers' ? 'replication-controllers' : plural
    await writer.list(`${namespace}/${name}`, `${path}/namespaces/${namespace}/${plural}`, type)
  }
  const pods = (api.get<ListBody>(`/api/v1/namespaces/${namespace}/pods`).items ?? []) as readonly Kube.Pod[]
  for (const pod of pods) await writer.logs(namespace, pod)
}

/** Texts under names: files of a directory, or one after the other on standard output. */
class DumpWriter {
  readonly #invocation: Invocation
  readonly #print: Printer
  constructor(invocation: Invocation, print: Printer) {
    this.#invocation = invocation
    this.#print = print
  }

  /** Types that the server does not serve are left out. */
  async list(name: string, path: string, type: { readonly apiVersion: string; readonly kind: string }): Promise<void> {
    try {
      const list = this.#invocation.api.get<object>(path)
      await this.#write(`${name}.${this.#extension}`, this.#print({ ...list, ...type }))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
    }
  }

  async logs(namespace: string, pod: Kube.Pod): Promise<void> {
    const name = pod.metadata?.name ?? ''
    for (const { name: container } of [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])]) {
      const head = `==== START logs for container ${container} of pod ${namespace}/${name} ====\n`
      const tail = `==== END logs for container ${container} of pod ${namespace}/${name} ====\n`
      await this.#write(`${namespace}/${name}/logs.txt`, `${head}${this.#log(namespace, name, container)}${tail}`)
    }
  }

  #log(namespace: string, pod: string, container: string): string {
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log`
    try {
      return String(this.#invocation.api.send('GET', path, { query: { container } }) ?? '')
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
      return `Request log error: ${error.message}\n`
    }
  }

  get #extension(): string {
    const output = this.#invocation.flags.string('output')
    return output === 'yaml' || output === 'json' ? output : 'txt'
  }

  async #write(name: string, text: string): Promise<void> {
    const { context, flags } = this.#invocation
    const directory = flags.string('output-directory')
    if (directory === '' || directory === '-') {
      context.out(text)
      return
    }
    const path = `${directory.replace(/\/$/, '')}/${name}`
    await context.runLine(`mkdir -p '${path.replace(/\/[^/]*$/, '').replaceAll("'", "'\\''")}'`)
    const before = name.endsWith('logs.txt') ? ((await context.files.read(path)) ?? '') : ''
    await context.files.write(path, before + text)
  }
}
