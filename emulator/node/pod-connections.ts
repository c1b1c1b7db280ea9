import type { BackendFailure, ForwardConnection, ProcessConnection } from '../api/connection.ts'
import { badRequest } from '../api/errors.ts'
import type { SubresourceHandler, SubresourceRequest } from '../api/subresource.ts'
import { nameOf, namespaceOf, uidOf } from '../controllers/metadata.ts'
import type { Pod } from '../generated/types.ts'
import { pod as podKind } from '../kinds/pod.ts'
import type { Network } from '../network/types.ts'
import { kubeletDialError } from './kubelet-dial.ts'
import type { Machine } from './machine.ts'
import { containerName } from './pod-container-name.ts'
import { openPodSocket } from './pod-socket.ts'
import type { ContainerRuntime } from './runtime.ts'

export interface ConnectionBackends {
  readonly runtime: ContainerRuntime
  readonly network: () => Network
  readonly machine: (name: string) => Machine | undefined
}

/**
 * `pods/exec`, `pods/attach` and `pods/portforward` (upstream: pkg/registry/core/pod/rest/subresources.go): a request
 * to upgrade becomes a connection. A client over WebSocket asks with GET and needs the right to create all the same.
 */
export function createConnectionHandlers(backends: ConnectionBackends): readonly SubresourceHandler[] {
  const upgrading = { resource: 'pods', methods: ['GET', 'POST'], alsoNeeds: 'create' } as const
  const process = (kind: ProcessConnection['kind'], optionsKind: string): SubresourceHandler => ({
    ...upgrading,
    subresource: kind,
    speaks: { group: '', version: 'v1', kind: optionsKind },
    handle: (request) => ({ connection: processConnection(kind, request, backends) }),
  })
  return [
    process('exec', 'PodExecOptions'),
    process('attach', 'PodAttachOptions'),
    {
      ...upgrading,
      subresource: 'portforward',
      speaks: { group: '', version: 'v1', kind: 'PodPortForwardOptions' },
      handle: (request) => ({ connection: forwardConnection(request, backends) }),
    },
  ]
}

function assignedPod({ objects, namespace, name, upgrades }: SubresourceRequest): Pod {
  const pod = objects.get(podKind, namespace, name)
  if (!pod?.spec?.nodeName) throw badRequest(`pod ${name} does not have a host assigned`)
  if (!upgrades) throw badRequest('Upgrade request required')
  return pod
}

function processConnection(
  kind: ProcessConnection['kind'],
  request: SubresourceRequest,
  backends: ConnectionBackends,
): ProcessConnection {
  const flag = (name: string) => ['1', 'true'].includes(request.query.get(name) ?? '')
  const pod = assignedPod(request)
  const container = containerName(pod, request.query.get('container'))
  const tty = flag('tty')
  const streams = { stdin: flag('stdin'), stdout: flag('stdout'), stderr: flag('stderr') && !tty }
  if (!streams.stdin && !streams.stdout && !streams.stderr)
    throw badRequest('you must specify at least 1 of stdin, stdout, stderr')
  return {
    kind,
    namespace: namespaceOf(pod),
    pod: nameOf(pod),
    container,
    command: kind === 'exec' ? request.queryAll('command') : [],
    ...streams,
    tty,
    failure: unreachable(pod, backends) ?? notRunning(pod, container, backends),
  }
}

function unreachable(pod: Pod, { machine }: ConnectionBackends): BackendFailure | undefined {
  const dial = kubeletDialError(machine(pod.spec?.nodeName ?? ''))
  return dial === undefined ? undefined : { code: 500, message: `error dialing backend: ${dial}` }
}

function notRunning(pod: Pod, container: string, { runtime }: ConnectionBackends): BackendFailure | undefined {
  if (runtime.get(uidOf(pod), container)?.state.kind === 'running') return undefined
  return { code: 404, message: `container not found (${JSON.stringify(container)})` }
}

function forwardConnection(request: SubresourceRequest, backends: ConnectionBackends): ForwardConnection {
  const pod = assignedPod(request)
  const { initContainers = [], containers = [] } = pod.spec ?? {}
  const running = () =>
    [...containers, ...initContainers].flatMap(({ name }) => backends.runtime.get(uidOf(pod), name) ?? [])
  const runs = running().some(({ state }) => state.kind === 'running')
  const namespace = namespaceOf(pod)
  const name = nameOf(pod)
  return {
    kind: 'portforward',
    namespace,
    pod: name,
    ports: request.queryAll('ports').flatMap((text) => text.split(',').map((port) => portOf(port))),
    failure: unreachable(pod, backends) ?? (runs ? undefined : { code: 404, message: 'pod not found' }),
    dial: (port) =>
      openPodSocket({ namespace, name, uid: uidOf(pod), port, containers: running, network: backends.network }),
  }
}

function portOf(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port < 1 || port > 65535)
    throw badRequest(`unable to parse ${JSON.stringify(text)} as a port`)
  return port
}
