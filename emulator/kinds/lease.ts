import { ageColumn } from '../api/age.ts'
import { field } from '../api/field.ts'
import { defineKind } from '../api/kind.ts'
import type { Lease } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'
import { nonNegativeErrors } from './validation/numbers.ts'

export const lease = defineKind<Lease>({
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  singular: 'lease',
  scope: 'Namespaced',
  schema: 'Lease',
  validate: ({ spec }) => [
    ...((spec?.leaseDurationSeconds ?? 1) > 0
      ? []
      : [field.invalid('spec.leaseDurationSeconds', spec?.leaseDurationSeconds, 'must be greater than 0')]),
    ...nonNegativeErrors('spec.leaseTransitions', spec?.leaseTransitions),
  ],
  strategy: { bumpsGeneration: () => false, allowCreateOnUpdate: true },
  columns: [nameColumn, { name: 'Holder', cell: ({ spec }) => spec?.holderIdentity ?? '' }, ageColumn],
  describe: (object, context) => describeGeneric('Lease', object, context),
})
