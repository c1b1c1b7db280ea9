import { defineKind, type StrategyContext } from '../api/kind.ts'
import type { RoleBinding } from '../generated/types.ts'
import { clusterRole } from './cluster-role.ts'
import { bindingColumns } from './rbac/columns.ts'
import { defaultBinding } from './rbac/defaults.ts'
import { describeBinding } from './rbac/describe.ts'
import { checkBinding } from './rbac/escalation.ts'
import { pathSegmentErrors, RBAC_GROUP, validateRoleBinding } from './rbac/validate.ts'
import { role } from './role.ts'

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
  strategy: {
    validateName: pathSegmentErrors,
    bumpsGeneration: () => false,
    prepareForCreate: (object, context) => allowed(object, context),
    prepareForUpdate: (object, _old, context) => allowed(object, context),
  },
  columns: bindingColumns,
  describe: describeBinding,
})

function allowed(binding: RoleBinding, context: StrategyContext): RoleBinding {
  checkBinding(
    { group: RBAC_GROUP, plural: 'rolebindings' },
    binding,
    (reference, namespace) =>
      reference.kind === 'Role'
        ? context.objects.get(role, namespace, reference.name)
        : context.objects.get(clusterRole, undefined, reference.name),
    context,
  )
  return binding
}
