import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import { canonicalQuantities } from '../api/quantity.ts'
import type { PersistentVolume } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describePersistentVolume } from './persistent-volume/describe.ts'
import { validatePersistentVolume } from './persistent-volume/validate.ts'
import { accessModesText } from './storage/access-modes.ts'
import { storageClassOf } from './storage/class-of.ts'

export const persistentVolume = defineKind<PersistentVolume>({
  group: '',
  version: 'v1',
  kind: 'PersistentVolume',
  plural: 'persistentvolumes',
  singular: 'persistentvolume',
  shortNames: ['pv'],
  scope: 'Cluster',
  subresources: ['status'],
  schema: 'PersistentVolume',
  default: defaultPersistentVolume,
  strategy: {
    prepareForCreate: (object) => ({ ...object, status: { phase: 'Pending' } }),
    bumpsGeneration: () => false,
  },
  validate: validatePersistentVolume,
  columns: [
    nameColumn,
    { name: 'Capacity', cell: ({ spec }) => spec?.capacity?.storage ?? '0' },
    { name: 'Access Modes', cell: ({ spec }) => accessModesText(spec?.accessModes) },
    { name: 'Reclaim Policy', cell: ({ spec }) => spec?.persistentVolumeReclaimPolicy ?? '' },
    {
      name: 'Status',
      cell: ({ metadata, status }) => (metadata?.deletionTimestamp ? 'Terminating' : (status?.phase ?? '')),
    },
    { name: 'Claim', cell: ({ spec }) => (spec?.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : '') },
    { name: 'StorageClass', cell: storageClassOf },
    { name: 'VolumeAttributesClass', cell: ({ spec }) => spec?.volumeAttributesClassName ?? '<unset>' },
    { name: 'Reason', cell: ({ status }) => status?.reason ?? '' },
    ageColumn,
    { name: 'VolumeMode', wide: true, cell: ({ spec }) => spec?.volumeMode ?? '<unset>' },
  ],
  selectableFields: { name: ({ metadata }) => metadata?.name ?? '' },
  describe: describePersistentVolume,
})

/** Upstream: pkg/apis/core/v1/defaults.go SetDefaults_PersistentVolume and SetDefaults_HostPathVolumeSource. */
function defaultPersistentVolume({ spec = {}, ...object }: PersistentVolume): PersistentVolume {
  return {
    ...object,
    spec: {
      ...spec,
      ...(spec.capacity && { capacity: canonicalQuantities(spec.capacity) }),
      ...(spec.claimRef && { claimRef: { kind: 'PersistentVolumeClaim', apiVersion: 'v1', ...spec.claimRef } }),
      ...(spec.hostPath && { hostPath: { ...spec.hostPath, type: spec.hostPath.type ?? '' } }),
      persistentVolumeReclaimPolicy: spec.persistentVolumeReclaimPolicy || 'Retain',
      volumeMode: spec.volumeMode || 'Filesystem',
    },
  }
}
