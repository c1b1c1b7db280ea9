import { defineKind } from '../api/kind.ts'
import type { ComponentCondition, ComponentStatus } from '../generated/types.ts'
import { nameColumn } from './columns.ts'
import { describeGeneric } from './describe/generic.ts'

/** How the control plane's parts are, as the API server hears when asked; nobody writes these. */
export const componentStatus = defineKind<ComponentStatus>({
  group: '',
  version: 'v1',
  kind: 'ComponentStatus',
  plural: 'componentstatuses',
  singular: 'componentstatus',
  shortNames: ['cs'],
  scope: 'Cluster',
  verbs: ['get', 'list'],
  schema: 'ComponentStatus',
  deprecation: 'v1 ComponentStatus is deprecated in v1.19+',
  strategy: { bumpsGeneration: () => false },
  columns: [
    nameColumn,
    { name: 'Status', cell: ({ conditions }) => healthText(healthOf(conditions)) },
    { name: 'Message', cell: ({ conditions }) => healthOf(conditions)?.message ?? '' },
    { name: 'Error', cell: ({ conditions }) => healthOf(conditions)?.error ?? '' },
  ],
  describe: (object, context) => describeGeneric('ComponentStatus', object, context),
})

const healthOf = (conditions: readonly ComponentCondition[] | undefined): ComponentCondition | undefined =>
  conditions?.find(({ type }) => type === 'Healthy')

function healthText(condition: ComponentCondition | undefined): string {
  if (!condition) return 'Unknown'
  return condition.status === 'True' ? 'Healthy' : 'Unhealthy'
}
