import { timestamp } from '../api/age.ts'
import type { ServiceCIDR } from '../generated/types.ts'
import { ipAddress } from '../kinds/ip-address.ts'
import { serviceCIDR } from '../kinds/service-cidr.ts'
import { cidrContains } from '../kinds/validation/addresses.ts'
import { defineController } from './controller.ts'
import { isDeleting, nameOf } from './metadata.ts'

const FINALIZER = 'networking.k8s.io/service-cidr-finalizer'

/** Declares ranges ready, and lets them go once no address of theirs is in use (upstream: pkg/controller/servicecidrs). */
export const serviceCIDRController = defineController({
  name: 'service-cidr-controller',
  for: serviceCIDR,
  watches: [
    {
      kind: ipAddress,
      keys: (_, { objects }) =>
        objects
          .list(serviceCIDR)
          .filter(isDeleting)
          .map((range) => ({ namespace: undefined, name: nameOf(range) })),
    },
  ],
  delayMs: [5, 20],
  reconcile(key, { objects, now }) {
    const range = objects.get(serviceCIDR, undefined, key.name)
    if (!range) return undefined
    const finalizers = range.metadata?.finalizers ?? []
    if (!isDeleting(range)) {
      if (!finalizers.includes(FINALIZER))
        objects.update(serviceCIDR, {
          ...range,
          metadata: { ...range.metadata, finalizers: [...finalizers, FINALIZER] },
        })
      const current = objects.get(serviceCIDR, undefined, key.name) ?? range
      objects.updateStatus(serviceCIDR, withReady(current, 'True', '', 'Kubernetes Service CIDR is ready', now))
      return undefined
    }
    const cidrs = range.spec?.cidrs ?? []
    const held = objects.list(ipAddress).some((address) => cidrs.some((cidr) => cidrContains(cidr, nameOf(address))))
    if (held) {
      const message =
        'There are still IPAddresses referencing the ServiceCIDR, please remove them or create a new ServiceCIDR'
      objects.updateStatus(serviceCIDR, withReady(range, 'False', 'Terminating', message, now))
      return undefined
    }
    const rest = finalizers.filter((name) => name !== FINALIZER)
    objects.update(serviceCIDR, { ...range, metadata: { ...range.metadata, finalizers: rest } })
    return undefined
  },
})

function withReady(range: ServiceCIDR, status: string, reason: string, message: string, now: number): ServiceCIDR {
  const old = range.status?.conditions?.find(({ type }) => type === 'Ready')
  const lastTransitionTime = old?.status === status ? old.lastTransitionTime : timestamp(now)
  return { ...range, status: { conditions: [{ type: 'Ready', status, reason, message, lastTransitionTime }] } }
}
