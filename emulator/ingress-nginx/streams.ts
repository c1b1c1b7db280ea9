import type { ConfigMap } from '../generated/types.ts'
import type { Backends } from './backends.ts'

/** A port that is passed on as it is: TCP or UDP, whatever is spoken there. */
export interface Stream {
  readonly port: number
  readonly protocol: 'TCP' | 'UDP'
  readonly backend: string
}

/** Ports that the controller needs itself. */
const RESERVED = new Set([80, 443, 442, 10254, 8181, 10245, 10246, 10247])

/** Ports of the ConfigMaps that `--tcp-services-configmap` and `--udp-services-configmap` name (controller.go, getStreamServices). */
export function streamsOf(
  map: ConfigMap | undefined,
  protocol: Stream['protocol'],
  backends: Backends,
  warnings: string[],
): readonly Stream[] {
  return Object.entries(map?.data ?? {}).flatMap(([text, reference]): readonly Stream[] => {
    const port = Number(text)
    const [name = '', servicePort] = reference.split(':')
    const [namespace = '', service] = name.split('/')
    const warn = (line: string): readonly Stream[] => {
      warnings.push(`W controller.go:${line}`)
      return []
    }
    if (!/^\d+$/.test(text)) return warn(`449] "${text}" is not a valid ${protocol} port number`)
    if (RESERVED.has(port))
      return warn(
        `453] Port ${port} cannot be used for ${protocol} stream services. It is reserved for the Ingress controller.`,
      )
    if (servicePort === undefined)
      return warn(`458] Invalid Service reference "${reference}" for ${protocol} port ${port}`)
    if (service === undefined) return warn(`475] invalid format (namespace/name) found in '${name}'`)
    const given = /^\d+$/.test(servicePort) ? { number: Number(servicePort) } : { name: servicePort }
    const backend = backends.of(namespace, { service: { name: service, port: given } })
    if (!backends.isEmpty(backend)) return [{ port, protocol, backend }]
    return warn(`516] Service "${name}" does not have any active Endpoint for ${protocol} port ${servicePort}`)
  })
}
