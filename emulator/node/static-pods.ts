import type { ObjectClient } from '../api/client.ts'
import { type ControllerDefinition, defineController } from '../controllers/controller.ts'
import { annotationsOf, nameOf, namespaceOf, uidOf } from '../controllers/metadata.ts'
import type { Node, Pod } from '../generated/types.ts'
import { node as nodeKind } from '../kinds/node.ts'
import { pod as podKind } from '../kinds/pod.ts'

const mirrorAnnotation = 'kubernetes.io/config.mirror'

/**
 * The kubelet shows the static Pods of its node in the API, and shows them again when somebody deletes them there
 * (upstream: pkg/kubelet/pod/mirror_client.go). `manifests` are the Pods of a node's manifest folder.
 */
export function createStaticPodController(
  manifests: (node: string) => readonly Pod[],
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
      for (const pod of node ? manifests(key.name) : []) {
        if (node && !objects.get(podKind, namespaceOf(pod), nameOf(pod))) objects.create(podKind, mirror(pod, node))
      }
      return undefined
    },
  })
}

function mirror(pod: Pod, node: Node): Pod {
  const owner = { apiVersion: 'v1', kind: 'Node', name: nameOf(node), uid: uidOf(node), controller: true }
  return { ...pod, metadata: { ...pod.metadata, ownerReferences: [owner] } }
}
