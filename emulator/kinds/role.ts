import { defineKind } from '../api/kind.ts'
import type { Role } from '../generated/types.ts'
import { roleColumns } from './rbac/columns.ts'
import { describeRole } from './rbac/describe.ts'
import { pathSegmentErrors, RBAC_GROUP, validateRole } from './rbac/validate.ts'

export const role = defineKind<Role>({
  group: RBAC_GROUP,
  version: 'v1',
  kind: 'Role',
  plural: 'roles',
  singular: 'role',
  scope: 'Namespaced',
  schema: 'Role',
  validate: validateRole,
  strategy: { validateName: pathSegmentErrors, bumpsGeneration: () => false },
  columns: roleColumns,
  describe: describeRole,
})
