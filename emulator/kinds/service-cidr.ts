import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { jsonEqual } from '../api/json.ts'
import { defineKind } from '../api/kind.ts'
import type { ServiceCIDR } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeServiceCIDR } from './service-cidr/describe.ts'
import { cidrErrors } from './validation/addresses.ts'

/** A range that cluster IPs are taken from. */
export const serviceCIDR = defineKind<ServiceCIDR>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'ServiceCIDR',
  plural: 'servicecidrs',
  singular: 'servicecidr',
  scope: 'Cluster',
  subresources: ['status'],
  schema: 'ServiceCIDR',
  strategy: { prepareForCreate: (object) => ({ ...object, status: {} }), bumpsGeneration: () => false },
  validate: validateServiceCIDR,
  columns: [nameColumn, { name: 'CIDRs', cell: ({ spec }) => (spec?.cidrs ?? []).join(',') }, ageColumn],
  describe: describeServiceCIDR,
})

/** Upstream: pkg/apis/networking/validation ValidateServiceCIDR. */
function validateServiceCIDR({ spec }: ServiceCIDR, old: ServiceCIDR | undefined): readonly FieldError[] {
  const cidrs = spec?.cidrs ?? []
  if (cidrs.length === 0) return [field.required('spec.cidrs', 'at least one CIDR required')]
  if (cidrs.length > 2) return [field.invalid('spec', spec, 'may only hold up to 2 values')]
  const before = old?.spec?.cidrs
  return [
    ...cidrs.flatMap((cidr, index) => cidrErrors(`spec.cidrs[${index}]`, cidr)),
    ...(before && !jsonEqual(cidrs, before) ? [field.invalid('spec.cidrs', cidrs, 'field is immutable')] : []),
  ]
}
