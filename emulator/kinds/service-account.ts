import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { ServiceAccount } from '../generated/types.ts'
import { nameColumn } from './columns.ts'

export const serviceAccount = defineKind<ServiceAccount>({
  group: '',
  version: 'v1',
  kind: 'ServiceAccount',
  plural: 'serviceaccounts',
  singular: 'serviceaccount',
  shortNames: ['sa'],
  scope: 'Namespaced',
  subresources: ['token'],
  schema: 'ServiceAccount',
  strategy: { bumpsGeneration: () => false },
  columns: [nameColumn, { name: 'Secrets', type: 'string', cell: ({ secrets = [] }) => secrets.length }, ageColumn],
})
