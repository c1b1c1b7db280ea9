import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { defineKind } from '../api/kind.ts'
import { dns1123SubdomainErrors } from '../api/names.ts'
import type { ValidatingAdmissionPolicyBinding } from '../generated/types.ts'
import { defaultMatch } from './admission/defaults.ts'
import { chosenErrors, matchResourcesErrors, paramRefErrors } from './admission/match.ts'
import { paramRefText } from './admission/param-text.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'
import { nameErrors } from './validation/names.ts'

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

const ACTIONS = ['Audit', 'Deny', 'Warn']
const BOTH =
  'must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)'

/** Upstream: pkg/apis/admissionregistration/validation validateValidatingAdmissionPolicyBindingSpec. */
function validateBinding({ spec }: ValidatingAdmissionPolicyBinding): readonly FieldError[] {
  const { policyName = '', paramRef, matchResources, validationActions: actions = [] } = spec ?? {}
  const at = 'spec.validationActions'
  return [
    ...(policyName
      ? nameErrors('spec.policyName', policyName, dns1123SubdomainErrors)
      : [field.required('spec.policyName')]),
    ...(paramRef ? paramRefErrors('spec.paramRef', paramRef) : []),
    ...(matchResources ? matchResourcesErrors('spec.matchResources', matchResources) : []),
    ...actions.flatMap((action, index) => [
      ...chosenErrors(`${at}[${index}]`, action, ACTIONS),
      ...(actions.indexOf(action) < index ? [field.duplicate(`${at}[${index}]`, action)] : []),
    ]),
    ...(actions.includes('Deny') && actions.includes('Warn') ? [field.invalid(at, actions, BOTH)] : []),
    ...(actions.length === 0 ? [field.required(at, 'at least one validation action is required')] : []),
  ]
}
