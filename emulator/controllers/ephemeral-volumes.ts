import type { Pod } from '../generated/types.ts'
import { persistentVolumeClaim as claimKind } from '../kinds/persistent-volume-claim.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { defineController } from './controller.ts'
import { controllerReference, isControlledBy, isDeleting, namespaceOf } from './metadata.ts'
import { claimOf } from './volume-indexes.ts'

/** Makes the claims that Pods bring along; the garbage collector takes them away again (upstream: pkg/controller/volume/ephemeral). */
export const ephemeralVolumeController = defineController({
  name: 'ephemeral_volume',
  for: podKind,
  concerns: (object) => (object as Pod).spec?.volumes?.some(({ ephemeral }) => ephemeral) === true,
  delayMs: [5, 20],
  reconcile(key, { objects, recorder }) {
    const pod = objects.get(podKind, key.namespace, key.name)
    if (!pod || isDeleting(pod)) return undefined
    for (const volume of pod.spec?.volumes ?? []) {
      const template = volume.ephemeral?.volumeClaimTemplate
      const name = claimOf(pod, volume)
      if (!template || name === undefined) continue
      const present = objects.get(claimKind, namespaceOf(pod), name)
      if (present && !isControlledBy(present, pod)) {
        const message = `PVC ${namespaceOf(pod)}/${name} was not created for pod ${namespaceOf(pod)}/${key.name} (pod is not owner)`
        recorder.event(pod, 'Warning', 'EphemeralVolumeCreationFailed', message)
      }
      if (present) continue
      const { labels, annotations } = template.metadata ?? {}
      objects.create(claimKind, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {
          name,
          namespace: namespaceOf(pod),
          ...(labels && { labels }),
          ...(annotations && { annotations }),
          ownerReferences: [controllerReference(pod, podKind)],
        },
        spec: template.spec,
      })
    }
    return undefined
  },
})
