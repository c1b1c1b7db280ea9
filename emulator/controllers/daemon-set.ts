import { StatusError } from '../api/errors.ts'
import type { DaemonSet, Pod } from '../generated/types.ts'
import { daemonSet as daemonSetKind } from '../kinds/daemon-set.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { claimable, controlledBy } from './controlled.ts'
import { defineController, type ReconcileContext, type ReconcileResult } from './controller.ts'
import { daemonTolerations, nodeOf, placement, planRenewal, surplusOn } from './daemon-set-plan.ts'
import {
  annotationsOf,
  controllerOf,
  controllerReference,
  createdAt,
  isControlledBy,
  isDeleting,
  keyOf,
  labelsOf,
  nameOf,
  namespaceOf,
} from './metadata.ts'
import { isPodActive, isPodAvailable, isPodFinished, isPodReady, podFromTemplate, readySince } from './pods.ts'
import { forgetRevisions, revisionLabel, type TemplateRevisions, templateRevisions } from './template-revisions.ts'
import { watchOrphans } from './watch-orphans.ts'

const templateGeneration = 'deprecated.daemonset.template.generation'

/** Keeps one Pod on each node that takes it (upstream: pkg/controller/daemon). */
export const daemonSetController = defineController({
  name: 'daemonset-controller',
  for: daemonSetKind,
  owns: [podKind],
  watches: [
    { kind: nodeKind, keys: (_, { objects }) => objects.list(daemonSetKind).map(keyOf) },
    watchOrphans(daemonSetKind),
  ],
  delayMs: [5, 20],
  reconcile(key, context) {
    const set = context.objects.get(daemonSetKind, key.namespace, key.name)
    if (!set) return undefined
    adoptPods(set, context)
    if (isDeleting(set)) return undefined
    const revisions = historyOf(set, context)
    const hash = labelsOf(revisions.update)[revisionLabel] ?? ''
    manage(set, hash, context)
    if (set.spec?.updateStrategy?.type !== 'OnDelete') roll(set, hash, context)
    cleanUp(set, revisions, context)
    return writeStatus(set, hash, context)
  },
})

function podsOf(set: DaemonSet, { objects }: ReconcileContext): readonly Pod[] {
  return controlledBy(objects, podKind, set)
}

/** Takes in matching orphans and lets go of Pods that match no longer. */
function adoptPods(set: DaemonSet, { objects }: ReconcileContext): void {
  for (const pod of claimable(objects, podKind, set)) {
    const matches = matchesLabelSelector(set.spec?.selector, labelsOf(pod))
    const owners = pod.metadata?.ownerReferences ?? []
    if (isControlledBy(pod, set) && !matches && !isDeleting(set)) {
      const ownerReferences = owners.filter(({ uid }) => uid !== set.metadata?.uid)
      objects.update(podKind, { ...pod, metadata: { ...pod.metadata, ownerReferences } })
    } else if (matches && !controllerOf(pod) && isPodActive(pod) && !isDeleting(set)) {
      const ownerReferences = [...owners, controllerReference(set, daemonSetKind)]
      objects.update(podKind, { ...pod, metadata: { ...pod.metadata, ownerReferences } })
    }
  }
}

/** The set's templates (upstream: update.go constructHistory). */
function historyOf(set: DaemonSet, context: ReconcileContext): TemplateRevisions {
  return templateRevisions(
    {
      owner: set,
      kind: daemonSetKind,
      selector: set.spec?.selector,
      template: set.spec?.template,
      collisionCount: set.status?.collisionCount,
      labelOf: (_, hash) => hash,
      annotations: annotationsOf(set),
    },
    context,
  )
}

function cleanUp(set: DaemonSet, { all, update }: TemplateRevisions, context: ReconcileContext): void {
  const old = all.filter((revision) => nameOf(revision) !== nameOf(update))
  const live = new Set(podsOf(set, context).map((pod) => labelsOf(pod)[revisionLabel]))
  const unused = old.filter((revision) => !live.has(labelsOf(revision)[revisionLabel]))
  forgetRevisions(unused, old.length - (set.spec?.revisionHistoryLimit ?? 10), context)
}

const surges = (set: DaemonSet): boolean => {
  const limit = set.spec?.updateStrategy?.rollingUpdate?.maxSurge ?? 0
  return Number.parseInt(String(limit), 10) > 0
}

function manage(set: DaemonSet, hash: string, context: ReconcileContext): void {
  const byNode = groupByNode(podsOf(set, context))
  for (const node of context.objects.list(nodeKind)) {
    const here = byNode.get(nameOf(node)) ?? []
    byNode.delete(nameOf(node))
    const { run, stay } = placement(set, node)
    if (run && here.length === 0) createPod(set, nameOf(node), hash, context)
    else if (stay) {
      for (const pod of here.filter(isPodFinished)) replaceFinished(set, pod, context)
      for (const pod of surplusOn(here.filter(isPodActive), hash, surges(set))) deletePod(set, pod, context)
    } else for (const pod of here) deletePod(set, pod, context)
  }
  // Pods that wait for a node that is gone go too (upstream: getUnscheduledPodsWithoutNode).
  for (const pods of byNode.values()) for (const pod of pods) if (!pod.spec?.nodeName) deletePod(set, pod, context)
}

function groupByNode(pods: readonly Pod[]): Map<string, readonly Pod[]> {
  const byNode = new Map<string, readonly Pod[]>()
  for (const pod of pods) byNode.set(nodeOf(pod) ?? '', [...(byNode.get(nodeOf(pod) ?? '') ?? []), pod])
  return byNode
}

/** A daemon's Pod that has ended is made anew, with a word of why. */
function replaceFinished(set: DaemonSet, pod: Pod, context: ReconcileContext): void {
  if (isDeleting(pod)) return
  const about = `daemon pod ${namespaceOf(pod)}/${nameOf(pod)} on node ${nodeOf(pod)}, will try to`
  if (pod.status?.phase === 'Failed')
    context.recorder.event(set, 'Warning', 'FailedDaemonPod', `Found failed ${about} kill it`)
  else context.recorder.event(set, 'Normal', 'SucceededDaemonPod', `Found succeeded ${about} delete it`)
  deletePod(set, pod, context)
}

function createPod(set: DaemonSet, node: string, hash: string, context: ReconcileContext): void {
  try {
    const pod = context.objects.create(podKind, newPod(set, node, hash))
    context.recorder.event(set, 'Normal', 'SuccessfulCreate', `Created pod: ${nameOf(pod)}`)
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
    context.recorder.event(set, 'Warning', 'FailedCreate', `Error creating: ${error.message}`)
  }
}

function newPod(set: DaemonSet, node: string, hash: string): Pod {
  const template = podFromTemplate(set.spec?.template)
  const requirement = { key: 'metadata.name', operator: 'In', values: [node] }
  return {
    ...template,
    metadata: {
      ...template.metadata,
      generateName: `${nameOf(set)}-`,
      namespace: namespaceOf(set),
      labels: {
        ...template.metadata?.labels,
        [revisionLabel]: hash,
        'pod-template-generation': annotationsOf(set)[templateGeneration] ?? '1',
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
  }
}

function deletePod(set: DaemonSet, pod: Pod, { objects, recorder }: ReconcileContext): void {
  if (isDeleting(pod)) return
  objects.delete(podKind, namespaceOf(pod), nameOf(pod))
  recorder.event(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${nameOf(pod)}`)
}

/** Replaces outdated Pods, as many at a time as may be missing or too many. */
function roll(set: DaemonSet, hash: string, context: ReconcileContext): void {
  const pods = podsOf(set, context)
  if (!pods.some((pod) => labelsOf(pod)[revisionLabel] !== hash)) return
  const nodes = context.objects.list(nodeKind).filter((node) => placement(set, node).run)
  const { remove, surge } = planRenewal(set, nodes.map(nameOf), pods.filter(isPodActive), hash, context.now)
  for (const pod of remove) deletePod(set, pod, context)
  for (const node of surge) createPod(set, node, hash, context)
}

function writeStatus(before: DaemonSet, hash: string, context: ReconcileContext): ReconcileResult | undefined {
  const set = context.objects.get(daemonSetKind, namespaceOf(before), nameOf(before))
  if (!set) return undefined
  const minReady = set.spec?.minReadySeconds ?? 0
  const places = context.objects.list(nodeKind).map((node) => ({ node: nameOf(node), ...placement(set, node) }))
  const wanted = new Set(places.filter(({ run }) => run).map(({ node }) => node))
  const byNode = groupByNode(podsOf(set, context))
  // The oldest of a node's Pods speaks for it.
  const speaker = (pods: readonly Pod[]) => [...pods].sort((a, b) => createdAt(a) - createdAt(b))[0]
  const right = [...wanted].flatMap((node) => speaker(byNode.get(node) ?? []) ?? [])
  const ready = right.filter(isPodReady)
  const available = ready.filter((pod) => isPodAvailable(pod, minReady, context.now))
  const updated = right.filter((pod) => labelsOf(pod)[revisionLabel] === hash).length
  const status = {
    ...(set.status?.collisionCount !== undefined && { collisionCount: set.status.collisionCount }),
    currentNumberScheduled: right.length,
    desiredNumberScheduled: wanted.size,
    ...(available.length > 0 && { numberAvailable: available.length }),
    numberMisscheduled: places.filter(({ node, run }) => !run && (byNode.get(node) ?? []).length > 0).length,
    numberReady: ready.length,
    ...(wanted.size > available.length && { numberUnavailable: wanted.size - available.length }),
    ...(set.metadata?.generation !== undefined && { observedGeneration: set.metadata.generation }),
    ...(updated > 0 && { updatedNumberScheduled: updated }),
  }
  context.objects.updateStatus(daemonSetKind, { ...set, status })
  const waiting = ready.filter((pod) => !isPodAvailable(pod, minReady, context.now))
  if (waiting.length === 0) return undefined
  return { requeueAfterMs: Math.min(...waiting.map((pod) => readySince(pod) + minReady * 1000 - context.now)) }
}
