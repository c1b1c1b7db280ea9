import { type FieldError, field } from '../../api/field.ts'
import {
  dns1123LabelErrors,
  dns1123SubdomainErrors,
  labelValueErrors,
  portNumberErrors,
  qualifiedNameErrors,
} from '../../api/names.ts'
import type { DiscoveryV1EndpointPort, Endpoint, EndpointSlice } from '../../generated/types.ts'
import { endpointIPErrors, ipErrors, isIPv6, parseIPv4 } from '../validation/addresses.ts'
import { nameErrors } from '../validation/names.ts'

const ADDRESS_TYPES = ['FQDN', 'IPv4', 'IPv6']
const PROTOCOLS = ['SCTP', 'TCP', 'UDP']
const MAX_ADDRESSES = 100
const MAX_PORTS = 20000
const MAX_ENDPOINTS = 1000
const MAX_HINTS = 8

/** Everything that can be wrong with an EndpointSlice (upstream: pkg/apis/discovery/validation ValidateEndpointSlice). */
export function validateEndpointSlice(slice: EndpointSlice, old: EndpointSlice | undefined): readonly FieldError[] {
  const { addressType } = slice
  const endpoints = slice.endpoints ?? []
  const ports = slice.ports ?? []
  // Endpoints that are the same values were looked at when they were stored.
  const known = new Set(old?.addressType === addressType ? old.endpoints : [])
  return [
    ...addressTypeErrors(addressType),
    ...(endpoints.length > MAX_ENDPOINTS
      ? [tooMany('endpoints', endpoints.length, MAX_ENDPOINTS)]
      : endpoints.flatMap((endpoint, index) =>
          known.has(endpoint) ? [] : endpointErrors(`endpoints[${index}]`, endpoint, addressType),
        )),
    ...(ports.length > MAX_PORTS
      ? [tooMany('ports', ports.length, MAX_PORTS)]
      : ports.flatMap((port, index) => portErrors(`ports[${index}]`, port, ports.slice(0, index)))),
    ...(old && old.addressType !== addressType
      ? [field.invalid('addressType', addressType, 'field is immutable')]
      : []),
  ]
}

const tooMany = (path: string, value: number, limit: number): FieldError => ({
  type: 'TooMany',
  path,
  value,
  detail: `must have at most ${limit} items`,
})

function addressTypeErrors(type: string | undefined): readonly FieldError[] {
  if (!type) return [field.required('addressType')]
  return ADDRESS_TYPES.includes(type) ? [] : [field.notSupported('addressType', type, ADDRESS_TYPES)]
}

function endpointErrors(
  path: string,
  { addresses = [], hostname, nodeName, hints }: Endpoint,
  type: string,
): readonly FieldError[] {
  const errors: FieldError[] = []
  if (addresses.length === 0) errors.push(field.required(`${path}.addresses`, 'must contain at least 1 address'))
  if (addresses.length > MAX_ADDRESSES) errors.push(tooMany(`${path}.addresses`, addresses.length, MAX_ADDRESSES))
  for (const [index, address] of addresses.entries())
    errors.push(...addressErrors(`${path}.addresses[${index}]`, address, type))
  if (nodeName !== undefined) errors.push(...nameErrors(`${path}.nodeName`, nodeName, dns1123SubdomainErrors))
  if (hostname !== undefined) errors.push(...nameErrors(`${path}.hostname`, hostname, dns1123LabelErrors))
  errors.push(...hintErrors(`${path}.hints.forZones`, hints?.forZones, labelValueErrors))
  errors.push(...hintErrors(`${path}.hints.forNodes`, hints?.forNodes, dns1123SubdomainErrors))
  return errors
}

/** upstream: validateHints */
function hintErrors(
  path: string,
  hints: readonly { readonly name: string }[] = [],
  rule: (name: string) => readonly string[],
): readonly FieldError[] {
  if (hints.length > MAX_HINTS) return [tooMany(path, hints.length, MAX_HINTS)]
  return hints.flatMap(({ name }, index) => [
    ...(hints.findIndex((other) => other.name === name) < index
      ? [field.duplicate(`${path}[${index}].name`, name)]
      : []),
    ...nameErrors(`${path}[${index}].name`, name, rule),
  ])
}

function addressErrors(path: string, address: string, type: string): readonly FieldError[] {
  if (type === 'FQDN') return domainErrors(path, address)
  const malformed = ipErrors(path, address)
  if (malformed.length > 0) return malformed
  if (type === 'IPv4' && parseIPv4(address) === undefined)
    return [field.invalid(path, address, 'must be an IPv4 address')]
  if (type === 'IPv6' && !isIPv6(address)) return [field.invalid(path, address, 'must be an IPv6 address')]
  return endpointIPErrors(path, address)
}

/** A fully qualified domain name, with or without its last dot (upstream: IsFullyQualifiedDomainName). */
function domainErrors(path: string, address: string): readonly FieldError[] {
  if (address === '') return [field.required(path)]
  const domain = address.replace(/\.$/, '')
  const malformed = dns1123SubdomainErrors(domain)
  if (malformed.length > 0) return [field.invalid(path, domain, malformed.join(','))]
  const labels = domain.split('.')
  if (labels.length < 2)
    return [field.invalid(path, domain, 'should be a domain with at least two segments separated by dots')]
  const label = labels.find((one) => dns1123LabelErrors(one).length > 0)
  return label === undefined ? [] : [field.invalid(path, label, dns1123LabelErrors(label).join(','))]
}

function portErrors(
  path: string,
  { name = '', port, protocol, appProtocol }: DiscoveryV1EndpointPort,
  before: readonly DiscoveryV1EndpointPort[],
): readonly FieldError[] {
  const duplicate = before.some((other) => (other.name ?? '') === name)
  return [
    ...(name === '' ? [] : nameErrors(`${path}.name`, name, dns1123LabelErrors)),
    ...(duplicate ? [field.duplicate(`${path}.name`, name)] : []),
    ...(!protocol
      ? [field.required(`${path}.protocol`)]
      : PROTOCOLS.includes(protocol)
        ? []
        : [field.notSupported(`${path}.protocol`, protocol, PROTOCOLS)]),
    ...(port === undefined ? [] : portNumberErrors(port).map((detail) => field.invalid(`${path}.port`, port, detail))),
    ...(appProtocol === undefined ? [] : nameErrors(`${path}.appProtocol`, appProtocol, qualifiedNameErrors)),
  ]
}
