import { ageColumn } from '../api/age.ts'
import { type FieldError, field } from '../api/field.ts'
import { defineKind } from '../api/kind.ts'
import type { LimitedPriorityLevelConfiguration, PriorityLevelConfiguration } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

const TYPES = ['Exempt', 'Limited']

/** How many requests of one kind are served at a time. Kept and shown; requests never queue here. */
export const priorityLevelConfiguration = defineKind<PriorityLevelConfiguration>({
  group: 'flowcontrol.apiserver.k8s.io',
  version: 'v1',
  kind: 'PriorityLevelConfiguration',
  plural: 'prioritylevelconfigurations',
  singular: 'prioritylevelconfiguration',
  scope: 'Cluster',
  subresources: ['status'],
  schema: 'PriorityLevelConfiguration',
  default: defaultLevel,
  strategy: { prepareForCreate: (object) => ({ ...object, status: {} }) },
  validate: validateLevel,
  columns: [
    nameColumn,
    { name: 'Type', cell: ({ spec }) => spec?.type ?? '' },
    { name: 'NominalConcurrencyShares', cell: ({ spec }) => spec?.limited?.nominalConcurrencyShares ?? '<none>' },
    { name: 'Queues', cell: ({ spec }) => spec?.limited?.limitResponse?.queuing?.queues ?? '<none>' },
    { name: 'HandSize', cell: ({ spec }) => spec?.limited?.limitResponse?.queuing?.handSize ?? '<none>' },
    {
      name: 'QueueLengthLimit',
      cell: ({ spec }) => spec?.limited?.limitResponse?.queuing?.queueLengthLimit ?? '<none>',
    },
    ageColumn,
  ],
  describe: (object, context) => describeGeneric('PriorityLevelConfiguration', object, context),
})

/** Upstream: pkg/apis/flowcontrol/v1/defaults.go. */
function defaultLevel({ spec, ...object }: PriorityLevelConfiguration): PriorityLevelConfiguration {
  return {
    ...object,
    ...(spec && {
      spec: {
        ...spec,
        ...(spec.limited && { limited: defaultLimits(spec.limited) }),
        ...(spec.type === 'Exempt' && {
          exempt: {
            nominalConcurrencyShares: spec.exempt?.nominalConcurrencyShares ?? 0,
            lendablePercent: spec.exempt?.lendablePercent ?? 0,
          },
        }),
      },
    }),
  }
}

function defaultLimits(limited: LimitedPriorityLevelConfiguration): LimitedPriorityLevelConfiguration {
  const queuing = limited.limitResponse?.queuing
  return {
    ...limited,
    nominalConcurrencyShares: limited.nominalConcurrencyShares ?? 30,
    lendablePercent: limited.lendablePercent ?? 0,
    ...(limited.limitResponse && {
      limitResponse: {
        ...limited.limitResponse,
        ...(queuing && {
          queuing: {
            queues: queuing.queues || 64,
            handSize: queuing.handSize || 8,
            queueLengthLimit: queuing.queueLengthLimit || 50,
          },
        }),
      },
    }),
  }
}

/** Upstream: pkg/apis/flowcontrol/validation ValidatePriorityLevelConfigurationSpec. */
function validateLevel({ spec }: PriorityLevelConfiguration): readonly FieldError[] {
  if (!TYPES.includes(spec?.type ?? '')) return [field.notSupported('spec.type', spec?.type ?? '', TYPES)]
  if (spec?.type === 'Exempt' && spec.limited)
    return [field.forbidden('spec.limited', 'must be nil if the type is not Limited')]
  if (spec?.type === 'Limited' && !spec.limited)
    return [field.required('spec.limited', 'must not be empty when type is Limited')]
  return []
}
