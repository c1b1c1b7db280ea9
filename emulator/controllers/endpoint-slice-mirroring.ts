import { timestamp } from '../api/age.ts'
import { jsonEqual } from '../api/json.ts'
import type { Endpoint, EndpointAddress, EndpointSlice, EndpointSubset, Endpoints } from '../generated/types.ts'
import { endpointSlice as sliceKind } from '../kinds/endpoint-slice.ts'
import { endpoints as endpointsKind } from '../kinds/endpoints.ts'
import { service as serviceKind } from '../kinds/service.ts'
import { defineController, type ReconcileContext } from './controller.ts'
import { hasSelector, lastChangeTrigger, managedByLabel, serviceNameLabel } from './endpoint-ports.ts'
import { annotationsOf, controllerReference, keyOf, labelsOf, nameOf, namespaceOf } from './metadata.ts'

const manager = 'endpointslicemirroring-controller.k8s.io'
const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/** Gives hand-written v1 Endpoints their slices, which is what kube-proxy reads (upstream: pkg/controller/endpointslicemirroring). */
export const endpointSliceMirroringController = defineController({
  name: 'endpointslice-mirroring-controller',
  for: endpointsKind,
  watches: [{ kind: serviceKind, keys: (object) => [keyOf(object)] }],
  delayMs: [30, 90],
  reconcile(key, context) {
    const endpoints = context.objects.get(endpointsKind, key.namespace, key.name)
    const service = context.objects.get(serviceKind, key.namespace, key.name)
    const mirrored = endpoints && service && !hasSelector(service) && isMirrored(endpoints)
    const labels = { [serviceNameLabel]: key.name, [managedByLabel]: manager }
    const existing = context.objects.list(sliceKind, { namespace: key.namespace, labels })
    reconcileSlices(mirrored ? endpoints : undefined, existing, context)
    return undefined
  },
})

function isMirrored(endpoints: Endpoints): boolean {
  const labels = labelsOf(endpoints)
  return (
    labels['endpointslice.kubernetes.io/skip-mirror'] !== 'true' &&
    labels['endpoints.kubernetes.io/managed-by'] === undefined &&
    annotationsOf(endpoints)['control-plane.alpha.kubernetes.io/leader'] === undefined
  )
}

function reconcileSlices(
  endpoints: Endpoints | undefined,
  existing: readonly EndpointSlice[],
  context: ReconcileContext,
): void {
  const subsets = (endpoints?.subsets ?? []).filter(
    ({ addresses, notReadyAddresses }) => addresses || notReadyAddresses,
  )
  for (const [index, subset] of endpoints ? subsets.entries() : []) {
    if (endpoints) write(endpoints, subset, existing[index], context)
  }
  for (const slice of existing.slice(endpoints ? subsets.length : 0)) {
    context.objects.delete(sliceKind, namespaceOf(slice), nameOf(slice))
  }
}

function write(
  endpoints: Endpoints,
  subset: EndpointSubset,
  old: EndpointSlice | undefined,
  { objects, now }: ReconcileContext,
): void {
  const { [lastApplied]: _, ...annotations } = annotationsOf(endpoints)
  const content = { endpoints: endpointsOf(subset), ports: portsOf(subset) }
  const labels = { ...labelsOf(endpoints), [managedByLabel]: manager, [serviceNameLabel]: nameOf(endpoints) }
  if (old && jsonEqual({ endpoints: old.endpoints, ports: old.ports }, content) && jsonEqual(labelsOf(old), labels))
    return
  const slice: EndpointSlice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      ...old?.metadata,
      ...(!old && { generateName: `${nameOf(endpoints)}-` }),
      namespace: namespaceOf(endpoints),
      labels,
      annotations: { ...annotations, [lastChangeTrigger]: timestamp(now) },
      ownerReferences: [controllerReference(endpoints, endpointsKind)],
    },
    addressType: subset.addresses?.[0]?.ip.includes(':') ? 'IPv6' : 'IPv4',
    ...content,
  }
  if (old) objects.update(sliceKind, slice)
  else objects.create(sliceKind, slice)
}

function endpointsOf(subset: EndpointSubset): readonly Endpoint[] {
  return [
    ...(subset.addresses ?? []).map((address) => endpointOf(address, true)),
    ...(subset.notReadyAddresses ?? []).map((address) => endpointOf(address, false)),
  ]
}

function endpointOf({ ip, hostname, nodeName, targetRef }: EndpointAddress, ready: boolean): Endpoint {
  return {
    addresses: [ip],
    conditions: { ready },
    ...(hostname && { hostname }),
    ...(nodeName && { nodeName }),
    ...(targetRef && { targetRef }),
  }
}

function portsOf(subset: EndpointSubset) {
  return (subset.ports ?? []).map(({ name, port, protocol, appProtocol }) => ({
    name: name ?? '',
    port,
    protocol: protocol ?? 'TCP',
    ...(appProtocol && { appProtocol }),
  }))
}
