import { defineKind, type KindDefinition } from '../api/kind.ts'
import { dns1123LabelErrors } from '../api/names.ts'
import type { Service } from '../generated/types.ts'
import { serviceColumns } from './service/columns.ts'
import { defaultService } from './service/defaults.ts'
import { describeService } from './service/describe.ts'
import { prepareForCreate, prepareForUpdate } from './service/strategy.ts'
import { validateService } from './service/validate.ts'
import { serviceWarnings } from './service/warnings.ts'

export const service: KindDefinition<Service> = defineKind<Service>({
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
  validate: validateService,
  warnings: serviceWarnings,
  strategy: {
    // Since 1.36 a Service may begin with a digit (RelaxedServiceNameValidation).
    validateName: dns1123LabelErrors,
    bumpsGeneration: () => false,
    allowCreateOnUpdate: true,
    prepareForCreate: (object, { objects, randomInt }) =>
      prepareForCreate(object, { services: objects.list(service), randomInt }),
    prepareForUpdate: (object, old, { objects, randomInt }) =>
      prepareForUpdate(object, old, { services: objects.list(service), randomInt }),
  },
  columns: serviceColumns,
  selectableFields: {
    'spec.clusterIP': ({ spec }) => spec?.clusterIP ?? '',
    'spec.type': ({ spec }) => spec?.type ?? '',
  },
  describe: describeService,
})
