import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { defineKind } from '../api/kind.ts'
import type { FlowSchema } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

const DISTINGUISHERS = ['ByNamespace', 'ByUser']

/** Which requests share a priority level. Kept and shown; requests never queue here. */
export const flowSchema = defineKind<FlowSchema>({
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  kind: 'FlowSchema',
  plural: 'flowschemas',
  singular: 'flowschema',
  scope: 'Cluster',
  subresources: ['status'],
  schema: 'FlowSchema',
  default: ({ spec, ...object }) => ({
    ...object,
    spec: {
      ...spec,
      priorityLevelConfiguration: spec?.priorityLevelConfiguration ?? { name: '' },
      matchingPrecedence: spec?.matchingPrecedence || 1000,
    },
  }),
  strategy: { prepareForCreate: (object) => ({ ...object, status: {} }) },
  validate: validateFlowSchema,
  columns: [
    nameColumn,
    { name: 'PriorityLevel', cell: ({ spec }) => spec?.priorityLevelConfiguration.name ?? '' },
    { name: 'MatchingPrecedence', type: 'integer', cell: ({ spec }) => spec?.matchingPrecedence ?? 0 },
    { name: 'DistinguisherMethod', cell: ({ spec }) => spec?.distinguisherMethod?.type ?? '<none>' },
    ageColumn,
    {
      name: 'MissingPL',
      cell: ({ status }) => status?.conditions?.find(({ type }) => type === 'Dangling')?.status ?? '?',
    },
  ],
  describe: (object, context) => describeGeneric('FlowSchema', object, context),
})

/** Upstream: pkg/apis/flowcontrol/validation ValidateFlowSchemaSpec. */
function validateFlowSchema({ spec }: FlowSchema): readonly FieldError[] {
  const {
    matchingPrecedence: precedence = 0,
    distinguisherMethod: method,
    priorityLevelConfiguration: level,
  } = spec ?? {}
  const errors: FieldError[] = []
  if (precedence <= 0) errors.push(field.invalid('spec.matchingPrecedence', precedence, 'must be a positive value'))
  if (precedence > 10_000)
    errors.push(field.invalid('spec.matchingPrecedence', precedence, 'must not be greater than 10000'))
  if (method && !DISTINGUISHERS.includes(method.type))
    errors.push(field.notSupported('spec.distinguisherMethod.type', method.type, DISTINGUISHERS))
  if (!level?.name)
    errors.push(field.required('spec.priorityLevelConfiguration.name', 'must reference a priority level'))
  return errors
}
