import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { Lease } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

export const lease = defineKind<Lease>({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  singular: 'lease',
  scope: 'Namespaced',
  schema: 'Lease',
  strategy: { bumpsGeneration: () => false, allowCreateOnUpdate: true },
  columns: [nameColumn, { name: 'Holder', cell: ({ spec }) => spec?.holderIdentity ?? '' }, ageColumn],
  describe: (object, context) => describeGeneric('Lease', object, context),
})
