import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { defineKind } from '../api/kind.ts'
import type { ValidatingAdmissionPolicyBinding } from '../generated/types.ts'
import { defaultMatch } from './admission/defaults.ts'
import { paramRefText } from './admission/param-text.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

export const validatingAdmissionPolicyBinding = defineKind<ValidatingAdmissionPolicyBinding>({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'ValidatingAdmissionPolicyBinding',
  plural: 'validatingadmissionpolicybindings',
  singular: 'validatingadmissionpolicybinding',
  categories: ['api-extensions'],
  scope: 'Cluster',
  schema: 'ValidatingAdmissionPolicyBinding',
  default: (object) => ({
    ...object,
    ...(object.spec?.matchResources && {
      spec: { ...object.spec, matchResources: defaultMatch(object.spec.matchResources) },
    }),
  }),
  validate: validateBinding,
  columns: [
    nameColumn,
    { name: 'PolicyName', cell: ({ spec }) => spec?.policyName ?? '' },
    { name: 'ParamRef', cell: ({ spec }) => paramRefText(spec?.paramRef) },
    ageColumn,
  ],
  describe: (object, context) => describeGeneric('ValidatingAdmissionPolicyBinding', object, context),
})

/** Upstream: pkg/apis/admissionregistration/validation. */
function validateBinding({ spec }: ValidatingAdmissionPolicyBinding): readonly FieldError[] {
  return [
    ...(spec?.policyName ? [] : [field.required('spec.policyName')]),
    ...(spec?.validationActions?.length
      ? []
      : [field.required('spec.validationActions', 'at least one validation action is required')]),
  ]
}
