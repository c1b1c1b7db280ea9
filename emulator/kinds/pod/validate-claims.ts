import { type FieldError, field } from '../../api/field.ts'
import { dns1123LabelErrors, dns1123SubdomainErrors } from '../../api/names.ts'
import { addQuantities, formatQuantity, parseQuantity, type Quantity } from '../../api/quantity.ts'
import type { PodResourceClaim, PodSpec } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'
import { nameErrors } from '../validation/names.ts'
import { internalForm } from './internal-form.ts'
import { podResourceNameErrors, requirementErrors } from './validate-resources.ts'

/** Devices that a Pod claims (upstream: pkg/apis/core/validation validatePodResourceClaims). */
export const resourceClaimErrors = (path: string, claims: readonly PodResourceClaim[]): readonly FieldError[] =>
  claims.flatMap((claim, index) => {
    const at = `${path}[${index}]`
    const { name, resourceClaimName: existing, resourceClaimTemplateName: template } = claim
    const whole = (detail: string) => [field.invalid(at, internalForm(claim, 'PodResourceClaim'), detail)]
    const again = claims.slice(0, index).some((other) => other.name === name)
    return [
      ...(!name
        ? [field.required(`${at}.name`)]
        : again
          ? [field.duplicate(`${at}.name`, name)]
          : nameErrors(`${at}.name`, name, dns1123LabelErrors)),
      ...(existing !== undefined && template !== undefined
        ? whole('at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified')
        : []),
      ...(existing === undefined && template === undefined
        ? whole('must specify one of: `resourceClaimName`, `resourceClaimTemplateName`')
        : []),
      ...(existing === undefined ? [] : nameErrors(`${at}.resourceClaimName`, existing, dns1123SubdomainErrors)),
      ...(template === undefined
        ? []
        : nameErrors(`${at}.resourceClaimTemplateName`, template, dns1123SubdomainErrors)),
    ]
  })

/** What a Pod asks for as a whole holds what its containers ask for (upstream: validatePodResources). */
export function podResourcesErrors(path: string, spec: PodSpec): readonly FieldError[] {
  const { resources } = spec
  if (!resources) return []
  const claims = spec.resourceClaims?.map(({ name }) => name) ?? []
  return [
    ...(resources.claims ? [field.forbidden(`${path}.claims`, 'claims cannot be set for Resources at pod-level')] : []),
    ...requirementErrors(path, resources, claims, podResourceNameErrors),
    ...aggregateErrors(path, spec),
    ...limitErrors(path, spec),
  ]
}

function aggregateErrors(path: string, { containers = [], resources }: PodSpec): readonly FieldError[] {
  const sums = new Map<string, Quantity>()
  for (const container of containers)
    for (const [name, text] of Object.entries(container.resources?.requests ?? {})) {
      const amount = parseQuantity(text)
      const before = sums.get(name)
      if (amount) sums.set(name, before ? addQuantities(before, amount) : amount)
    }
  return [...sums]
    .sort(([a], [b]) => byBytes(a, b))
    .flatMap(([name, sum]) => {
      const whole = resources?.requests?.[name] ?? '0'
      if (sum.nano <= (parseQuantity(whole)?.nano ?? 0n)) return []
      const detail = `must be greater than or equal to aggregate container requests of ${formatQuantity(sum)}`
      return [field.invalid(`${path}.requests[${name}]`, whole, detail)]
    })
}

function limitErrors(path: string, { containers = [], resources }: PodSpec): readonly FieldError[] {
  return containers.flatMap((container, index) =>
    Object.entries(container.resources?.limits ?? {})
      .sort(([a], [b]) => byBytes(a, b))
      .flatMap(([name, text]) => {
        const whole = resources?.limits?.[name]
        if (whole === undefined || (parseQuantity(text)?.nano ?? 0n) <= (parseQuantity(whole)?.nano ?? 0n)) return []
        const at = `${path}.containers[${index}][${name}].limits`
        return [field.invalid(at, text, `must be less than or equal to pod limits of ${whole}`)]
      }),
  )
}
