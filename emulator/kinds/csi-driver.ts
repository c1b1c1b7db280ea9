import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { CSIDriver } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

export const csiDriver = defineKind<CSIDriver>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIDriver',
  plural: 'csidrivers',
  singular: 'csidriver',
  scope: 'Cluster',
  schema: 'CSIDriver',
  // Upstream: pkg/apis/storage/v1/defaults.go SetDefaults_CSIDriver.
  default: ({ spec, ...object }) => ({
    ...object,
    spec: {
      ...spec,
      attachRequired: spec?.attachRequired ?? true,
      fsGroupPolicy: spec?.fsGroupPolicy ?? 'ReadWriteOnceWithFSType',
      podInfoOnMount: spec?.podInfoOnMount ?? false,
      requiresRepublish: spec?.requiresRepublish ?? false,
      seLinuxMount: spec?.seLinuxMount ?? false,
      storageCapacity: spec?.storageCapacity ?? false,
      volumeLifecycleModes: spec?.volumeLifecycleModes?.length ? spec.volumeLifecycleModes : ['Persistent'],
    },
  }),
  columns: [
    nameColumn,
    { name: 'AttachRequired', cell: ({ spec }) => String(spec.attachRequired ?? true) },
    { name: 'PodInfoOnMount', cell: ({ spec }) => String(spec.podInfoOnMount ?? false) },
    { name: 'StorageCapacity', cell: ({ spec }) => String(spec.storageCapacity ?? false) },
    {
      name: 'TokenRequests',
      cell: ({ spec }) => spec.tokenRequests?.map(({ audience }) => audience).join(',') ?? '<unset>',
    },
    { name: 'RequiresRepublish', cell: ({ spec }) => String(spec.requiresRepublish ?? false) },
    { name: 'Modes', cell: ({ spec }) => spec.volumeLifecycleModes?.join(',') || '<none>' },
    ageColumn,
  ],
  describe: (object, context) => describeGeneric('CSIDriver', object, context),
})
