import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { defineKind } from '../api/kind.ts'
import type { ValidatingAdmissionPolicy } from '../generated/types.ts'
import { defaultMatch } from './admission/defaults.ts'
import { paramKindText } from './admission/param-text.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

/** Kept and shown; its CEL expressions are not evaluated. */
export const validatingAdmissionPolicy = defineKind<ValidatingAdmissionPolicy>({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicy',
  plural: 'validatingadmissionpolicies',
  singular: 'validatingadmissionpolicy',
  categories: ['api-extensions'],
  scope: 'Cluster',
  subresources: ['status'],
  schema: 'ValidatingAdmissionPolicy',
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
    { name: 'Validations', type: 'integer', cell: ({ spec }) => spec?.validations?.length ?? 0 },
    { name: 'ParamKind', cell: ({ spec }) => paramKindText(spec?.paramKind) },
    ageColumn,
  ],
  describe: (object, context) => describeGeneric('ValidatingAdmissionPolicy', object, context),
})

/** Upstream: pkg/apis/admissionregistration/validation. */
function validatePolicy({ spec }: ValidatingAdmissionPolicy): readonly FieldError[] {
  const rules = spec?.matchConstraints?.resourceRules ?? []
  return [
    ...(spec?.matchConstraints ? [] : [field.required('spec.matchConstraints')]),
    ...(spec?.matchConstraints && rules.length === 0 ? [field.required('spec.matchConstraints.resourceRules')] : []),
    ...(spec?.validations?.length || spec?.auditAnnotations?.length
      ? []
      : [field.required('spec.validations', 'validations or auditAnnotations must contain at least one item')]),
  ]
}
