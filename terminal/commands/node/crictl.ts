import { type Container, type Kube, type Machine, networkProblem } from '../../../emulator/index.ts'
import { type CommandContext, defineCommand } from '../../types.ts'
import { type Arguments, parseArguments } from '../arguments.ts'
import { humanSize, nameAndTag, structured } from './crictl-output.ts'
import { nodeOf, notFound, podsOn } from './node-place.ts'

const SHORT = 13
const SOCKET = 'unix:///run/containerd/containerd.sock'

interface Row {
  readonly container: Container
  readonly status: Kube.ContainerStatus | undefined
}

type Verb = (context: CommandContext, node: string, asked: Arguments) => number | Promise<number>

/** crictl 1.36 on a node: what containerd runs there, whether or not the API server answers. */
export const crictl = defineCommand({
  name: 'crictl',
  summary: 'Look at containers, Pods and images of this node',
  async run(context) {
    const node = nodeOf(context)
    if (node === undefined) return notFound(context, 'crictl')
    const asked = parseArguments(context.argv.slice(1), {
      flags: [
        'a',
        'q',
        'f',
        'i',
        't',
        'it',
        'all',
        'quiet',
        'latest',
        'l',
        'follow',
        'no-trunc',
        'timestamps',
        'p',
        'previous',
      ],
      values: [
        'o',
        'output',
        'name',
        'namespace',
        'state',
        's',
        'pod',
        'image',
        'tail',
        'since',
        'r',
        'runtime-endpoint',
        'label',
        'timeout',
        'n',
      ],
    })
    const [verb = '', ...words] = asked.words
    const run = VERBS.get(verb)
    if (run === undefined) {
      context.err(
        verb === ''
          ? 'NAME:\n   crictl - client for CRI\n\nUSAGE:\n   crictl [global options] command [command options]\n'
          : `No help topic for '${verb}'\n`,
      )
      return verb === '' ? 0 : 3
    }
    if (context.user !== 'root')
      return failed(
        context,
        `validate service connection: validate CRI v1 runtime API for endpoint "${SOCKET}": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: permission denied"`,
      )
    if (node.units.containerd !== 'running')
      return failed(
        context,
        `validate service connection: validate CRI v1 runtime API for endpoint "${SOCKET}": rpc error: code = Unavailable desc = connection error: desc = "transport: Error while dialing: dial unix /run/containerd/containerd.sock: connect: connection refused"`,
      )
    warnOfEndpoint(context, node, asked)
    return await run(context, node.name, { ...asked, words })
  },
})

/** Without a configuration it looks for sockets itself, and warns that this is on its way out. */
function warnOfEndpoint({ cluster, err, env }: CommandContext, { files }: Machine, { values }: Arguments): void {
  const configured = /^runtime-endpoint: *\S/m.test(files.read('/etc/crictl.yaml') ?? '')
  if (configured || values.has('r') || values.has('runtime-endpoint') || env.has('CONTAINER_RUNTIME_ENDPOINT')) return
  const at = `time="${new Date(cluster.now()).toISOString().slice(0, 19)}Z" level=warning msg=`
  if (files.stat('/etc/crictl.yaml') === undefined)
    err(`${at}"Config \\"/etc/crictl.yaml\\" does not exist, trying next: \\"/usr/bin/crictl.yaml\\""\n`)
  const sockets = ['containerd/containerd', 'crio/crio', 'cri-dockerd'].map((name) => `unix:///run/${name}.sock`)
  err(
    `${at}"runtime connect using default endpoints: [${sockets.join(' ')}]. As the default settings are now deprecated, you should set the endpoint instead."\n`,
  )
}

function failed({ cluster, err }: CommandContext, text: string): number {
  err(`time="${new Date(cluster.now()).toISOString().slice(0, 19)}Z" level=fatal msg=${JSON.stringify(text)}\n`)
  return 1
}

function rows({ cluster }: CommandContext, node: string): readonly Row[] {
  const pods = podsOn(cluster, node)
  const found = cluster.containersOn(node).map((container): Row => {
    const pod = pods.find(({ metadata }) => metadata?.uid === container.spec.podUid)
    const statuses = [...(pod?.status?.containerStatuses ?? []), ...(pod?.status?.initContainerStatuses ?? [])]
    return { container, status: statuses.find(({ name }) => name === container.spec.containerName) }
  })
  return found.toReversed()
}

const isRunning = ({ container }: Row): boolean => container.state.kind === 'running'

/** The attempt's number: the kubelet counts restarts, and what ended before the last one is one less. */
function attempt({ container, status }: Row): number {
  const count = status?.restartCount ?? 0
  return status?.containerID?.endsWith(container.id) === true ? count : Math.max(0, count - 1)
}

const sandboxId = (podUid: string): string => `${podUid.replaceAll('-', '')}${podUid.replaceAll('-', '')}`

function byId(context: CommandContext, node: string, id: string | undefined): Row | undefined {
  return id === undefined ? undefined : rows(context, node).find(({ container }) => container.id.startsWith(id))
}

function missing(context: CommandContext, id: string | undefined, doing: string): number {
  if (id === undefined) return failed(context, 'ID cannot be empty')
  return failed(
    context,
    `${doing}: rpc error: code = NotFound desc = an error occurred when try to find container "${id}": not found`,
  )
}

function table(heads: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = heads.map(
    (head, index) => Math.max(17, head.length, ...lines.map((line) => (line[index] ?? '').length)) + 3,
  )
  const text = (cells: readonly string[]): string =>
    cells.map((cell, index) => (index === cells.length - 1 ? cell : cell.padEnd(widths[index] ?? 0))).join('')
  return [heads, ...lines].map((line) => `${text(line)}\n`).join('')
}

/** go-units' HumanDuration. */
function ago(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  const hours = Math.floor((minutes + 30) / 60)
  if (seconds < 1) return 'Less than a second ago'
  if (seconds < 60) return seconds === 1 ? '1 second ago' : `${seconds} seconds ago`
  if (minutes < 60) return minutes === 1 ? 'About a minute ago' : `${minutes} minutes ago`
  if (hours < 48) return hours === 1 ? 'About an hour ago' : `${hours} hours ago`
  if (hours < 24 * 14) return `${Math.floor(hours / 24)} days ago`
  return `${Math.floor(hours / 24 / 7)} weeks ago`
}

const imageOf = ({ container, status }: Row): string =>
  (status?.imageID?.split('sha256:')[1] ?? container.spec.image).slice(0, SHORT)

function listed(row: Row): object {
  const { id, spec, startedAt } = row.container
  return {
    id,
    podSandboxId: sandboxId(spec.podUid),
    metadata: { name: spec.containerName, attempt: attempt(row) },
    image: { image: row.status?.imageID?.split('@')[1] ?? spec.image, userSpecifiedImage: spec.image },
    imageRef: row.status?.imageID?.split('@')[1] ?? '',
    state: isRunning(row) ? 'CONTAINER_RUNNING' : 'CONTAINER_EXITED',
    createdAt: String(startedAt * 1_000_000),
    labels: labelsOf(row.container),
  }
}

const labelsOf = ({ spec }: Container) => ({
  'io.kubernetes.container.name': spec.containerName,
  'io.kubernetes.pod.name': spec.podName,
  'io.kubernetes.pod.namespace': spec.namespace,
  'io.kubernetes.pod.uid': spec.podUid,
})

const ps: Verb = (context, node, { flags, values, words }) => {
  const all = flags.has('a') || flags.has('all')
  const [first] = words
  const shown = rows(context, node).filter((row) => {
    const { spec } = row.container
    const state = values.get('state') ?? values.get('s')
    if (state !== undefined ? state.toLowerCase() !== (isRunning(row) ? 'running' : 'exited') : !all && !isRunning(row))
      return false
    if (first !== undefined && !row.container.id.startsWith(first)) return false
    if (values.has('name') && !spec.containerName.includes(values.get('name') ?? '')) return false
    if (values.has('namespace') && spec.namespace !== values.get('namespace')) return false
    return !values.has('pod') || sandboxId(spec.podUid).startsWith(values.get('pod') ?? '')
  })
  const limit = flags.has('latest') || flags.has('l') ? 1 : Number(values.get('n') ?? shown.length)
  shown.length = Math.min(shown.length, limit)
  if (structured(context, values.get('o') ?? values.get('output'), { containers: shown.map(listed) })) return 0
  if (flags.has('q') || flags.has('quiet')) context.out(shown.map(({ container }) => `${container.id}\n`).join(''))
  else {
    const heads = ['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD', 'NAMESPACE']
    const now = context.cluster.now()
    const lines = shown.map((row) => {
      const { id, spec, startedAt } = row.container
      const state = isRunning(row) ? 'Running' : 'Exited'
      const pod = sandboxId(spec.podUid).slice(0, SHORT)
      return [
        id.slice(0, SHORT),
        imageOf(row),
        ago(now - startedAt),
        state,
        spec.containerName,
        String(attempt(row)),
        pod,
        spec.podName,
        spec.namespace,
      ]
    })
    context.out(table(heads, lines))
  }
  return 0
}

const pods: Verb = (context, node, { flags, values, words }) => {
  const shown = podsOn(context.cluster, node)
    .filter(({ metadata }) => !values.has('name') || metadata?.name?.includes(values.get('name') ?? '') === true)
    .filter(({ metadata }) => !values.has('namespace') || metadata?.namespace === values.get('namespace'))
    .filter(({ status }) =>
      status?.conditions?.some(({ type, status: is }) => type === 'PodReadyToStartContainers' && is === 'True'),
    )
    .filter(({ metadata }) => words[0] === undefined || sandboxId(metadata?.uid ?? '').startsWith(words[0]))
  const now = context.cluster.now()
  const items = shown.map(({ metadata = {} }) => ({
    id: sandboxId(metadata.uid ?? ''),
    metadata: { name: metadata.name, uid: metadata.uid, namespace: metadata.namespace, attempt: 0 },
    state: 'SANDBOX_READY',
    createdAt: String(Date.parse(String(metadata.creationTimestamp ?? '')) * 1_000_000),
    labels: metadata.labels ?? {},
    annotations: metadata.annotations ?? {},
    runtimeHandler: '',
  }))
  if (structured(context, values.get('o') ?? values.get('output'), { items })) return 0
  if (flags.has('q') || flags.has('quiet'))
    context.out(shown.map(({ metadata }) => `${sandboxId(metadata?.uid ?? '')}\n`).join(''))
  else {
    const heads = ['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME']
    const lines = shown.map(({ metadata = {} }) => [
      sandboxId(metadata.uid ?? '').slice(0, SHORT),
      ago(now - Date.parse(String(metadata.creationTimestamp ?? ''))),
      'Ready',
      metadata.name ?? '',
      metadata.namespace ?? '',
      '0',
      '(default)',
    ])
    context.out(table(heads, lines))
  }
  return 0
}

const images: Verb = (context, node, { flags, values, words }) => {
  const [asked] = words
  const known = context.cluster
    .nodeImages(node)
    .list()
    .filter(({ reference }) => asked === undefined || nameAndTag(reference)[0].includes(asked) || reference === asked)
    .sort((a, b) => (a.reference < b.reference ? -1 : 1))
  const shown = known.map(({ reference, digest, sizeBytes }) => ({
    id: digest,
    repoTags: [reference],
    repoDigests: [`${nameAndTag(reference)[0]}@${digest}`],
    size: String(sizeBytes),
  }))
  if (structured(context, values.get('o') ?? values.get('output'), { images: shown })) return 0
  if (flags.has('q') || flags.has('quiet')) context.out(known.map(({ digest }) => `${digest}\n`).join(''))
  else {
    const rows = known.map(({ reference, digest, sizeBytes }) => [
      ...nameAndTag(reference),
      digest.replace('sha256:', '').slice(0, SHORT),
      humanSize(sizeBytes),
    ])
    context.out(table(['IMAGE', 'TAG', 'IMAGE ID', 'SIZE'], rows))
  }
  return 0
}

const pull: Verb = async (context, node, { words: [image] }) => {
  if (image === undefined) return failed(context, 'Image name cannot be empty')
  const done = context.cluster.nodeImages(node).pull(image)
  await context.time.sleep(1_500, context.signal)
  if (!done.ok) return failed(context, `pulling image: ${done.message}`)
  context.out(`Image is up to date for ${done.reference.split('@')[1] ?? done.reference}\n`)
  return 0
}

const rmi: Verb = (context, node, { words }) => {
  if (words.length === 0) return failed(context, 'must specify at least one image')
  let worst = 0
  for (const image of words) {
    const removed = context.cluster.nodeImages(node).remove(image)
    if (removed) context.out(`Deleted: ${image}\n`)
    else worst = failed(context, `no such image ${image}`)
  }
  return worst
}

const inspect: Verb = (context, node, { words: [id], values }) => {
  const row = byId(context, node, id)
  if (row === undefined) return missing(context, id, 'getting the status of the container')
  const { container, status } = row
  const { spec, state, startedAt } = container
  const iso = (at: number): string => new Date(at).toISOString().replace('Z', '000000Z')
  const ended = state.kind === 'exited'
  const text = {
    status: {
      id: container.id,
      metadata: { attempt: attempt(row), name: spec.containerName },
      state: ended ? 'CONTAINER_EXITED' : 'CONTAINER_RUNNING',
      createdAt: iso(startedAt),
      startedAt: iso(startedAt),
      finishedAt: ended ? iso(state.at) : '0001-01-01T00:00:00Z',
      exitCode: ended ? state.exitCode : 0,
      image: { image: spec.image },
      imageRef: status?.imageID ?? '',
      reason: ended ? state.reason : '',
      message: '',
      labels: labelsOf(container),
      mounts: [...spec.mounts, ...(spec.fileVolumes ?? []).map(({ path }) => ({ path, readOnly: true }))].map(
        ({ path, readOnly = false }) => ({ containerPath: path, readonly: readOnly }),
      ),
      logPath: `/var/log/pods/${spec.namespace}_${spec.podName}_${spec.podUid}/${spec.containerName}/${attempt(row)}.log`,
    },
    info: {
      sandboxID: sandboxId(spec.podUid),
      pid: ended ? 0 : 2_000 + (Number.parseInt(container.id.slice(0, 4), 16) % 30_000),
      config: {
        command: spec.command ?? [],
        args: spec.args ?? [],
        envs: spec.env.map(([key, value]) => ({ key, value })),
      },
    },
  }
  structured(context, values.get('o') ?? values.get('output') ?? 'json', text)
  return 0
}

const inspectp: Verb = (context, node, { words: [id], values }) => {
  const pod =
    id === undefined
      ? undefined
      : podsOn(context.cluster, node).find(({ metadata }) => sandboxId(metadata?.uid ?? '').startsWith(id))
  if (pod === undefined)
    return failed(
      context,
      id === undefined
        ? 'ID cannot be empty'
        : `getting the status of the pod sandbox: rpc error: code = NotFound desc = an error occurred when try to find sandbox: not found`,
    )
  const { metadata = {}, status } = pod
  const text = {
    status: {
      id: sandboxId(metadata.uid ?? ''),
      metadata: { attempt: 0, name: metadata.name, namespace: metadata.namespace, uid: metadata.uid },
      state: 'SANDBOX_READY',
      createdAt: metadata.creationTimestamp,
      network: { additionalIps: [], ip: pod.spec?.hostNetwork === true ? '' : (status?.podIP ?? '') },
      labels: {
        ...metadata.labels,
        'io.kubernetes.pod.name': metadata.name,
        'io.kubernetes.pod.namespace': metadata.namespace,
      },
      annotations: metadata.annotations ?? {},
    },
  }
  structured(context, values.get('o') ?? values.get('output') ?? 'json', text)
  return 0
}

const logs: Verb = async (context, node, { words: [id], values, flags }) => {
  const row = byId(context, node, id)
  if (row === undefined) return missing(context, id, 'getting the status of the container')
  const tail = values.get('tail') ?? values.get('n')
  const stamped = flags.has('t') || flags.has('timestamps')
  const print = (lines: Container['logs']) => {
    for (const { stream, text, at } of lines) {
      const line = `${stamped ? `${new Date(at).toISOString().replace('Z', '000000Z')} ` : ''}${text.endsWith('\n') ? text : `${text}\n`}`
      if (stream === 'stderr') context.err(line)
      else context.out(line)
    }
  }
  let seen = row.container.logs.length
  print(tail === undefined ? row.container.logs : row.container.logs.slice(-Number(tail)))
  while ((flags.has('f') || flags.has('follow')) && isRunning(row) && !context.signal.aborted) {
    await context.time.sleep(500, context.signal)
    print(row.container.logs.slice(seen))
    seen = row.container.logs.length
  }
  return 0
}

const exec: Verb = async (context, node, { words: [id, ...command], flags }) => {
  const row = byId(context, node, id)
  if (row === undefined || !isRunning(row)) return missing(context, id, 'execing command in container')
  const { namespace, podName, containerName } = row.container.spec
  const tty = flags.has('t') || flags.has('it')
  return await context.openShell({
    kind: 'container',
    namespace,
    pod: podName,
    container: containerName,
    argv: command,
    tty,
  })
}

const stop: Verb = (context, node, { words, values }) => {
  for (const id of words) {
    const row = byId(context, node, id)
    if (row === undefined) return missing(context, id, 'stopping the container')
    context.cluster.stopContainer(row.container.id, Number(values.get('timeout') ?? 0) * 1000)
    context.out(`${id}\n`)
  }
  return 0
}

const rm: Verb = (context, node, { words, flags }) => {
  for (const id of words) {
    const row = byId(context, node, id)
    if (row === undefined) return missing(context, id, 'removing the container')
    if (isRunning(row) && !flags.has('f'))
      return failed(context, `removing the container: container "${row.container.id}" is running, please stop it first`)
    context.cluster.stopContainer(row.container.id, 0)
    context.out(`${id}\n`)
  }
  return 0
}

const stats: Verb = (context, node) => {
  const heads = ['CONTAINER', 'NAME', 'CPU %', 'MEM', 'DISK', 'INODES']
  const running = rows(context, node).filter(isRunning)
  const lines = running.map(({ container }) => [
    container.id.slice(0, SHORT),
    container.spec.containerName,
    (container.usage.cpuMilli / 10).toFixed(2),
    `${(container.usage.memoryBytes / 1_000_000).toPrecision(4)}MB`,
    '40.96kB',
    '12',
  ])
  context.out(table(heads, lines))
  return 0
}

const version: Verb = ({ out }) => {
  out('Version:  0.1.0\nRuntimeName:  containerd\nRuntimeVersion:  v2.2.1\nRuntimeApiVersion:  v1\n')
  return 0
}

const info: Verb = (context, node) => {
  const problem = networkProblem(context.cluster.machine(node)?.files)
  const ready = (type: string) => ({ type, status: true, reason: '', message: '' })
  const network =
    problem === undefined
      ? ready('NetworkReady')
      : {
          type: 'NetworkReady',
          status: false,
          reason: 'NetworkPluginNotReady',
          message: 'Network plugin returns error: cni plugin not initialized',
        }
  structured(context, 'json', { status: { conditions: [ready('RuntimeReady'), network] } })
  return 0
}

const VERBS: ReadonlyMap<string, Verb> = new Map([
  ['ps', ps],
  ['pods', pods],
  ['images', images],
  ['image', images],
  ['img', images],
  ['pull', pull],
  ['rmi', rmi],
  ['inspect', inspect],
  ['inspectp', inspectp],
  ['logs', logs],
  ['exec', exec],
  ['stop', stop],
  ['rm', rm],
  ['stats', stats],
  ['info', info],
  ['version', version],
])
