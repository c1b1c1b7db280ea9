import type { DaemonSet, Node, Pod, Toleration } from '../generated/types.ts'
import { daemonSet as daemonSetKind } from '../kinds/daemon-set.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { defineController, type ReconcileContext } from './controller.ts'
import { controllerReference, isControlledBy, isDeleting, keyOf, labelsOf, nameOf, namespaceOf } from './metadata.ts'
import { podTemplateHash } from './pod-template-hash.ts'
import { isPodAvailable, isPodFinished, isPodReady, podFromTemplate } from './pods.ts'
import { isTolerated, matchesNode } from './scheduling.ts'

const revisionLabel = 'controller-revision-hash'

/** Keeps one Pod on each node that takes it (upstream: pkg/controller/daemon). */
export const daemonSetController = defineController({
  name: 'daemonset-controller',
  for: daemonSetKind,
  owns: [podKind],
  watches: [{ kind: nodeKind, keys: (_, { objects }) => objects.list(daemonSetKind).map(keyOf) }],
  delayMs: [5, 20],
  reconcile(key, context) {
    const set = context.objects.get(daemonSetKind, key.namespace, key.name)
    if (!set) return undefined
    if (!isDeleting(set)) {
      manage(set, context)
      roll(set, context)
    }
    writeStatus(set, context)
    return undefined
  },
})

function podsOf(set: DaemonSet, { objects }: ReconcileContext): readonly Pod[] {
  return objects.list(podKind, { namespace: namespaceOf(set) }).filter((pod) => isControlledBy(pod, set))
}

/** The node a daemon Pod is meant for: bound, or asked for by its affinity. */
function nodeOf(pod: Pod): string | undefined {
  if (pod.spec?.nodeName) return pod.spec.nodeName
  const terms = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  return terms?.[0]?.matchFields?.[0]?.values?.[0]
}

function manage(set: DaemonSet, context: ReconcileContext): void {
  const pods = podsOf(set, context)
  for (const node of context.objects.list(nodeKind)) {
    const here = pods.filter((pod) => nodeOf(pod) === nameOf(node))
    const { run, stay } = placement(set, node)
    if (run && here.length === 0) createPod(set, node, context)
    for (const pod of stay ? here.filter(isPodFinished) : here) deletePod(set, pod, context)
  }
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

function daemonTolerations(pod: Pod): readonly Toleration[] {
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

function createPod(set: DaemonSet, node: Node, context: ReconcileContext): void {
  const template = podFromTemplate(set.spec?.template)
  const requirement = { key: 'metadata.name', operator: 'In', values: [nameOf(node)] }
  const pod = context.objects.create(podKind, {
    ...template,
    metadata: {
      ...template.metadata,
      generateName: `${nameOf(set)}-`,
      namespace: namespaceOf(set),
      labels: {
        ...template.metadata?.labels,
        [revisionLabel]: revisionOf(set),
        'pod-template-generation': String(set.metadata?.generation ?? 1),
      },
      ownerReferences: [controllerReference(set, daemonSetKind)],
    },
    spec: {
      ...template.spec,
      containers: template.spec?.containers ?? [],
      affinity: {
        ...template.spec?.affinity,
        nodeAffinity: {
          ...template.spec?.affinity?.nodeAffinity,
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [requirement] }] },
        },
      },
      tolerations: [...(template.spec?.tolerations ?? []), ...daemonTolerations(template)],
    },
  })
  context.recorder.event(set, 'Normal', 'SuccessfulCreate', `Created pod: ${nameOf(pod)}`)
}

function deletePod(set: DaemonSet, pod: Pod, { objects, recorder }: ReconcileContext): void {
  if (isDeleting(pod)) return
  objects.delete(podKind, namespaceOf(pod), nameOf(pod))
  recorder.event(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${nameOf(pod)}`)
}

function revisionOf(set: DaemonSet): string {
  return podTemplateHash(set.spec?.template, set.status?.collisionCount)
}

/** Replaces outdated Pods, as many at a time as may be missing (RollingUpdate; OnDelete waits for the user). */
function roll(set: DaemonSet, context: ReconcileContext): void {
  if (set.spec?.updateStrategy?.type === 'OnDelete') return
  const pods = podsOf(set, context).filter((pod) => !isPodFinished(pod))
  const outdated = pods.filter((pod) => labelsOf(pod)[revisionLabel] !== revisionOf(set) && !isDeleting(pod))
  if (outdated.length === 0) return
  const nodes = context.objects.list(nodeKind).filter((node) => placement(set, node).run).length
  const limit = set.spec?.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1
  const allowed = typeof limit === 'number' ? limit : Math.ceil((Number.parseInt(limit, 10) * nodes) / 100)
  const isUp = (pod: Pod) => isPodAvailable(pod, set.spec?.minReadySeconds ?? 0, context.now) && !isDeleting(pod)
  const down = outdated.filter((pod) => !isUp(pod))
  const room = Math.max(0, allowed - (nodes - pods.filter(isUp).length))
  for (const pod of [...down, ...outdated.filter(isUp).slice(0, room)]) deletePod(set, pod, context)
}

function writeStatus(set: DaemonSet, context: ReconcileContext): void {
  const current = context.objects.get(daemonSetKind, namespaceOf(set), nameOf(set))
  if (!current) return
  const places = context.objects.list(nodeKind).map((node) => ({ node, ...placement(current, node) }))
  const wanted = new Set(places.filter(({ run }) => run).map(({ node }) => nameOf(node)))
  const pods = podsOf(current, context).filter((pod) => !isPodFinished(pod))
  const right = pods.filter((pod) => wanted.has(nodeOf(pod) ?? ''))
  const available = right.filter((pod) => isPodAvailable(pod, current.spec?.minReadySeconds ?? 0, context.now))
  const status = {
    currentNumberScheduled: right.length,
    desiredNumberScheduled: wanted.size,
    numberAvailable: available.length,
    numberMisscheduled: pods.length - right.length,
    numberReady: right.filter(isPodReady).length,
    ...(wanted.size > available.length && { numberUnavailable: wanted.size - available.length }),
    ...(current.metadata?.generation !== undefined && { observedGeneration: current.metadata.generation }),
    updatedNumberScheduled: right.filter((pod) => labelsOf(pod)[revisionLabel] === revisionOf(current)).length,
  }
  context.objects.updateStatus(daemonSetKind, { ...current, status })
}
