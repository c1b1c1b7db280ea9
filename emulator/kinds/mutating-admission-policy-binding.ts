import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { defineKind } from '../api/kind.ts'
import { dns1123SubdomainErrors } from '../api/names.ts'
import type { MutatingAdmissionPolicyBinding } from '../generated/types.ts'
import { defaultMatch } from './admission/defaults.ts'
import { matchResourcesErrors, paramRefErrors } from './admission/match.ts'
import { paramRefText } from './admission/param-text.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'
import { nameErrors } from './validation/names.ts'

export const mutatingAdmissionPolicyBinding = defineKind<MutatingAdmissionPolicyBinding>({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind: 'MutatingAdmissionPolicyBinding',
  plural: 'mutatingadmissionpolicybindings',
  singular: 'mutatingadmissionpolicybinding',
  categories: ['api-extensions'],
  scope: 'Cluster',
  schema: 'MutatingAdmissionPolicyBinding',
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
  describe: (object, context) => describeGeneric('MutatingAdmissionPolicyBinding', object, context),
})

/** Upstream: pkg/apis/admissionregistration/validation validateMutatingAdmissionPolicyBindingSpec. */
function validateBinding({ spec }: MutatingAdmissionPolicyBinding): readonly FieldError[] {
  const { policyName = '', paramRef, matchResources } = spec ?? {}
  return [
    ...(policyName
      ? nameErrors('spec.policyName', policyName, dns1123SubdomainErrors)
      : [field.required('spec.policyName')]),
    ...(paramRef ? paramRefErrors('spec.paramRef', paramRef) : []),
    ...(matchResources ? matchResourcesErrors('spec.matchResources', matchResources) : []),
  ]
}
