import type { AdmissionPlugin } from '../api/admission.ts'
import type { KindDefinition } from '../api/kind.ts'
import { persistentVolume } from '../kinds/persistent-volume.ts'
import { persistentVolumeClaim } from '../kinds/persistent-volume-claim.ts'

const FINALIZERS: ReadonlyMap<KindDefinition, string> = new Map<KindDefinition, string>([
  [persistentVolume, 'kubernetes.io/pv-protection'],
  [persistentVolumeClaim, 'kubernetes.io/pvc-protection'],
])

/** Volumes and claims stay as long as somebody uses them (upstream: plugin/pkg/admission/storage/storageobjectinuseprotection). */
export const storageObjectInUseProtection: AdmissionPlugin = {
  name: 'StorageObjectInUseProtection',
  admit({ operation, kind, object, subresource }) {
    const finalizer = FINALIZERS.get(kind)
    if (operation !== 'CREATE' || !finalizer || !object || subresource) return undefined
    const finalizers = object.metadata?.finalizers ?? []
    if (finalizers.includes(finalizer)) return undefined
    return { ...object, metadata: { ...object.metadata, finalizers: [...finalizers, finalizer] } }
  },
}
