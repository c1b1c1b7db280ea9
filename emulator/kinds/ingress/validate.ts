import { type FieldError, field } from '../../api/field.ts'
import {
  dns1123LabelErrors,
  dns1123SubdomainErrors,
  portNameErrors,
  portNumberErrors,
  wildcardDomainErrors,
} from '../../api/names.ts'
import type {
  HTTPIngressPath,
  Ingress,
  IngressBackend,
  IngressRule,
  IngressServiceBackend,
  IngressTLS,
} from '../../generated/types.ts'
import { isIPv6, parseIPv4 } from '../validation/addresses.ts'
import { nameErrors } from '../validation/names.ts'
import { objectReferenceErrors } from './reference.ts'

const PATH_TYPES = ['Exact', 'ImplementationSpecific', 'Prefix']
const FORBIDDEN_IN_PATH = ['//', '/./', '/../', '%2f', '%2F']
const FORBIDDEN_AT_END = ['/..', '/.']
const CLASS_ANNOTATION = 'kubernetes.io/ingress.class'

/** Everything that can be wrong with an Ingress (upstream: pkg/apis/networking/validation ValidateIngress). */
export function validateIngress({ metadata, spec = {} }: Ingress, old: Ingress | undefined): readonly FieldError[] {
  const { rules = [], defaultBackend, tls = [], ingressClassName } = spec
  const annotated = metadata?.annotations?.[CLASS_ANNOTATION]
  const contradicts =
    !old && annotated !== undefined && ingressClassName !== undefined && annotated !== ingressClassName
  return [
    ...(rules.length === 0 && !defaultBackend
      ? [field.invalid('spec', null, 'either `defaultBackend` or `rules` must be specified')]
      : []),
    ...(defaultBackend ? backendErrors('spec.defaultBackend', defaultBackend) : []),
    ...rules.flatMap((rule, index) => ruleErrors(`spec.rules[${index}]`, rule)),
    ...tls.flatMap((entry, index) => tlsErrors(`spec.tls[${index}]`, entry)),
    ...(ingressClassName === undefined
      ? []
      : nameErrors('spec.ingressClassName', ingressClassName, dns1123SubdomainErrors)),
    ...(contradicts
      ? [
          field.invalid(
            `annotations.${CLASS_ANNOTATION}`,
            annotated,
            'must match `ingressClassName` when both are specified',
          ),
        ]
      : []),
  ]
}

const hostErrors = (path: string, host: string): readonly FieldError[] =>
  nameErrors(path, host, host.includes('*') ? wildcardDomainErrors : dns1123SubdomainErrors)

function tlsErrors(path: string, { hosts = [], secretName }: IngressTLS): readonly FieldError[] {
  return [
    ...hosts.flatMap((host, index) => hostErrors(`${path}.hosts[${index}]`, host)),
    ...(secretName ? nameErrors(`${path}.secretName`, secretName, dns1123SubdomainErrors) : []),
  ]
}

function ruleErrors(path: string, { host, http }: IngressRule): readonly FieldError[] {
  const isAddress = host !== undefined && (parseIPv4(host) !== undefined || isIPv6(host))
  const paths = http?.paths ?? []
  return [
    ...(isAddress ? [field.invalid(`${path}.host`, host, 'must be a DNS name, not an IP address')] : []),
    ...(host ? hostErrors(`${path}.host`, host) : []),
    ...(http && paths.length === 0 ? [field.required(`${path}.http.paths`)] : []),
    ...paths.flatMap((entry, index) => pathErrors(`${path}.http.paths[${index}]`, entry)),
  ]
}

function pathErrors(at: string, { path = '', pathType, backend }: Partial<HTTPIngressPath>): readonly FieldError[] {
  if (!pathType) return [field.required(`${at}.pathType`, 'pathType must be specified')]
  const errors: FieldError[] = []
  const refuse = (detail: string): void => void errors.push(field.invalid(`${at}.path`, path, detail))
  if (!PATH_TYPES.includes(pathType)) errors.push(field.notSupported(`${at}.pathType`, pathType, PATH_TYPES))
  else if (pathType === 'ImplementationSpecific') {
    if (path !== '' && !path.startsWith('/')) refuse('must be an absolute path')
  } else {
    if (!path.startsWith('/')) refuse('must be an absolute path')
    for (const part of FORBIDDEN_IN_PATH) if (path.includes(part)) refuse(`must not contain '${part}'`)
    for (const end of FORBIDDEN_AT_END) if (path.endsWith(end)) refuse(`cannot end with '${end}'`)
  }
  return [...errors, ...backendErrors(`${at}.backend`, backend ?? {})]
}

function backendErrors(path: string, { service, resource }: IngressBackend): readonly FieldError[] {
  if (service && resource) return [field.invalid(path, '', 'cannot set both resource and service backends')]
  if (resource) return objectReferenceErrors(`${path}.resource`, resource)
  if (service) return serviceErrors(path, service)
  return [field.invalid(path, '', 'resource or service backend is required')]
}

function serviceErrors(path: string, { name, port = {} }: IngressServiceBackend): readonly FieldError[] {
  const errors = name
    ? nameErrors(`${path}.service.name`, name, dns1123LabelErrors)
    : [field.required(`${path}.service.name`)]
  if (port.name && port.number) return [...errors, field.invalid(path, '', 'cannot set both port name & port number')]
  if (port.name) return [...errors, ...nameErrors(`${path}.service.port.name`, port.name, portNameErrors)]
  const { number } = port
  if (!number) return [...errors, field.required(path, 'port name or number is required')]
  const numberPath = `${path}.service.port.number`
  return [...errors, ...portNumberErrors(number).map((detail) => field.invalid(numberPath, number, detail))]
}
