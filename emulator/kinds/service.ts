import type { ObjectClient } from '../api/client.ts'
import { defineKind, type KindDefinition } from '../api/kind.ts'
import { dns1123LabelErrors } from '../api/names.ts'
import type { ObjectIndex } from '../api/object-index.ts'
import type { Service } from '../generated/types.ts'
import type { Taken } from './service/allocate.ts'
import { serviceColumns } from './service/columns.ts'
import { defaultService } from './service/defaults.ts'
import { describeService } from './service/describe.ts'
import { servicesByClusterIP, servicesByNodePort } from './service/indexes.ts'
import { nodePortRange } from './service/node-port-range.ts'
import { addressRanges } from './service/ranges.ts'
import { prepareForCreate, prepareForUpdate } from './service/strategy.ts'
import { validateService } from './service/validate.ts'
import { serviceWarnings } from './service/warnings.ts'
import { serviceCIDR } from './service-cidr.ts'

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
      prepareForCreate(object, { taken: takenByOthers(undefined, objects), randomInt }),
    prepareForUpdate: (object, old, { objects, randomInt }) =>
      prepareForUpdate(object, old, { taken: takenByOthers(old, objects), randomInt }),
  },
  columns: serviceColumns,
  selectableFields: {
    'spec.clusterIP': ({ spec }) => spec?.clusterIP ?? '',
    'spec.type': ({ spec }) => spec?.type ?? '',
  },
  describe: describeService,
})

/** What all Services but this one hold. */
function takenByOthers(own: Service | undefined, objects: Pick<ObjectClient, 'listBy' | 'list'>): Taken {
  const isHeld = (index: ObjectIndex, value: string): boolean =>
    objects.listBy(service, index, value).some(({ metadata }) => metadata?.uid !== own?.metadata?.uid)
  return {
    get ranges() {
      return addressRanges(objects.list(serviceCIDR))
    },
    address: (ip) => isHeld(servicesByClusterIP, ip),
    nodePort: (port) => isHeld(servicesByNodePort, String(port)),
    nodePorts: () => nodePortRange(objects),
  }
}
