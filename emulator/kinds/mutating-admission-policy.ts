import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { MutatingAdmissionPolicy } from '../generated/types.ts'
import { defaultMatch } from './admission/defaults.ts'
import { paramKindText } from './admission/param-text.ts'
import { mutatingPolicyErrors } from './admission/validate-policy.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

/** Its expressions are evaluated in emulator/admission. */
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
  validate: mutatingPolicyErrors,
  columns: [
    nameColumn,
    { name: 'Mutations', type: 'integer', cell: ({ spec }) => spec?.mutations?.length ?? 0 },
    { name: 'ParamKind', cell: ({ spec }) => paramKindText(spec?.paramKind) },
    ageColumn,
  ],
  describe: (object, context) => describeGeneric('MutatingAdmissionPolicy', object, context),
})
