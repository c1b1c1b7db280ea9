/** Finalizers that hold volumes and claims while they are used (upstream: pkg/controller/volume/pvcprotection, pvprotection). */
import type { KubeObject } from '../api/types.ts'
import type { Pod } from '../generated/types.ts'
import { persistentVolume as volumeKind } from '../kinds/persistent-volume.ts'
import { persistentVolumeClaim as claimKind } from '../kinds/persistent-volume-claim.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { defineController } from './controller.ts'
import { isDeleting } from './metadata.ts'
import { claimsOf, claimValue, podsByClaim } from './volume-indexes.ts'

/** A claim goes once no Pod that has a node mounts it. */
export const claimProtectionController = defineController({
  name: 'pvc-protection-controller',
  for: claimKind,
  watches: [
    {
      kind: podKind,
      keys: (object) => claimsOf(object as Pod).map((name) => ({ namespace: object.metadata?.namespace, name })),
    },
  ],
  delayMs: [5, 20],
  reconcile(key, { objects }) {
    const claim = objects.get(claimKind, key.namespace, key.name)
    if (!claim || !isDeleting(claim)) return undefined
    const users = objects.listBy(podKind, podsByClaim, claimValue(key.namespace, key.name))
    if (users.some(({ spec }) => spec?.nodeName)) return undefined
    objects.update(claimKind, without(claim, 'kubernetes.io/pvc-protection'))
    return undefined
  },
})

/** A volume goes once it is bound no more. */
export const volumeProtectionController = defineController({
  name: 'pv-protection-controller',
  for: volumeKind,
  delayMs: [5, 20],
  reconcile(key, { objects }) {
    const volume = objects.get(volumeKind, undefined, key.name)
    if (!volume || !isDeleting(volume) || volume.status?.phase === 'Bound') return undefined
    objects.update(volumeKind, without(volume, 'kubernetes.io/pv-protection'))
    return undefined
  },
})

function without<T extends KubeObject>(object: T, finalizer: string): T {
  const finalizers = (object.metadata?.finalizers ?? []).filter((name) => name !== finalizer)
  return { ...object, metadata: { ...object.metadata, finalizers } }
}
