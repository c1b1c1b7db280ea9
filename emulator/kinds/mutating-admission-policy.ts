import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { defineKind } from '../api/kind.ts'
import type { MutatingAdmissionPolicy } from '../generated/types.ts'
import { defaultMatch } from './admission/defaults.ts'
import { paramKindText } from './admission/param-text.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

/** Kept and shown; its CEL expressions are not evaluated. */
export const mutatingAdmissionPolicy = defineKind<MutatingAdmissionPolicy>({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingAdmissionPolicy',
  plural: 'mutatingadmissionpolicies',
  singular: 'mutatingadmissionpolicy',
  categories: ['api-extensions'],
  scope: 'Cluster',
  schema: 'MutatingAdmissionPolicy',
  default: ({ spec, ...object }) => ({
    ...object,
    spec: {
      ...spec,
      failurePolicy: spec?.failurePolicy ?? 'Fail',
      ...(spec?.matchConstraints && { matchConstraints: defaultMatch(spec.matchConstraints) }),
    },
  }),
  validate: validatePolicy,
  columns: [
    nameColumn,
    { name: 'Mutations', type: 'integer', cell: ({ spec }) => spec?.mutations?.length ?? 0 },
    { name: 'ParamKind', cell: ({ spec }) => paramKindText(spec?.paramKind) },
    ageColumn,
  ],
  describe: (object, context) => describeGeneric('MutatingAdmissionPolicy', object, context),
})

/** Upstream: pkg/apis/admissionregistration/validation. */
function validatePolicy({ spec }: MutatingAdmissionPolicy): readonly FieldError[] {
  const rules = spec?.matchConstraints?.resourceRules ?? []
  return [
    ...(spec?.matchConstraints ? [] : [field.required('spec.matchConstraints')]),
    ...(spec?.matchConstraints && rules.length === 0 ? [field.required('spec.matchConstraints.resourceRules')] : []),
    ...(spec?.mutations?.length ? [] : [field.required('spec.mutations', 'mutations must contain at least one item')]),
    ...(spec?.reinvocationPolicy ? [] : [field.required('spec.reinvocationPolicy')]),
  ]
}
