import type { ObjectClient } from '../api/client.ts'
import { nameOf, namespaceOf } from '../controllers/metadata.ts'
import type { Service } from '../generated/types.ts'
import { service as serviceKind } from '../kinds/service.ts'

export type EnvironmentEntry = readonly [name: string, value: string]

/**
 * The Services that a Pod finds in its environment: those of its namespace, unless it declines service links, and
 * `kubernetes` always (upstream: pkg/kubelet/kubelet_pods.go getServiceEnvVarMap).
 */
export function visibleServices(
  services: readonly Service[],
  namespace: string,
  enableServiceLinks: boolean,
): readonly Service[] {
  const isMaster = (service: Service) => namespaceOf(service) === 'default' && nameOf(service) === 'kubernetes'
  const own = services.filter(
    (service) => namespaceOf(service) === namespace && (enableServiceLinks || isMaster(service)),
  )
  const master = own.some(isMaster) ? [] : services.filter(isMaster)
  return [...own, ...master].filter(hasClusterIP)
}

/** The variables of the Services that Pods of a namespace see: the same entries for all of them. */
interface Links {
  readonly entries: readonly EnvironmentEntry[]
  readonly byName: ReadonlyMap<string, string>
}

export type ServiceLinks = (namespace: string, enableServiceLinks: boolean) => Links

/** Works the links of a namespace out once, for as long as the Services stay the same. */
export function rememberServiceLinks(objects: ObjectClient): ServiceLinks {
  let services: readonly Service[] | undefined
  const known = new Map<string, Links>()
  return (namespace, enabled) => {
    const current = objects.list(serviceKind)
    if (current !== services) known.clear()
    services = current
    const key = `${enabled} ${namespace}`
    const links = known.get(key) ?? linksOf(visibleServices(current, namespace, enabled))
    known.set(key, links)
    return links
  }
}

function linksOf(services: readonly Service[]): Links {
  const byName = new Map(serviceEnvironment(services))
  return { byName, entries: [...byName] }
}

/** `{NAME}_SERVICE_HOST` and the forms of Docker links (upstream: pkg/kubelet/envvars). */
export function serviceEnvironment(services: readonly Service[]): readonly EnvironmentEntry[] {
  return services.flatMap((service) => {
    const host = service.spec?.clusterIP ?? ''
    const ports = service.spec?.ports ?? []
    const name = variable(nameOf(service))
    const first = ports[0]
    return [
      [`${name}_SERVICE_HOST`, host] as const,
      ...(first ? [[`${name}_SERVICE_PORT`, String(first.port)] as const] : []),
      ...ports
        .filter((port) => port.name)
        .map((port) => [`${name}_SERVICE_PORT_${variable(port.name ?? '')}`, String(port.port)] as const),
      ...linkVariables(name, host, ports),
    ]
  })
}

function linkVariables(
  name: string,
  host: string,
  ports: NonNullable<Service['spec']>['ports'],
): readonly EnvironmentEntry[] {
  return (ports ?? []).flatMap((port, index) => {
    const protocol = port.protocol ?? 'TCP'
    const url = `${protocol.toLowerCase()}://${host}:${port.port}`
    const prefix = `${name}_PORT_${port.port}_${protocol}`
    return [
      ...(index === 0 ? [[`${name}_PORT`, url] as const] : []),
      [prefix, url] as const,
      [`${prefix}_PROTO`, protocol.toLowerCase()] as const,
      [`${prefix}_PORT`, String(port.port)] as const,
      [`${prefix}_ADDR`, host] as const,
    ]
  })
}

function variable(name: string): string {
  return name.toUpperCase().replaceAll('-', '_')
}

function hasClusterIP(service: Service): boolean {
  const address = service.spec?.clusterIP
  return address !== undefined && address !== '' && address !== 'None'
}
