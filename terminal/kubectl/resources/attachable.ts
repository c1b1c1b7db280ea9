/** The one pod that `attach`, `exec` and `port-forward` mean (upstream: polymorphichelpers/attachablepodforobject.go). */
import type { Kube, KubeObject } from '../../../emulator/index.ts'
import { Discovery, type ResourceType, resourcePath } from '../api/discovery.ts'
import { waitUntil } from '../api/follow.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError, throwAll } from '../errors.ts'
import { fetchObject, type Info, type ListBody, readInfos } from './fetch.ts'
import { byActivity, SELECTABLE, selectorOf } from './pod-logic.ts'
import { select } from './selection.ts'

type Pod = Kube.Pod

export interface Attachable {
  readonly pod: Pod
  /** What was named: the pod itself, or a workload or Service that it stands for. */
  readonly object: KubeObject
  readonly type: ResourceType
}

/** `name`, `pod/name`, `deploy/web`; waits for a pod as long as --pod-running-timeout says. Throws ApiError, KubectlError. */
export async function attachablePod(invocation: Invocation, words: readonly string[]): Promise<Attachable> {
  const { api, namespace } = invocation
  const { type, name } = named(new Discovery(api), words)
  return attachable(invocation, fetchObject(api, { type, namespace, name }))
}

/** The same for the object in the files of -f, taken as it stands there. Throws ApiError, KubectlError. */
export async function attachablePodOfFiles(invocation: Invocation): Promise<Attachable> {
  const { infos, errors } = readInfos(await select(invocation, { args: [] }))
  throwAll(errors)
  const [info, ...more] = infos
  if (!info || more.length > 0) throw new KubectlError('cannot exec into multiple objects at a time')
  return attachable(invocation, info)
}

async function attachable(invocation: Invocation, { type, object }: Info): Promise<Attachable> {
  const { api, flags } = invocation
  // allowed: a Pod stands for itself; every other kind names its Pods by a selector
  if (type.kind === 'Pod') return { pod: object as Pod, object, type }
  const path = resourcePath(new Discovery(api).resolve('pods'), object.metadata?.namespace ?? invocation.namespace)
  const labelSelector = selectorFor(type, object)
  const running = (): readonly Pod[] => {
    const list = api.get<ListBody>(path, { query: { labelSelector } })
    return ((list.items ?? []) as readonly Pod[]).toSorted(byActivity)
  }
  const timeout = flags.number('pod-running-timeout')
  if (!(await waitUntil(invocation.context, () => running().length > 0, timeout)))
    throw new KubectlError('timed out waiting for the condition')
  const [pod] = running()
  if (!pod) throw new KubectlError('timed out waiting for the condition')
  return { pod, object, type }
}

function named(discovery: Discovery, words: readonly string[]): { type: ResourceType; name: string } {
  const [first = '', second] = words
  if (second !== undefined) return { type: discovery.resolve(first), name: second }
  const [type = '', name, ...more] = first.split('/')
  if (name === undefined) return { type: discovery.resolve('pods'), name: first }
  if (more.length > 0) throw new KubectlError('arguments in resource/name form may not have more than one slash')
  if (type === '' || name === '')
    throw new KubectlError('arguments in resource/name form must have a single resource and name')
  return { type: discovery.resolve(type), name }
}

function selectorFor(type: ResourceType, object: KubeObject): string {
  const goType = `*${type.version}.${type.kind}`
  if (!SELECTABLE.has(type.kind))
    throw new KubectlError(`cannot attach to ${goType}: selector for ${goType} not implemented`)
  const selector = selectorOf(object)
  if (!selector)
    throw new KubectlError(
      `cannot attach to ${goType}: invalid service '${object.metadata?.name}': Service is defined without a selector`,
    )
  return selector
}

export const POD_RUNNING_TIMEOUT = {
  'pod-running-timeout': {
    kind: 'duration',
    default: 60_000,
    summary: 'How long (5s, 2m, 3h, more than zero) to wait until a pod runs.',
  },
} as const
