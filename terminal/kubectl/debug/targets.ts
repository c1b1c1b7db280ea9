/** The three ways to debug: beside the containers of a pod, in a copy of it, on a node. */
import type { JsonValue, Kube } from '../../../emulator/index.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { ApiError, KubectlError } from '../errors.ts'
import { asJson } from '../print/output.ts'
import { mergePatch } from '../resources/merge-patch.ts'
import { randomSuffix } from '../resources/random-suffix.ts'
import { type DebugStyle, profiledContainer, profiledCopy, profiledNodeSpec, profileOf } from './profiles.ts'
import type { DebugRequest } from './validate.ts'

export interface Debugger {
  readonly pod: Kube.Pod
  /** '' where only images of a copy were changed. */
  readonly container: string
}

export interface DebugSetting {
  readonly invocation: Invocation
  readonly request: DebugRequest
  /** Partial container of --custom. */
  readonly custom: JsonValue | undefined
}

/** A container that joins a running pod. Throws ApiError, KubectlError. */
export function debugPod(setting: DebugSetting, pod: Kube.Pod): Debugger {
  const { invocation } = setting
  const { api, flags } = invocation
  const { namespace = '', name = '' } = pod.metadata ?? {}
  const container = nameFor(setting, pod)
  const target = flags.optional('target')
  const debug = {
    ...finished(setting, newContainer(setting, container), 'ephemeral'),
    ...(target && { targetContainerName: target }),
  }
  try {
    const changed = api.send('PATCH', `/api/v1/namespaces/${namespace}/pods/${name}/ephemeralcontainers`, {
      body: { spec: { ephemeralContainers: [debug] } },
      contentType: 'application/strategic-merge-patch+json',
      query: { fieldManager: 'kubectl-debug' },
    })
    return { pod: changed as Kube.Pod, container }
  } catch (error) {
    if (error instanceof ApiError && error.reason === 'NotFound' && !error.status.details?.name)
      throw new KubectlError(
        `ephemeral containers are disabled for this cluster (error from server: ${JSON.stringify(error.message)})`,
      )
    throw error
  }
}

/** A pod like it, with a container more or changed ones. Throws ApiError, KubectlError. */
export function debugCopy(setting: DebugSetting, pod: Kube.Pod): Debugger {
  const { invocation, request } = setting
  const { api, flags } = invocation
  const { namespace = '', annotations, labels, name = '' } = pod.metadata ?? {}
  const { ephemeralContainers: _, nodeName, ...spec } = pod.spec ?? { containers: [] }
  const base: Kube.Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: flags.string('copy-to'),
      namespace,
      ...(annotations && { annotations }),
      ...(labels && { labels }),
    },
    spec: {
      ...spec,
      ...(flags.changed('share-processes') && { shareProcessNamespace: flags.bool('share-processes') }),
      ...(flags.bool('same-node') && nodeName && { nodeName }),
      containers: spec.containers.map((container) => {
        const image = request.setImages.get(container.name) ?? request.setImages.get('*')
        return image === undefined ? container : { ...container, image }
      }),
    },
  }
  const { copied, container } = withDebugger(setting, base)
  const created = api.send('POST', `/api/v1/namespaces/${namespace}/pods`, { body: copied }) as Kube.Pod
  if (flags.bool('replace'))
    api.send('DELETE', `/api/v1/namespaces/${namespace}/pods/${name}`, {
      body: { kind: 'DeleteOptions', apiVersion: 'v1', gracePeriodSeconds: 0 },
    })
  return { pod: created, container }
}

function withDebugger(setting: DebugSetting, base: Kube.Pod): { copied: Kube.Pod; container: string } {
  const { invocation, request } = setting
  const { flags } = invocation
  const profile = profileOf(flags)
  const containers = base.spec?.containers ?? []
  const existing = containers.find(({ name }) => name === flags.string('container'))
  if (!existing && !flags.optional('image')) {
    if (request.setImages.size > 0) return { copied: base, container: '' }
    throw new KubectlError('you must specify image when creating new container')
  }
  const name = existing?.name ?? nameFor(setting, base)
  const changed = existing ? overlaid(setting, existing) : newContainer(setting, name)
  const copied = profiledCopy(base, profile, flags)
  const others = (copied.spec?.containers ?? []).filter((container) => container.name !== name)
  const debug = finished(setting, changed, 'copy')
  return { copied: { ...copied, spec: { ...copied.spec, containers: [...others, debug] } }, container: name }
}

/** A privileged look at a node: its file system below /host, its network and processes. */
export function debugNode(setting: DebugSetting, node: Kube.Node): Debugger {
  const { invocation } = setting
  const { api, context, flags, namespace } = invocation
  const nodeName = node.metadata?.name ?? ''
  const container = flags.optional('container') ?? 'debugger'
  const name = `node-debugger-${nodeName}-${randomSuffix(context.cluster.now())}`
  if (!flags.bool('quiet'))
    context.out(`Creating debugging pod ${name} with container ${container} on node ${nodeName}.\n`)
  const debug = finished(setting, newContainer(setting, container), 'node')
  const spec: Kube.PodSpec = {
    containers: [debug],
    nodeName,
    restartPolicy: 'Never',
    tolerations: [{ operator: 'Exists' }],
  }
  const labels = { 'app.kubernetes.io/managed-by': 'kubectl-debug' }
  const body = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: profiledNodeSpec(spec, profileOf(flags)),
  }
  return { pod: api.send('POST', `/api/v1/namespaces/${namespace}/pods`, { body }) as Kube.Pod, container }
}

function nameFor({ invocation }: DebugSetting, pod: Kube.Pod): string {
  const { context, flags } = invocation
  const wanted = flags.optional('container')
  if (wanted !== undefined) return wanted
  const { containers = [], initContainers = [], ephemeralContainers = [] } = pod.spec ?? {}
  const taken = new Set([...containers, ...initContainers, ...ephemeralContainers].map(({ name }) => name))
  let name = ''
  for (let i = 0; name === '' || taken.has(name); i++) name = `debugger-${randomSuffix(context.cluster.now() + i)}`
  if (!flags.bool('quiet')) context.out(`Defaulting debug container name to ${name}.\n`)
  return name
}

function newContainer(setting: DebugSetting, name: string): Kube.Container {
  return overlaid(setting, { name, terminationMessagePolicy: 'File' })
}

/** A container with what the command line says about it. */
function overlaid({ invocation, request }: DebugSetting, container: Kube.Container): Kube.Container {
  const { flags } = invocation
  const { command } = request
  const env = flags.list('env').map((pair) => {
    const [key = '', ...value] = pair.split('=')
    return { name: key, value: value.join('=') }
  })
  const { args, ...withoutArgs } = container
  const base = command.length > 0 && !flags.bool('arguments-only') ? withoutArgs : container
  return {
    ...base,
    ...(command.length > 0 && { [flags.bool('arguments-only') ? 'args' : 'command']: [...command] }),
    ...(env.length > 0 && { env }),
    ...(flags.optional('image') && { image: flags.string('image') }),
    ...(flags.optional('image-pull-policy') && { imagePullPolicy: flags.string('image-pull-policy') }),
    ...(flags.bool('stdin') && { stdin: true }),
    ...(flags.bool('tty') && { tty: true }),
  }
}

function finished({ invocation, custom }: DebugSetting, container: Kube.Container, style: DebugStyle): Kube.Container {
  const profiled = profiledContainer(container, profileOf(invocation.flags), style)
  if (custom === undefined) return profiled
  return mergePatch(asJson(profiled), custom) as object as Kube.Container
}
