import type { EndpointSlice, IngressBackend, Service, ServicePort } from '../generated/types.ts'
import type { Backend } from './configuration.ts'

interface Sources {
  service(namespace: string, name: string): Service | undefined
  slices(namespace: string, service: string): readonly EndpointSlice[]
}

/** The backends of one configuration, each once. */
export interface Backends {
  /** Name of the backend of a Service's port; '' for backends that are no Services. `whole`: its cluster IP stands for it. */
  of(namespace: string, backend: IngressBackend, whole?: boolean): string
  isEmpty(name: string): boolean
  all(): readonly Backend[]
}

/** Services as upstreams: their ready endpoints by EndpointSlices, not their cluster IPs (ingress-nginx: controller/endpointslices.go). */
export function createBackends(sources: Sources, warnings: string[]): Backends {
  const found = new Map<string, Backend>()
  return {
    of(namespace, { service }, whole = false) {
      if (service === undefined) return ''
      const object = sources.service(namespace, service.name)
      const only = object?.spec?.ports?.length === 1 ? object.spec.ports[0]?.port : undefined
      const port = String(service.port?.name ?? service.port?.number ?? only ?? 80)
      const name = `${namespace}-${service.name}-${port}`
      if (!found.has(name))
        found.set(name, backendOf({ name, namespace, service: service.name, port }, object, sources, warnings, whole))
      return name
    },
    isEmpty(name) {
      const backend = found.get(name)
      return backend === undefined || (backend.endpoints.length === 0 && backend.external === undefined)
    },
    all: () => [...found.values()],
  }
}

function backendOf(
  own: Pick<Backend, 'name' | 'namespace' | 'service' | 'port'>,
  service: Service | undefined,
  sources: Sources,
  warnings: string[],
  whole: boolean,
): Backend {
  const key = `${own.namespace}/${own.service}`
  if (service === undefined) {
    const why = `no object matching key "${key}" in local store`
    warnings.push(`W controller.go:1152] Error obtaining Endpoints for Service "${key}": ${why}`)
    return { ...own, endpoints: [], problem: 'no-service' }
  }
  const ports = service.spec?.ports ?? []
  const port = ports.find((one) => matches(one, own.port))
  const known = ports.map((one) => one.port).join(', ') || 'none'
  if (service.spec?.type === 'ExternalName') {
    const number = Number(port?.targetPort ?? port?.port ?? own.port)
    return { ...own, endpoints: [], external: { name: service.spec.externalName ?? '', port: number || 80 } }
  }
  const clusterIP = service.spec?.clusterIP
  if (whole && port !== undefined && clusterIP && clusterIP !== 'None')
    return { ...own, endpoints: [{ address: clusterIP, port: port.port }] }
  const endpoints = port === undefined ? [] : readyEndpoints(sources.slices(own.namespace, own.service), port)
  if (endpoints.length > 0) return { ...own, endpoints }
  warnings.push(`W controller.go:1232] Service "${key}" does not have any active Endpoint.`)
  return { ...own, endpoints, problem: port === undefined ? 'no-port' : 'no-endpoints', ports: known }
}

/** The controller takes a port's number, its target port or its name for it. */
const matches = (port: ServicePort, wanted: string): boolean =>
  String(port.port) === wanted || String(port.targetPort ?? '') === wanted || port.name === wanted

function readyEndpoints(slices: readonly EndpointSlice[], port: ServicePort): Backend['endpoints'] {
  const found = new Map<string, { readonly address: string; readonly port: number }>()
  for (const slice of slices) {
    const numbers = (slice.ports ?? []).filter(
      (one) => (one.name ?? '') === (port.name ?? '') && (one.protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
    )
    for (const { addresses, conditions } of slice.endpoints ?? []) {
      const [address] = addresses
      if (conditions?.ready === false || address === undefined) continue
      for (const { port: number } of numbers)
        if (number !== undefined) found.set(`${address}:${number}`, { address, port: number })
    }
  }
  return [...found.values()].sort((a, b) => `${a.address}`.localeCompare(b.address))
}
