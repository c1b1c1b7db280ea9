import type { ObjectClient } from '../api/client.ts'
import { StatusError } from '../api/errors.ts'
import { type ControllerDefinition, defineController } from '../controllers/controller.ts'
import { podsByNode } from '../controllers/indexes.ts'
import { annotationsOf, isDeleting, nameOf, namespaceOf, uidOf } from '../controllers/metadata.ts'
import type { Node, Pod } from '../generated/types.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { pod as podKind } from '../kinds/pod.ts'

const mirrorAnnotation = 'kubernetes.io/config.mirror'

/**
 * The kubelet shows the static Pods of its node in the API, and shows them again when somebody deletes them there
 * (upstream: pkg/kubelet/pod/mirror_client.go). `manifests` are the Pods of a node's manifest folder; undefined while its
 * kubelet does not look.
 */
export function createStaticPodController(
  manifests: (node: string) => readonly Pod[] | undefined,
  objects: ObjectClient,
): ControllerDefinition {
  return defineController({
    name: 'static-pods',
    for: nodeKind,
    watches: [
      {
        kind: podKind,
        keys: (object) => {
          const nodeName = (object as Pod).spec?.nodeName
          return nodeName && annotationsOf(object)[mirrorAnnotation] ? [{ namespace: undefined, name: nodeName }] : []
        },
      },
    ],
    delayMs: [20, 400],
    reconcile(key) {
      const node = objects.get(nodeKind, undefined, key.name)
      if (!node) return undefined
      const wanted = manifests(key.name)
      if (!wanted) return undefined
      for (const pod of wanted) if (!current(pod, objects)) show(mirror(pod, node), objects)
      for (const pod of objects.listBy(podKind, podsByNode, key.name)) {
        const hash = annotationsOf(pod)[mirrorAnnotation]
        if (hash === undefined || isDeleting(pod)) continue
        const kept = wanted.some((one) => nameOf(one) === nameOf(pod) && annotationsOf(one)[mirrorAnnotation] === hash)
        if (!kept) objects.delete(podKind, namespaceOf(pod), nameOf(pod))
      }
      return undefined
    },
  })
}

const current = (pod: Pod, objects: ObjectClient) => objects.get(podKind, namespaceOf(pod), nameOf(pod))

/** A Pod that the API refuses has no mirror. */
function show(pod: Pod, objects: ObjectClient): void {
  try {
    objects.create(podKind, pod)
  } catch (error) {
    if (!(error instanceof StatusError)) throw error
  }
}

function mirror(pod: Pod, node: Node): Pod {
  const owner = { apiVersion: 'v1', kind: 'Node', name: nameOf(node), uid: uidOf(node), controller: true }
  return { ...pod, metadata: { ...pod.metadata, ownerReferences: [owner] } }
}
