import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { PersistentVolumeClaim } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { defaultClaimSpec } from './persistent-volume-claim/defaults.ts'
import { describePersistentVolumeClaim } from './persistent-volume-claim/describe.ts'
import { validatePersistentVolumeClaim } from './persistent-volume-claim/validate.ts'
import { accessModesText } from './storage/access-modes.ts'
import { storageClassOf } from './storage/class-of.ts'

export const persistentVolumeClaim = defineKind<PersistentVolumeClaim>({
  group: '',
  version: 'v1',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  singular: 'persistentvolumeclaim',
  shortNames: ['pvc'],
  scope: 'Namespaced',
  subresources: ['status'],
  schema: 'PersistentVolumeClaim',
  default: (object) => ({ ...object, spec: defaultClaimSpec(object.spec ?? {}) }),
  strategy: {
    prepareForCreate: (object) => ({ ...object, status: { phase: 'Pending' } }),
    bumpsGeneration: () => false,
  },
  validate: validatePersistentVolumeClaim,
  columns: [
    nameColumn,
    {
      name: 'Status',
      cell: ({ metadata, status }) => (metadata?.deletionTimestamp ? 'Terminating' : (status?.phase ?? '')),
    },
    { name: 'Volume', cell: ({ spec }) => spec?.volumeName ?? '' },
    { name: 'Capacity', cell: ({ spec, status }) => (spec?.volumeName ? (status?.capacity?.storage ?? '0') : '') },
    {
      name: 'Access Modes',
      cell: ({ spec, status }) => (spec?.volumeName ? accessModesText(status?.accessModes) : ''),
    },
    { name: 'StorageClass', cell: storageClassOf },
    { name: 'VolumeAttributesClass', cell: ({ spec }) => spec?.volumeAttributesClassName ?? '<unset>' },
    ageColumn,
    { name: 'VolumeMode', wide: true, cell: ({ spec }) => spec?.volumeMode ?? '<unset>' },
  ],
  selectableFields: { name: ({ metadata }) => metadata?.name ?? '' },
  describe: describePersistentVolumeClaim,
})
