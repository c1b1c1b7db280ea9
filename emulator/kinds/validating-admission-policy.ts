import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { ValidatingAdmissionPolicy } from '../generated/types.ts'
import { defaultMatch } from './admission/defaults.ts'
import { paramKindText } from './admission/param-text.ts'
import { validatingPolicyErrors } from './admission/validate-policy.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

/** Its expressions are evaluated in emulator/admission. */
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
  validate: validatingPolicyErrors,
  columns: [
    nameColumn,
    { name: 'Validations', type: 'integer', cell: ({ spec }) => spec?.validations?.length ?? 0 },
    { name: 'ParamKind', cell: ({ spec }) => paramKindText(spec?.paramKind) },
    ageColumn,
  ],
  describe: (object, context) => describeGeneric('ValidatingAdmissionPolicy', object, context),
})
