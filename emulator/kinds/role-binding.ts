import { defineKind } from '../api/kind.ts'
import type { RoleBinding } from '../generated/types.ts'
import { bindingColumns } from './rbac/columns.ts'
import { defaultBinding } from './rbac/defaults.ts'
import { describeBinding } from './rbac/describe.ts'
import { pathSegmentErrors, RBAC_GROUP, validateRoleBinding } from './rbac/validate.ts'

export const roleBinding = defineKind<RoleBinding>({
  group: RBAC_GROUP,
  version: 'v1',
  kind: 'RoleBinding',
  plural: 'rolebindings',
  singular: 'rolebinding',
  scope: 'Namespaced',
  schema: 'RoleBinding',
  default: defaultBinding,
  validate: validateRoleBinding,
  strategy: { validateName: pathSegmentErrors, bumpsGeneration: () => false },
  columns: bindingColumns,
  describe: describeBinding,
})
