import { timestamp } from '../api/age.ts'
import type { Pod } from '../generated/types.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { type ControllerDefinition, defineController, type ReconcileContext } from './controller.ts'
import { podsByNode } from './indexes.ts'
import { nameOf, namespaceOf, uidOf } from './metadata.ts'
import { isPodFinished } from './pods.ts'

const quarantineMs = 40_000

/**
 * Deletes the Pods of a node whose object has been gone for 40 s (upstream: pkg/controller/podgc, gcOrphaned). Its keys
 * are node names; `goneSince` keeps since when (ms since the epoch) a node that Pods still name has been missing.
 */
export function createPodGarbageCollector(goneSince: Map<string, number>): ControllerDefinition {
  return defineController({
    name: 'pod-garbage-collector-controller',
    for: nodeKind,
    watches: [
      {
        kind: podKind,
        keys: (object, { objects }) => {
          const name = (object as Pod).spec?.nodeName
          return name && !objects.get(nodeKind, undefined, name) ? [{ namespace: undefined, name }] : []
        },
      },
    ],
    delayMs: [5, 50],
    reconcile({ name }, context) {
      const orphans = context.objects.get(nodeKind, undefined, name)
        ? []
        : context.objects.listBy(podKind, podsByNode, name)
      if (orphans.length === 0) {
        goneSince.delete(name)
        return undefined
      }
      const since = goneSince.get(name) ?? context.now
      goneSince.set(name, since)
      if (context.now < since + quarantineMs) return { requeueAfterMs: since + quarantineMs - context.now }
      for (const pod of orphans) collect(pod, context)
      return undefined
    },
  })
}

function collect(pod: Pod, { objects, now }: ReconcileContext): void {
  if (!isPodFinished(pod)) {
    const disrupted = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByPodGC',
      message: 'PodGC: node no longer exists',
      lastTransitionTime: timestamp(now),
    }
    const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== disrupted.type)
    const status = { ...pod.status, phase: 'Failed', conditions: [...others, disrupted] }
    objects.updateStatus(podKind, { ...pod, status })
  }
  objects.delete(podKind, namespaceOf(pod), nameOf(pod), { gracePeriodSeconds: 0, uid: uidOf(pod) })
}
