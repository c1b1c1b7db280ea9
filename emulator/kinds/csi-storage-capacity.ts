import { defineKind } from '../api/kind.ts'
import type { CSIStorageCapacity } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

export const csiStorageCapacity = defineKind<CSIStorageCapacity>({
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSIStorageCapacity',
  plural: 'csistoragecapacities',
  singular: 'csistoragecapacity',
  scope: 'Namespaced',
  schema: 'CSIStorageCapacity',
  columns: [
    nameColumn,
    { name: 'StorageClassName', cell: ({ storageClassName }) => storageClassName },
    { name: 'Capacity', cell: ({ capacity }) => capacity ?? '<unset>' },
  ],
  describe: (object, context) => describeGeneric('CSIStorageCapacity', object, context),
})
