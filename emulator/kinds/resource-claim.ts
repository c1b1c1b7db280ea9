import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { jsonEqual } from '../api/json.ts'
import { defineKind } from '../api/kind.ts'
import type { ResourceV1ResourceClaim } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

/** Kept and shown; without a driver a claim stays pending. */
export const resourceClaim = defineKind<ResourceV1ResourceClaim>({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceClaim',
  plural: 'resourceclaims',
  singular: 'resourceclaim',
  scope: 'Namespaced',
  subresources: ['status'],
  schema: 'ResourceV1ResourceClaim',
  strategy: { prepareForCreate: (object) => ({ ...object, status: {} }), bumpsGeneration: () => false },
  validate: validateResourceClaim,
  columns: [nameColumn, { name: 'State', cell: stateText }, ageColumn],
  describe: (object, context) => describeGeneric('ResourceClaim', object, context),
})

/** `allocated,reserved` (upstream: printers.go resourceClaimState). */
function stateText({ metadata, status }: ResourceV1ResourceClaim): string {
  const deleted = metadata?.deletionTimestamp !== undefined
  const allocation = status?.allocation ? ['allocated', ...(status.reservedFor?.length ? ['reserved'] : [])] : []
  return [...(deleted ? ['deleted'] : []), ...(status?.allocation || deleted ? allocation : ['pending'])].join(',')
}

function validateResourceClaim(
  { spec }: ResourceV1ResourceClaim,
  old: ResourceV1ResourceClaim | undefined,
): readonly FieldError[] {
  return old && !jsonEqual(spec, old.spec) ? [field.invalid('spec', spec, 'field is immutable')] : []
}
