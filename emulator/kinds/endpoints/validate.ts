import { type FieldError, field } from '../../api/field.ts'
import { dns1123LabelErrors, dns1123SubdomainErrors, portNumberErrors, qualifiedNameErrors } from '../../api/names.ts'
import type { CoreV1EndpointPort, EndpointAddress, EndpointSubset, Endpoints } from '../../generated/types.ts'
import { endpointIPErrors, ipErrors } from '../validation/addresses.ts'
import { nameErrors } from '../validation/names.ts'

const PROTOCOLS = ['SCTP', 'TCP', 'UDP']

/** Everything that can be wrong with Endpoints (upstream: pkg/apis/core/validation ValidateEndpoints). */
export function validateEndpoints({ subsets = [] }: Endpoints): readonly FieldError[] {
  return subsets.flatMap((subset, index) => subsetErrors(`subsets[${index}]`, subset))
}

function subsetErrors(
  path: string,
  { addresses = [], notReadyAddresses = [], ports = [] }: EndpointSubset,
): readonly FieldError[] {
  const all = (name: string, list: readonly EndpointAddress[]): readonly FieldError[] =>
    list.flatMap((address, index) => addressErrors(`${path}.${name}[${index}]`, address))
  return [
    ...(addresses.length + notReadyAddresses.length === 0
      ? [field.required(path, 'must specify `addresses` or `notReadyAddresses`')]
      : []),
    ...all('addresses', addresses),
    ...all('notReadyAddresses', notReadyAddresses),
    ...ports.flatMap((port, index) => portErrors(`${path}.ports[${index}]`, port, ports.length > 1)),
  ]
}

function addressErrors(path: string, { ip, hostname, nodeName }: EndpointAddress): readonly FieldError[] {
  return [
    ...ipErrors(`${path}.ip`, ip ?? ''),
    ...(hostname ? nameErrors(`${path}.hostname`, hostname, dns1123LabelErrors) : []),
    ...(nodeName === undefined ? [] : nameErrors(`${path}.nodeName`, nodeName, dns1123SubdomainErrors)),
    ...endpointIPErrors(`${path}.ip`, ip ?? ''),
  ]
}

function portErrors(
  path: string,
  { name, port, protocol, appProtocol }: CoreV1EndpointPort,
  requireName: boolean,
): readonly FieldError[] {
  return [
    ...(requireName && !name ? [field.required(`${path}.name`)] : []),
    ...(name ? nameErrors(`${path}.name`, name, dns1123LabelErrors) : []),
    ...portNumberErrors(port ?? 0).map((detail) => field.invalid(`${path}.port`, port ?? 0, detail)),
    ...(!protocol
      ? [field.required(`${path}.protocol`)]
      : PROTOCOLS.includes(protocol)
        ? []
        : [field.notSupported(`${path}.protocol`, protocol, PROTOCOLS)]),
    ...(appProtocol === undefined ? [] : nameErrors(`${path}.appProtocol`, appProtocol, qualifiedNameErrors)),
  ]
}
