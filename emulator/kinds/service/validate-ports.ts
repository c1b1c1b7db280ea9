import { type FieldError, field } from '../../api/field.ts'
import { dns1123LabelErrors, portNameErrors, portNumberErrors, qualifiedNameErrors } from '../../api/names.ts'
import type { ServicePort, ServiceSpec } from '../../generated/types.ts'
import { nameErrors } from '../validation/names.ts'

const PROTOCOLS = ['SCTP', 'TCP', 'UDP']

/** Each port by itself (upstream: pkg/apis/core/validation validateServicePort). */
export function portErrors(ports: readonly ServicePort[]): readonly FieldError[] {
  return ports.flatMap((port, index) => {
    const path = `spec.ports[${index}]`
    return [
      ...portNameFieldErrors(path, port, index, ports),
      ...portNumberErrors(port.port ?? 0).map((detail) => field.invalid(`${path}.port`, port.port ?? 0, detail)),
      ...protocolErrors(`${path}.protocol`, port.protocol),
      ...targetPortErrors(`${path}.targetPort`, port.targetPort),
      ...(port.appProtocol === undefined
        ? []
        : nameErrors(`${path}.appProtocol`, port.appProtocol, qualifiedNameErrors)),
    ]
  })
}

function portNameFieldErrors(
  path: string,
  { name }: ServicePort,
  index: number,
  all: readonly ServicePort[],
): readonly FieldError[] {
  if (!name) return all.length > 1 ? [field.required(`${path}.name`)] : []
  const errors = nameErrors(`${path}.name`, name, dns1123LabelErrors)
  const seen = all.slice(0, index).some((port) => port.name === name)
  return seen ? [...errors, field.duplicate(`${path}.name`, name)] : errors
}

function protocolErrors(path: string, protocol: string | undefined): readonly FieldError[] {
  if (!protocol) return [field.required(path)]
  return PROTOCOLS.includes(protocol) ? [] : [field.notSupported(path, protocol, PROTOCOLS)]
}

/** A number from 1 to 65535 or the name of a container's port (upstream: ValidatePortNumOrName). */
export function targetPortErrors(path: string, target: number | string | undefined): readonly FieldError[] {
  if (typeof target === 'string') return nameErrors(path, target, portNameErrors)
  return portNumberErrors(target ?? 0).map((detail) => field.invalid(path, target ?? 0, detail))
}

/** A ClusterIP Service has no node ports. */
export function forbiddenNodePortErrors({ type, ports = [] }: ServiceSpec): readonly FieldError[] {
  if (type !== 'ClusterIP') return []
  return ports.flatMap(({ nodePort }, index) =>
    nodePort ? [field.forbidden(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'")] : [],
  )
}

/** Two ports may not share protocol and node port, nor protocol and port. */
export function duplicatePortErrors(ports: readonly ServicePort[]): readonly FieldError[] {
  const earlier = (index: number, same: (other: ServicePort) => boolean): boolean => ports.slice(0, index).some(same)
  const nodePorts = ports.flatMap(({ nodePort, protocol }, index) =>
    nodePort && earlier(index, (other) => other.nodePort === nodePort && other.protocol === protocol)
      ? [field.duplicate(`spec.ports[${index}].nodePort`, nodePort)]
      : [],
  )
  const numbers = ports.flatMap(({ port, protocol }, index) =>
    earlier(index, (other) => other.port === port && other.protocol === protocol)
      ? [field.duplicate(`spec.ports[${index}]`, internalPort(port, protocol))]
      : [],
  )
  return [...nodePorts, ...numbers]
}

/** The API server prints its own, internal form of a port that has only these two fields set. */
const internalPort = (port: number, protocol: string | undefined) => ({
  Name: '',
  Protocol: protocol ?? '',
  AppProtocol: null,
  Port: port,
  TargetPort: 0,
  NodePort: 0,
})
