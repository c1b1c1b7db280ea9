import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { StorageClass } from '../generated/types.ts'
import { isDefaultClass } from './storage/class-of.ts'
import { describeStorageClass } from './storage-class/describe.ts'
import { validateStorageClass } from './storage-class/validate.ts'

export const storageClass = defineKind<StorageClass>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'StorageClass',
  plural: 'storageclasses',
  singular: 'storageclass',
  shortNames: ['sc'],
  scope: 'Cluster',
  schema: 'StorageClass',
  // Upstream: pkg/apis/storage/v1/defaults.go SetDefaults_StorageClass.
  default: (object) => ({
    ...object,
    reclaimPolicy: object.reclaimPolicy ?? 'Delete',
    volumeBindingMode: object.volumeBindingMode ?? 'Immediate',
  }),
  validate: validateStorageClass,
  columns: [
    {
      name: 'Name',
      format: 'name',
      cell: (object) => `${object.metadata?.name ?? ''}${isDefaultClass(object) ? ' (default)' : ''}`,
    },
    { name: 'Provisioner', cell: ({ provisioner }) => provisioner },
    { name: 'ReclaimPolicy', cell: ({ reclaimPolicy }) => reclaimPolicy ?? 'Delete' },
    { name: 'VolumeBindingMode', cell: ({ volumeBindingMode }) => volumeBindingMode ?? 'Immediate' },
    { name: 'AllowVolumeExpansion', cell: ({ allowVolumeExpansion }) => String(allowVolumeExpansion ?? false) },
    ageColumn,
  ],
  describe: describeStorageClass,
})
