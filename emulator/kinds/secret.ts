import { ageColumn } from '../api/age.ts'
import { encodeBase64 } from '../api/base64.ts'
import { defineKind } from '../api/kind.ts'
import type { Secret } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeSecret } from './secret/describe.ts'
import { validateSecret } from './secret/validate.ts'

export const secret = defineKind<Secret>({
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  singular: 'secret',
  scope: 'Namespaced',
  schema: 'Secret',
  default: defaultSecret,
  validate: validateSecret,
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

/** The type, and stringData written into data (upstream: pkg/apis/core/v1/defaults.go SetDefaults_Secret and conversion.go). */
function defaultSecret(object: Secret): Secret {
  const { stringData, ...rest } = object
  const encoded = Object.fromEntries(Object.entries(stringData ?? {}).map(([key, text]) => [key, encodeBase64(text)]))
  const data = stringData ? { data: { ...rest.data, ...encoded } } : {}
  return { ...rest, ...data, type: rest.type || 'Opaque' }
}
