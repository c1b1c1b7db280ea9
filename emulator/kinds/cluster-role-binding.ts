import { defineKind } from '../api/kind.ts'
import type { ClusterRoleBinding } from '../generated/types.ts'
import { bindingColumns } from './rbac/columns.ts'
import { defaultBinding } from './rbac/defaults.ts'
import { describeBinding } from './rbac/describe.ts'
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
  strategy: { validateName: pathSegmentErrors, bumpsGeneration: () => false },
  columns: bindingColumns,
  describe: describeBinding,
})
