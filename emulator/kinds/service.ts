import { defineKind } from '../api/kind.ts'
import { dns1123LabelErrors } from '../api/names.ts'
import type { Service } from '../generated/types.ts'
import { serviceColumns } from './service/columns.ts'
import { defaultService } from './service/defaults.ts'

export const service = defineKind<Service>({
  group: '',
  version: 'v1',
  kind: 'Service',
  plural: 'services',
  singular: 'service',
  shortNames: ['svc'],
  categories: ['all'],
  scope: 'Namespaced',
  subresources: ['status'],
  schema: 'Service',
  default: defaultService,
  strategy: {
    // Since 1.36 a Service may begin with a digit (RelaxedServiceNameValidation).
    validateName: dns1123LabelErrors,
    bumpsGeneration: () => false,
  },
  columns: serviceColumns,
  selectableFields: {
    'spec.clusterIP': ({ spec }) => spec?.clusterIP ?? '',
    'spec.type': ({ spec }) => spec?.type ?? '',
  },
})
