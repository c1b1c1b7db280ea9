/** Where a DaemonSet's Pods belong and how they are renewed, without a cluster (upstream: pkg/controller/daemon). */
import type { DaemonSet, Node, Pod, Toleration } from '../generated/types.ts'
import { createdAt, isDeleting, labelsOf } from './metadata.ts'
import { isPodAvailable, podFromTemplate } from './pods.ts'
import { isTolerated, matchesNode } from './scheduling.ts'
import { revisionLabel } from './template-revisions.ts'

/** The node a daemon Pod is meant for: bound, or asked for by its affinity. */
export function nodeOf(pod: Pod): string | undefined {
  if (pod.spec?.nodeName) return pod.spec.nodeName
  const terms = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  return terms?.[0]?.matchFields?.find(({ key }) => key === 'metadata.name')?.values?.[0]
}

/** Whether a node is to get a Pod, and whether one that runs there may stay (NodeShouldRunDaemonPod). */
export function placement(set: DaemonSet, node: Node): { readonly run: boolean; readonly stay: boolean } {
  const pod: Pod = { ...podFromTemplate(set.spec?.template) }
  if (!matchesNode(pod, node)) return { run: false, stay: false }
  const tolerations = [...(pod.spec?.tolerations ?? []), ...daemonTolerations(pod)]
  const untolerated = (node.spec?.taints ?? []).filter((taint) => !isTolerated(taint, tolerations))
  return {
    run: !untolerated.some(({ effect }) => effect === 'NoSchedule' || effect === 'NoExecute'),
    stay: !untolerated.some(({ effect }) => effect === 'NoExecute'),
  }
}

/** What every daemon Pod puts up with (upstream: util.AddOrUpdateDaemonPodTolerations). */
export function daemonTolerations(pod: Pod): readonly Toleration[] {
  const tolerate = (name: string, effect: string) => ({ key: `node.kubernetes.io/${name}`, operator: 'Exists', effect })
  return [
    tolerate('not-ready', 'NoExecute'),
    tolerate('unreachable', 'NoExecute'),
    tolerate('disk-pressure', 'NoSchedule'),
    tolerate('memory-pressure', 'NoSchedule'),
    tolerate('pid-pressure', 'NoSchedule'),
    tolerate('unschedulable', 'NoSchedule'),
    ...(pod.spec?.hostNetwork ? [tolerate('network-unavailable', 'NoSchedule')] : []),
  ]
}

/** One node's daemon Pods, of the present template and of an older one. */
interface OnNode {
  readonly node: string
  /** False if the node has none, or more than a renewal leaves. */
  readonly clear: boolean
  readonly fresh: Pod | undefined
  readonly old: Pod | undefined
}

export interface Renewal {
  /** Old Pods to be deleted. */
  readonly remove: readonly Pod[]
  /** Nodes that get a second Pod before the old one goes. */
  readonly surge: readonly string[]
}

/** One step of a rolling update (upstream: update.go rollingUpdate). */
export function planRenewal(
  set: DaemonSet,
  nodes: readonly string[],
  pods: readonly Pod[],
  hash: string,
  now: number,
): Renewal {
  const { maxUnavailable = 1, maxSurge = 0 } = set.spec?.updateStrategy?.rollingUpdate ?? {}
  const unavailable = scaled(maxUnavailable, nodes.length)
  const surge = scaled(maxSurge, nodes.length)
  const places = nodes.map((node) => onNode(node, pods, hash))
  const available = (pod: Pod) => isPodAvailable(pod, set.spec?.minReadySeconds ?? 0, now)
  return surge > 0 ? surgeStep(places, surge, available) : replaceStep(places, Math.max(unavailable, 1), available)
}

const scaled = (limit: number | string, count: number): number =>
  typeof limit === 'number' ? limit : Math.ceil((Number.parseInt(limit, 10) * count) / 100)

function onNode(node: string, pods: readonly Pod[], hash: string): OnNode {
  const here = pods.filter((pod) => nodeOf(pod) === node && !isDeleting(pod))
  const fresh = here.filter((pod) => labelsOf(pod)[revisionLabel] === hash)
  const old = here.filter((pod) => labelsOf(pod)[revisionLabel] !== hash)
  const clear = here.length > 0 && fresh.length <= 1 && old.length <= 1
  return { node, clear, fresh: fresh[0], old: old[0] }
}

/** Old Pods that do not serve go at once, others as far as that many may be missing. */
function replaceStep(places: readonly OnNode[], limit: number, available: (pod: Pod) => boolean): Renewal {
  let missing = 0
  const broken: Pod[] = []
  const serving: Pod[] = []
  for (const { clear, fresh, old } of places) {
    if (!clear) missing++
    else if (fresh) missing += available(fresh) ? 0 : 1
    else if (old && available(old)) serving.push(old)
    else if (old) {
      missing++
      broken.push(old)
    }
  }
  return { remove: [...broken, ...serving.slice(0, Math.max(0, limit - missing))], surge: [] }
}

/** New Pods come beside the old ones, which go once the new one serves. */
function surgeStep(places: readonly OnNode[], limit: number, available: (pod: Pod) => boolean): Renewal {
  let surging = 0
  const remove: Pod[] = []
  const atOnce: string[] = []
  const inTurn: string[] = []
  for (const { node, clear, fresh, old } of places) {
    if (!clear) surging++
    else if (old && fresh) {
      if (available(fresh)) remove.push(old)
      else surging++
    } else if (old) (available(old) ? inTurn : atOnce).push(node)
  }
  return { remove, surge: [...atOnce, ...inTurn.slice(0, Math.max(0, limit - surging))] }
}

/** Running Pods beyond what a node may have: all but the oldest, and during a surge but the newest of each template. */
export function surplusOn(pods: readonly Pod[], hash: string, surges: boolean): readonly Pod[] {
  const byAge = [...pods].filter((pod) => !isDeleting(pod)).sort((a, b) => createdAt(a) - createdAt(b))
  if (!surges) return byAge.slice(1)
  const isFresh = (pod: Pod) => labelsOf(pod)[revisionLabel] === hash
  return [...byAge.filter(isFresh).slice(1), ...byAge.filter((pod) => !isFresh(pod)).slice(1)]
}
