/** Which pod and which container a command means (upstream: kubectl/pkg/polymorphichelpers, cmd/util/podcmd). */
import type { Kube, KubeObject } from '../../../emulator/index.ts'
import { Discovery, resourcePath } from '../api/discovery.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { fetchObject, type ListBody } from './fetch.ts'
import { isRegistered } from './scheme.ts'

type Pod = Kube.Pod
const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container'

/** Kinds that name their Pods (upstream: polymorphichelpers/helpers.go, SelectorsForObject). */
export const SELECTABLE: ReadonlySet<string> = new Set([
  ...['ReplicationController', 'ReplicaSet', 'Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'Service'],
])

/** `name`, `pod/name`, or a pod that `deploy/web`, `svc/web`, … stands for. Throws ApiError, KubectlError. */
export function podsFor(invocation: Invocation, word: string): readonly Pod[] {
  const { api, namespace } = invocation
  const slash = word.indexOf('/')
  const discovery = new Discovery(api)
  const pods = discovery.resolve('pods')
  const type = slash < 0 ? pods : discovery.resolve(word.slice(0, slash))
  const name = word.slice(slash + 1)
  const info = fetchObject(api, { type, namespace, name })
  // allowed: a Pod stands for itself; every other kind names its Pods by a selector
  if (type.kind === 'Pod') return [info.object as Pod]
  const goType = isRegistered(invocation, type) ? `*${type.version}.${type.kind}` : '*unstructured.Unstructured'
  const selector = SELECTABLE.has(type.kind) ? selectorOf(info.object) : undefined
  if (selector === undefined)
    throw new KubectlError(`cannot get the logs from ${goType}: selector for ${goType} not implemented`)
  const list = api.get<ListBody>(resourcePath(pods, namespace), { query: { labelSelector: selector } })
  return ((list.items ?? []) as readonly Pod[]).toSorted(byActivity)
}

/** Running, ready, longest-ready pods first (upstream: podutils.ActivePods reversed for logs). */
export function byActivity(a: Pod, b: Pod): number {
  const rank = (pod: Pod) =>
    (pod.spec?.nodeName ? 0 : 4) + (pod.status?.phase === 'Running' ? 0 : 2) + (isReady(pod) ? 0 : 1)
  return rank(a) - rank(b)
}

const isReady = (pod: Pod) => pod.status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false

/** The label selector of a workload or Service as text; undefined if it has none. */
export function selectorOf(object: KubeObject): string | undefined {
  const { selector } =
    (
      object as {
        spec?: {
          selector?: { [key: string]: string } & {
            matchLabels?: { [key: string]: string }
            matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[]
          }
        }
      }
    ).spec ?? {}
  if (!selector) return undefined
  const structured = typeof selector.matchLabels === 'object' || Array.isArray(selector.matchExpressions)
  const equals = Object.entries((structured ? selector.matchLabels : selector) ?? {}).map(([k, v]) => `${k}=${v}`)
  const sets = (structured ? (selector.matchExpressions ?? []) : []).map(({ key, operator, values = [] }) => {
    if (operator === 'Exists') return key
    return operator === 'DoesNotExist' ? `!${key}` : `${key} ${operator.toLowerCase()} (${values.join(',')})`
  })
  return [...equals, ...sets].join(',')
}

/** All container names, init and ephemeral ones too. */
export function containerNames(pod: Pod): readonly string[] {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec ?? {}
  return [...containers, ...initContainers, ...ephemeralContainers].map((c) => c.name)
}

/** `-c`, else the annotated default, else the first; `notice` says which of several was taken. Throws KubectlError. */
export function chooseContainer(
  pod: Pod,
  wanted: string | undefined,
): { readonly name: string; readonly notice: string } {
  const name = pod.metadata?.name ?? ''
  const all = containerNames(pod)
  if (wanted !== undefined) {
    if (!all.includes(wanted))
      throw new KubectlError(`container ${wanted} is not valid for pod ${name} out of: ${namesWithKinds(pod)}`)
    return { name: wanted, notice: '' }
  }
  const annotated = pod.metadata?.annotations?.[DEFAULT_CONTAINER]
  if (annotated && all.includes(annotated)) return { name: annotated, notice: '' }
  const first = pod.spec?.containers?.[0]?.name
  if (first === undefined)
    throw new KubectlError(`pod ${pod.metadata?.namespace ?? ''}/${name} does not have any containers`)
  const notice = all.length > 1 ? `Defaulted container "${first}" out of: ${namesWithKinds(pod)}\n` : ''
  return { name: first, notice }
}

function namesWithKinds(pod: Pod): string {
  const { initContainers = [], containers = [], ephemeralContainers = [] } = pod.spec ?? {}
  return [
    ...containers.map((c) => c.name),
    ...initContainers.map((c) => `${c.name} (init)`),
    ...ephemeralContainers.map((c) => `${c.name} (ephem)`),
  ].join(', ')
}
