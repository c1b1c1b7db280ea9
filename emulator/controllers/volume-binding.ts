/** Which volume a claim gets, without a cluster (upstream: pkg/controller/volume/persistentvolume/index.go, component-helpers/storage/volume). */
import { parseQuantity } from '../api/quantity.ts'
import type { ObjectReference, PersistentVolume, PersistentVolumeClaim } from '../generated/types.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import { storageClassOf } from '../kinds/storage/class-of.ts'
import { isDeleting, labelsOf, nameOf, namespaceOf, uidOf } from './metadata.ts'

export const annotations = {
  bindCompleted: 'pv.kubernetes.io/bind-completed',
  boundByController: 'pv.kubernetes.io/bound-by-controller',
  provisionedBy: 'pv.kubernetes.io/provisioned-by',
  provisioner: 'volume.kubernetes.io/storage-provisioner',
  betaProvisioner: 'volume.beta.kubernetes.io/storage-provisioner',
  selectedNode: 'volume.kubernetes.io/selected-node',
} as const

const sizeOf = (text: string | undefined): bigint => parseQuantity(text ?? '0')?.nano ?? 0n
const capacityOf = ({ spec }: PersistentVolume): bigint => sizeOf(spec?.capacity?.storage)

/** Is the volume bound, or meant, for this claim and no other? */
export function refersTo(reference: ObjectReference | undefined, claim: PersistentVolumeClaim): boolean {
  if (reference?.name !== nameOf(claim) || reference.namespace !== namespaceOf(claim)) return false
  return !reference.uid || reference.uid === uidOf(claim)
}

/** Why the volume that a claim names itself cannot be had. */
export function mismatch(volume: PersistentVolume, claim: PersistentVolumeClaim): string | undefined {
  const { spec = {} } = volume
  if (capacityOf(volume) < sizeOf(claim.spec?.resources?.requests?.storage)) return 'requested PV is too small'
  if (storageClassOf(volume) !== storageClassOf(claim)) return 'storageClassName does not match'
  if ((spec.volumeMode ?? 'Filesystem') !== (claim.spec?.volumeMode ?? 'Filesystem')) return 'incompatible volumeMode'
  return offersModes(volume, claim) ? undefined : 'incompatible accessMode'
}

const offersModes = ({ spec }: PersistentVolume, claim: PersistentVolumeClaim): boolean =>
  (claim.spec?.accessModes ?? []).every((mode) => spec?.accessModes?.includes(mode))

/** A volume set aside for the claim, else the smallest that is free and large enough. */
export function bestMatch(
  volumes: readonly PersistentVolume[],
  claim: PersistentVolumeClaim,
): PersistentVolume | undefined {
  const fitting = volumes.filter((volume) => !isDeleting(volume) && mismatch(volume, claim) === undefined)
  const reserved = fitting.find(({ spec }) => spec?.claimRef && refersTo(spec.claimRef, claim))
  if (reserved) return reserved
  const { selector } = claim.spec ?? {}
  const [best] = fitting
    .filter((volume) => !volume.spec?.claimRef && volume.status?.phase === 'Available')
    .filter((volume) => !selector || matchesLabelSelector(selector, labelsOf(volume)))
    .sort(bySizeThenName)
  return best
}

function bySizeThenName(a: PersistentVolume, b: PersistentVolume): number {
  const difference = capacityOf(a) - capacityOf(b)
  if (difference !== 0n) return difference < 0n ? -1 : 1
  return nameOf(a) < nameOf(b) ? -1 : 1
}

/** How a volume names the claim it belongs to. */
export const referenceTo = (claim: PersistentVolumeClaim): ObjectReference => ({
  kind: 'PersistentVolumeClaim',
  namespace: namespaceOf(claim),
  name: nameOf(claim),
  uid: uidOf(claim),
  apiVersion: 'v1',
  ...(claim.metadata?.resourceVersion !== undefined && { resourceVersion: claim.metadata.resourceVersion }),
})
