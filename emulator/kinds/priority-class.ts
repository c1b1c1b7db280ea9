import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { defineKind } from '../api/kind.ts'
import type { PriorityClass } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describePriorityClass } from './priority-class/describe.ts'

const HIGHEST_OF_USERS = 1_000_000_000
/** The classes that every cluster has (upstream: pkg/apis/scheduling/helpers.go). */
const SYSTEM_CLASSES: ReadonlyMap<string, number> = new Map([
  ['system-node-critical', 2_000_001_000],
  ['system-cluster-critical', 2_000_000_000],
])
const POLICIES = ['Never', 'PreemptLowerPriority']

export const priorityClass = defineKind<PriorityClass>({
  group: 'scheduling.k8s.io',
  version: 'v1',
  kind: 'PriorityClass',
  plural: 'priorityclasses',
  singular: 'priorityclass',
  shortNames: ['pc'],
  scope: 'Cluster',
  schema: 'PriorityClass',
  default: (object) => ({
    ...object,
    value: object.value ?? 0,
    preemptionPolicy: object.preemptionPolicy ?? 'PreemptLowerPriority',
  }),
  strategy: {
    prepareForCreate: (object) => ({ ...object, metadata: { ...object.metadata, generation: 1 } }),
    allowCreateOnUpdate: true,
  },
  validate: validatePriorityClass,
  columns: [
    nameColumn,
    { name: 'Value', type: 'integer', cell: ({ value }) => value ?? 0 },
    { name: 'Global-Default', cell: ({ globalDefault }) => String(globalDefault ?? false) },
    ageColumn,
    { name: 'PreemptionPolicy', cell: ({ preemptionPolicy }) => preemptionPolicy ?? 'PreemptLowerPriority' },
  ],
  describe: describePriorityClass,
})

/** Upstream: pkg/apis/scheduling/validation. */
function validatePriorityClass(object: PriorityClass, old: PriorityClass | undefined): readonly FieldError[] {
  const { metadata, value = 0, preemptionPolicy: policy = '' } = object
  const errors: FieldError[] = []
  const name = metadata?.name ?? ''
  if (name.startsWith('system-') && SYSTEM_CLASSES.get(name) !== value)
    errors.push(
      field.forbidden(
        'metadata.name',
        `priority class names with 'system-' prefix are reserved for system use only. error: ${systemProblem(name)}`,
      ),
    )
  if (!name.startsWith('system-') && value > HIGHEST_OF_USERS)
    errors.push(field.forbidden('value', `maximum allowed value of a user defined priority is ${HIGHEST_OF_USERS}`))
  if (!POLICIES.includes(policy)) errors.push(field.notSupported('preemptionPolicy', policy, [...POLICIES].reverse()))
  if (old && old.value !== value) errors.push(field.forbidden('value', 'may not be changed in an update.'))
  if (old && old.preemptionPolicy !== policy)
    errors.push(field.invalid('preemptionPolicy', policy, 'field is immutable'))
  return errors
}

const systemProblem = (name: string): string =>
  SYSTEM_CLASSES.has(name)
    ? `value of ${name} PriorityClass must be ${SYSTEM_CLASSES.get(name)}`
    : `${name} is not a known system priority class`
