import { type FieldError, field } from '../../api/field.ts'
import { jsonEqual } from '../../api/json.ts'
import { dns1123SubdomainErrors } from '../../api/names.ts'
import type { Service } from '../../generated/types.ts'
import { ipErrors, isIPv6, parseIPv4 } from '../validation/addresses.ts'
import { nameErrors } from '../validation/names.ts'

const MODES = ['Proxy', 'VIP']

/** Where a load balancer can be reached, as its controller reports it (upstream: ValidateLoadBalancerStatus). */
export function loadBalancerStatusErrors({ spec, status }: Service, old: Service): readonly FieldError[] {
  const path = 'status.loadBalancer.ingress'
  const ingress = status?.loadBalancer?.ingress ?? []
  if (jsonEqual(ingress, old.status?.loadBalancer?.ingress ?? [])) return []
  if (spec?.type !== 'LoadBalancer')
    return ingress.length > 0 ? [field.forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'")] : []
  return ingress.flatMap(({ ip = '', ipMode, hostname = '' }, index) => {
    const at = `${path}[${index}]`
    const mode = `${at}.ipMode`
    const errors: FieldError[] = ip === '' ? [] : [...ipErrors(`${at}.ip`, ip)]
    if (ipMode === undefined && ip !== '') errors.push(field.required(mode, 'must be specified when `ip` is set'))
    else if (ipMode !== undefined && ip === '')
      errors.push(field.forbidden(mode, 'may not be specified when `ip` is not set'))
    else if (ipMode !== undefined && !MODES.includes(ipMode)) errors.push(field.notSupported(mode, ipMode, MODES))
    if (hostname === '') return errors
    errors.push(...nameErrors(`${at}.hostname`, hostname, dns1123SubdomainErrors))
    if (parseIPv4(hostname) !== undefined || isIPv6(hostname))
      errors.push(field.invalid(`${at}.hostname`, hostname, 'must be a DNS name, not an IP address'))
    return errors
  })
}
