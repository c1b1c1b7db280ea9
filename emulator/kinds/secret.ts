import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { Secret } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeSecret } from './secret/describe.ts'

export const secret = defineKind<Secret>({
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  singular: 'secret',
  scope: 'Namespaced',
  schema: 'Secret',
  default: (object) => ({ ...object, type: object.type || 'Opaque' }),
  strategy: { bumpsGeneration: () => false },
  columns: [
    nameColumn,
    { name: 'Type', cell: ({ type }) => type ?? '' },
    { name: 'Data', type: 'string', cell: ({ data = {} }) => Object.keys(data).length },
    ageColumn,
  ],
  selectableFields: { type: ({ type }) => type ?? '' },
  describe: describeSecret,
})
