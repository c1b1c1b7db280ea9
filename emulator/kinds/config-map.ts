import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { ConfigMap } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeConfigMap } from './config-map/describe.ts'
import { validateConfigMap } from './config-map/validate.ts'

export const configMap = defineKind<ConfigMap>({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  scope: 'Namespaced',
  schema: 'ConfigMap',
  validate: validateConfigMap,
  strategy: { bumpsGeneration: () => false },
  columns: [
    nameColumn,
    {
      name: 'Data',
      type: 'string',
      cell: ({ data = {}, binaryData = {} }) => Object.keys(data).length + Object.keys(binaryData).length,
    },
    ageColumn,
  ],
  describe: describeConfigMap,
})
