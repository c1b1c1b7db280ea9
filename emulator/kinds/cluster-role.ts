import { defineKind } from '../api/kind.ts'
import type { ClusterRole } from '../generated/types.ts'
import { roleColumns } from './rbac/columns.ts'
import { describeRole } from './rbac/describe.ts'
import { checkRules } from './rbac/escalation.ts'
import { pathSegmentErrors, RBAC_GROUP, validateClusterRole } from './rbac/validate.ts'

const RESOURCE = { group: RBAC_GROUP, plural: 'clusterroles' }

export const clusterRole = defineKind<ClusterRole>({
  group: RBAC_GROUP,
  version: 'v1',
  kind: 'ClusterRole',
  plural: 'clusterroles',
  singular: 'clusterrole',
  scope: 'Cluster',
  schema: 'ClusterRole',
  validate: validateClusterRole,
  strategy: {
    validateName: pathSegmentErrors,
    bumpsGeneration: () => false,
    prepareForCreate(object, context) {
      checkRules(RESOURCE, object, undefined, context)
      return object
    },
    prepareForUpdate(object, old, context) {
      checkRules(RESOURCE, object, old, context)
      return object
    },
  },
  columns: roleColumns,
  describe: describeRole,
})
