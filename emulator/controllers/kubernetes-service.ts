import { jsonEqual } from '../api/json.ts'
import { endpointSlice as sliceKind } from '../kinds/endpoint-slice.ts'
import { endpoints as endpointsKind } from '../kinds/endpoints.ts'
import { namespace as namespaceKind } from '../kinds/namespace.ts'
import { service as serviceKind } from '../kinds/service.ts'
import { type ControllerDefinition, defineController, type ReconcileContext } from './controller.ts'
import { nameOf, namespaceOf } from './metadata.ts'

export interface ApiServerAddress {
  readonly address: string
  readonly port: number
  readonly clusterIP: string
}

const where = { name: 'kubernetes', namespace: 'default' }

/** The API server keeps its own Service with its endpoints (upstream: pkg/controlplane/controller/kubernetesservice). */
export function createKubernetesServiceController(server: ApiServerAddress): ControllerDefinition {
  const own = (object: Parameters<typeof nameOf>[0]) =>
    nameOf(object) === where.name && namespaceOf(object) === where.namespace
      ? [{ namespace: undefined, name: 'default' }]
      : []
  return defineController({
    name: 'kubernetes-service-controller',
    for: namespaceKind,
    watches: [
      { kind: serviceKind, keys: own },
      { kind: endpointsKind, keys: own },
      { kind: sliceKind, keys: own },
    ],
    delayMs: [200, 2000],
    reconcile(key, context) {
      if (key.name === 'default') keep(server, context)
      return undefined
    },
  })
}

function keep(server: ApiServerAddress, { objects }: ReconcileContext): void {
  if (!objects.get(serviceKind, where.namespace, where.name)) {
    objects.create(serviceKind, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { ...where, labels: { component: 'apiserver', provider: 'kubernetes' } },
      spec: {
        type: 'ClusterIP',
        clusterIP: server.clusterIP,
        ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: server.port }],
        sessionAffinity: 'None',
      },
    })
  }
  keepEndpoints(server, objects)
  keepSlice(server, objects)
}

function keepEndpoints(server: ApiServerAddress, objects: ReconcileContext['objects']): void {
  const subsets = [
    { addresses: [{ ip: server.address }], ports: [{ name: 'https', port: server.port, protocol: 'TCP' }] },
  ]
  const old = objects.get(endpointsKind, where.namespace, where.name)
  const labels = { 'endpointslice.kubernetes.io/skip-mirror': 'true' }
  const wanted = { apiVersion: 'v1', kind: 'Endpoints', metadata: { ...old?.metadata, ...where, labels }, subsets }
  if (!old) objects.create(endpointsKind, wanted)
  else if (!jsonEqual(old.subsets, subsets)) objects.update(endpointsKind, wanted)
}

function keepSlice(server: ApiServerAddress, objects: ReconcileContext['objects']): void {
  const old = objects.get(sliceKind, where.namespace, where.name)
  const content = {
    endpoints: [{ addresses: [server.address], conditions: { ready: true } }],
    ports: [{ name: 'https', port: server.port, protocol: 'TCP' }],
  }
  const labels = { 'kubernetes.io/service-name': 'kubernetes' }
  const metadata = { ...old?.metadata, ...where, labels }
  const wanted = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata, addressType: 'IPv4', ...content }
  if (!old) objects.create(sliceKind, wanted)
  else if (!jsonEqual({ endpoints: old.endpoints, ports: old.ports }, content)) objects.update(sliceKind, wanted)
}
