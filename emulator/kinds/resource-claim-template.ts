import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { jsonEqual } from '../api/json.ts'
import { defineKind } from '../api/kind.ts'
import type { ResourceClaimTemplate } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

export const resourceClaimTemplate = defineKind<ResourceClaimTemplate>({
  group: 'resource.k8s.io',
  version: 'v1',
  kind: 'ResourceClaimTemplate',
  plural: 'resourceclaimtemplates',
  singular: 'resourceclaimtemplate',
  scope: 'Namespaced',
  schema: 'ResourceClaimTemplate',
  strategy: { bumpsGeneration: () => false },
  validate: ({ spec }, old): readonly FieldError[] =>
    old && !jsonEqual(spec, old.spec) ? [field.invalid('spec', spec, 'field is immutable')] : [],
  columns: [nameColumn, ageColumn],
  describe: (object, context) => describeGeneric('ResourceClaimTemplate', object, context),
})
