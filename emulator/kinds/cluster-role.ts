import { defineKind } from '../api/kind.ts'
import type { ClusterRole } from '../generated/types.ts'
import { roleColumns } from './rbac/columns.ts'
import { describeRole } from './rbac/describe.ts'
import { pathSegmentErrors, RBAC_GROUP, validateClusterRole } from './rbac/validate.ts'

export const clusterRole = defineKind<ClusterRole>({
  group: RBAC_GROUP,
  version: 'v1',
  kind: 'ClusterRole',
  plural: 'clusterroles',
  singular: 'clusterrole',
  scope: 'Cluster',
  schema: 'ClusterRole',
  validate: validateClusterRole,
  strategy: { validateName: pathSegmentErrors, bumpsGeneration: () => false },
  columns: roleColumns,
  describe: describeRole,
})
