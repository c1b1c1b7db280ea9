import { defineKind } from '../api/kind.ts'
import type { Role } from '../generated/types.ts'
import { roleColumns } from './rbac/columns.ts'
import { describeRole } from './rbac/describe.ts'
import { checkRules } from './rbac/escalation.ts'
import { pathSegmentErrors, RBAC_GROUP, validateRole } from './rbac/validate.ts'

const RESOURCE = { group: RBAC_GROUP, plural: 'roles' }

export const role = defineKind<Role>({
  group: RBAC_GROUP,
  version: 'v1',
  kind: 'Role',
  plural: 'roles',
  singular: 'role',
  scope: 'Namespaced',
  schema: 'Role',
  validate: validateRole,
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
