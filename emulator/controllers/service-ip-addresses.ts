import type { IPAddress, Service } from '../generated/types.ts'
import { ipAddress } from '../kinds/ip-address.ts'
import { servicesByClusterIP } from '../kinds/service/indexes.ts'
import { service as serviceKind } from '../kinds/service.ts'
import { familyOf } from '../kinds/validation/addresses.ts'
import { defineController } from './controller.ts'
import { labelsOf, nameOf, namespaceOf } from './metadata.ts'

const MANAGED_BY = 'ipaddress.kubernetes.io/managed-by'
const FAMILY = 'ipaddress.kubernetes.io/ip-family'
const ALLOCATOR = 'ipallocator.k8s.io'

/** Keeps one IPAddress for each cluster IP in use; the API server itself does that (upstream: registry/core/service/ipallocator). */
export const serviceIPAddressController = defineController({
  name: 'service-ip-repair-controller',
  for: ipAddress,
  watches: [
    {
      kind: serviceKind,
      keys: (object) => servicesByClusterIP.values(object).map((name) => ({ namespace: undefined, name })),
    },
  ],
  delayMs: [0, 0],
  reconcile(key, { objects }) {
    const present = objects.get(ipAddress, undefined, key.name)
    const [owner] = objects.listBy(serviceKind, servicesByClusterIP, key.name)
    if (owner && !present) objects.create(ipAddress, addressFor(key.name, owner))
    if (!owner && present && labelsOf(present)[MANAGED_BY] === ALLOCATOR)
      objects.delete(ipAddress, undefined, key.name, { uid: present.metadata?.uid ?? '' })
    return undefined
  },
})

const addressFor = (name: string, service: Service): IPAddress => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'IPAddress',
  metadata: { name, labels: { [FAMILY]: familyOf(name), [MANAGED_BY]: ALLOCATOR } },
  spec: { parentRef: { group: '', resource: 'services', namespace: namespaceOf(service), name: nameOf(service) } },
})
