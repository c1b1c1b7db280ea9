import { badRequest, serverError } from '../api/errors.ts'
import type { SubresourceHandler, SubresourceRequest, SubresourceResponse } from '../api/subresource.ts'
import type { ApiStream } from '../api/types.ts'
import { nameOf, uidOf } from '../controllers/metadata.ts'
import type { ContainerStatus, Pod } from '../generated/types.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { kubeletDialError } from './kubelet-dial.ts'
import type { Machine } from './machine.ts'
import { containerName } from './pod-container-name.ts'
import type { Container, ContainerRuntime, LogLine } from './runtime.ts'

/** `GET …/pods/x/log` (upstream: pkg/registry/core/pod/strategy.go LogLocation, kubelet's GetKubeletContainerLogs). */
export function createLogHandler(
  runtime: ContainerRuntime,
  machine: (name: string) => Machine | undefined,
): SubresourceHandler {
  return {
    resource: 'pods',
    subresource: 'log',
    methods: ['GET'],
    handle(request) {
      const pod = request.objects.get(podKind, request.namespace, request.name)
      if (!pod?.spec?.nodeName) return text('')
      const name = containerName(pod, request.query.get('container'))
      requireKubelet(machine(pod.spec.nodeName), name, request)
      const container =
        request.query.get('previous') === 'true' ? previous(pod, name, runtime) : current(pod, name, runtime)
      const options = readOptions(request)
      const shown = format(select(container?.logs ?? [], options, request.now), options)
      const follows = request.query.get('follow') === 'true' && container?.state.kind === 'running'
      return follows ? { contentType: 'text/plain', stream: follow(container, shown, options, runtime) } : text(shown)
    },
  }
}

/** The options that the API server hands on to the kubelet, in the order of Go's url.Values. */
const PASSED = ['follow', 'limitBytes', 'previous', 'sinceSeconds', 'sinceTime', 'tailLines', 'timestamps'] as const

function requireKubelet(machine: Machine | undefined, container: string, request: SubresourceRequest): void {
  const failed = kubeletDialError(machine)
  if (!machine || !failed) return
  const options = PASSED.flatMap((name) => {
    const value = request.query.get(name)
    return value === undefined || value === 'false' ? [] : [`${name}=${encodeURIComponent(value)}`]
  })
  const path = `/containerLogs/${request.namespace}/${request.name}/${container}`
  const url = `https://${machine.address}:10250${path}${options.length > 0 ? `?${options.join('&')}` : ''}`
  throw serverError(`Get "${url}": ${failed}`)
}

const text = (body: string): SubresourceResponse => ({ contentType: 'text/plain', body })

interface LogOptions {
  readonly tailLines?: number
  readonly sinceSeconds?: number
  readonly sinceTime?: number
  readonly limitBytes?: number
  readonly timestamps: boolean
}

function readOptions({ query }: SubresourceRequest): LogOptions {
  const number = (name: string): number | undefined => {
    const value = query.get(name)
    if (value === undefined) return undefined
    if (!/^-?\d+$/.test(value)) throw badRequest(`strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`)
    return Number(value)
  }
  const sinceTime = query.get('sinceTime')
  return {
    tailLines: number('tailLines'),
    sinceSeconds: number('sinceSeconds'),
    ...(sinceTime !== undefined && { sinceTime: Date.parse(sinceTime) }),
    limitBytes: number('limitBytes'),
    timestamps: query.get('timestamps') === 'true',
  }
}

function statusOf(pod: Pod, name: string): ContainerStatus | undefined {
  const { initContainerStatuses = [], containerStatuses = [], ephemeralContainerStatuses = [] } = pod.status ?? {}
  return [...initContainerStatuses, ...containerStatuses, ...ephemeralContainerStatuses].find(
    (status) => status.name === name,
  )
}

function current(pod: Pod, name: string, runtime: ContainerRuntime): Container | undefined {
  const found = runtime.get(uidOf(pod), name)
  if (found) return found
  const waiting = statusOf(pod, name)?.state?.waiting
  if (!waiting) return undefined
  const pulling = waiting.reason === 'ErrImagePull' || waiting.reason === 'ImagePullBackOff'
  const why = pulling ? 'trying and failing to pull image' : (waiting.reason ?? 'ContainerCreating')
  throw badRequest(
    `container ${JSON.stringify(name)} in pod ${JSON.stringify(nameOf(pod))} is waiting to start: ${why}`,
  )
}

function previous(pod: Pod, name: string, runtime: ContainerRuntime): Container {
  const status = statusOf(pod, name)
  const id = (status?.lastState?.terminated?.containerID ?? '').replace('containerd://', '')
  const found = id === '' ? undefined : runtime.byId(id)
  if (found) return found
  throw badRequest(
    `previous terminated container ${JSON.stringify(name)} in pod ${JSON.stringify(nameOf(pod))} not found`,
  )
}

function select(lines: readonly LogLine[], options: LogOptions, now: number): readonly LogLine[] {
  const from = options.sinceTime ?? (options.sinceSeconds === undefined ? undefined : now - options.sinceSeconds * 1000)
  const recent = from === undefined ? lines : lines.filter(({ at }) => at >= from)
  if (options.tailLines === undefined) return recent
  return options.tailLines <= 0 ? [] : recent.slice(-options.tailLines)
}

function format(lines: readonly LogLine[], options: LogOptions): string {
  const all = lines.map((line) => lineText(line, options)).join('')
  return options.limitBytes === undefined ? all : all.slice(0, options.limitBytes)
}

function lineText(line: LogLine, { timestamps }: LogOptions): string {
  const end = line.text.endsWith('\n') ? '' : '\n'
  return timestamps ? `${new Date(line.at).toISOString().slice(0, 23)}000000Z ${line.text}${end}` : `${line.text}${end}`
}

function follow(container: Container, shown: string, options: LogOptions, runtime: ContainerRuntime): ApiStream {
  return {
    subscribe(onItem, onEnd) {
      if (shown !== '') onItem(shown)
      const stopLog = runtime.onLog((source, line) => {
        if (source.id === container.id) onItem(lineText(line, options))
      })
      const stopExit = runtime.onExit((source) => {
        if (source.id !== container.id) return
        stop()
        onEnd()
      })
      const stop = () => {
        stopLog()
        stopExit()
      }
      return stop
    },
  }
}
