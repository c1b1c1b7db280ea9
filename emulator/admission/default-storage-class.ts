import type { AdmissionPlugin } from '../api/admission.ts'
import type { PersistentVolumeClaim } from '../generated/types.ts'
import { persistentVolumeClaim } from '../kinds/persistent-volume-claim.ts'
import { isDefaultClass, namesStorageClass } from '../kinds/storage/class-of.ts'
import { storageClass } from '../kinds/storage-class.ts'
import { newestFirst } from './newest-first.ts'

/** Claims that name no class get the default one; of several, the newest (upstream: plugin/pkg/admission/storage/storageclass/setdefault). */
export const defaultStorageClass: AdmissionPlugin = {
  name: 'DefaultStorageClass',
  admit({ operation, kind, object, objects }) {
    if (operation !== 'CREATE' || kind !== persistentVolumeClaim || !object) return undefined
    const claim: PersistentVolumeClaim = object
    if (namesStorageClass(claim)) return undefined
    const [chosen] = objects.list(storageClass).filter(isDefaultClass).sort(newestFirst)
    if (!chosen) return undefined
    return { ...claim, spec: { ...claim.spec, storageClassName: chosen.metadata?.name ?? '' } }
  },
}
