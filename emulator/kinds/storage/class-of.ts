import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../generated/types.ts'

const BETA_CLASS = 'volume.beta.kubernetes.io/storage-class'
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class'
const BETA_DEFAULT_CLASS = 'storageclass.beta.kubernetes.io/is-default-class'

/** The storage class of a volume or a claim, by field or by the old annotation (upstream: component-helpers/storage/volume). */
export function storageClassOf({ metadata, spec }: PersistentVolume | PersistentVolumeClaim): string {
  return metadata?.annotations?.[BETA_CLASS] ?? spec?.storageClassName ?? ''
}

/** Does the claim name a class, if only the empty one that stands for none? */
export function namesStorageClass({ metadata, spec }: PersistentVolumeClaim): boolean {
  return metadata?.annotations?.[BETA_CLASS] !== undefined || spec?.storageClassName !== undefined
}

/** Claims that name no class get this one. */
export function isDefaultClass({ metadata }: StorageClass): boolean {
  return metadata?.annotations?.[DEFAULT_CLASS] === 'true' || metadata?.annotations?.[BETA_DEFAULT_CLASS] === 'true'
}
