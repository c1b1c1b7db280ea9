import type { AdmissionPlugin } from '../api/admission.ts'
import { forbidden } from '../api/errors.ts'
import { parseQuantity } from '../api/quantity.ts'
import type { PersistentVolumeClaim } from '../generated/types.ts'
import { persistentVolumeClaim } from '../kinds/persistent-volume-claim.ts'
import { storageClassOf } from '../kinds/storage/class-of.ts'
import { storageClass } from '../kinds/storage-class.ts'

/** A claim may only grow where its class allows it (upstream: plugin/pkg/admission/storage/persistentvolume/resize). */
export const persistentVolumeClaimResize: AdmissionPlugin = {
  name: 'PersistentVolumeClaimResize',
  validate({ operation, kind, name, object, old, objects, subresource }) {
    if (operation !== 'UPDATE' || kind !== persistentVolumeClaim || !object || !old || subresource) return
    const before: PersistentVolumeClaim = old
    if (sizeOf(object) <= sizeOf(before)) return
    if (before.status?.phase !== 'Bound')
      throw forbidden(kind, name, 'Only bound persistent volume claims can be expanded')
    const found = objects.get(storageClass, undefined, storageClassOf(before))
    if (found?.allowVolumeExpansion) return
    throw forbidden(
      kind,
      name,
      'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    )
  },
}

const sizeOf = ({ spec }: PersistentVolumeClaim): bigint =>
  parseQuantity(spec?.resources?.requests?.storage ?? '0')?.nano ?? 0n
