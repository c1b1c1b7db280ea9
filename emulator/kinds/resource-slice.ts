import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { ResourceSlice } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

export const resourceSlice = defineKind<ResourceSlice>({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceSlice',
  plural: 'resourceslices',
  singular: 'resourceslice',
  scope: 'Cluster',
  schema: 'ResourceSlice',
  columns: [
    nameColumn,
    { name: 'Node', cell: ({ spec }) => spec?.nodeName ?? '<unset>' },
    { name: 'Driver', cell: ({ spec }) => spec?.driver ?? '' },
    { name: 'Pool', cell: ({ spec }) => spec?.pool?.name ?? '' },
    ageColumn,
  ],
  selectableFields: {
    'spec.driver': ({ spec }) => spec?.driver ?? '',
    'spec.nodeName': ({ spec }) => spec?.nodeName ?? '',
  },
  describe: (object, context) => describeGeneric('ResourceSlice', object, context),
})
