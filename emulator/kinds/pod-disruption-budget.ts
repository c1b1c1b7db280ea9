import { ageColumn } from '../api/age.ts'
import { defineKind } from '../api/kind.ts'
import type { PodDisruptionBudget } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describePodDisruptionBudget } from './pod-disruption-budget/describe.ts'
import { validatePodDisruptionBudget } from './pod-disruption-budget/validate.ts'

export const podDisruptionBudget = defineKind<PodDisruptionBudget>({
  group: 'policy',
  version: 'v1',
  kind: 'PodDisruptionBudget',
  plural: 'poddisruptionbudgets',
  singular: 'poddisruptionbudget',
  shortNames: ['pdb'],
  scope: 'Namespaced',
  subresources: ['status'],
  schema: 'PodDisruptionBudget',
  strategy: {
    prepareForCreate: (object) => ({
      ...object,
      status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
    }),
  },
  validate: validatePodDisruptionBudget,
  columns: [
    nameColumn,
    { name: 'Min Available', cell: ({ spec }) => String(spec?.minAvailable ?? 'N/A') },
    { name: 'Max Unavailable', cell: ({ spec }) => String(spec?.maxUnavailable ?? 'N/A') },
    { name: 'Allowed Disruptions', type: 'integer', cell: ({ status }) => status?.disruptionsAllowed ?? 0 },
    ageColumn,
  ],
  describe: describePodDisruptionBudget,
})
