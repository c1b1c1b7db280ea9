import { defineKind, type StrategyContext } from '../api/kind.ts'
import type { ClusterRoleBinding } from '../generated/types.ts'
import { clusterRole } from './cluster-role.ts'
import { bindingColumns } from './rbac/columns.ts'
import { defaultBinding } from './rbac/defaults.ts'
import { describeBinding } from './rbac/describe.ts'
import { checkBinding } from './rbac/escalation.ts'
import { pathSegmentErrors, RBAC_GROUP, validateClusterRoleBinding } from './rbac/validate.ts'

export const clusterRoleBinding = defineKind<ClusterRoleBinding>({
  group: RBAC_GROUP,
  version: 'v1',
  kind: 'ClusterRoleBinding',
  plural: 'clusterrolebindings',
  singular: 'clusterrolebinding',
  scope: 'Cluster',
  schema: 'ClusterRoleBinding',
  default: defaultBinding,
  validate: validateClusterRoleBinding,
  strategy: {
    validateName: pathSegmentErrors,
    bumpsGeneration: () => false,
    prepareForCreate: (object, context) => allowed(object, context),
    prepareForUpdate: (object, _old, context) => allowed(object, context),
  },
  columns: bindingColumns,
  describe: describeBinding,
})

function allowed(binding: ClusterRoleBinding, context: StrategyContext): ClusterRoleBinding {
  checkBinding(
    { group: RBAC_GROUP, plural: 'clusterrolebindings' },
    binding,
    (reference) => context.objects.get(clusterRole, undefined, reference.name),
    context,
  )
  return binding
}
