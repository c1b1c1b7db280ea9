import type { ClusterRoleBinding, RoleBinding } from '../../generated/types.ts'
import { RBAC_GROUP } from './validate.ts'

/** Groups of the role and of users that name none (upstream: pkg/apis/rbac/v1/defaults.go). */
export function defaultBinding<B extends RoleBinding | ClusterRoleBinding>(binding: B): B {
  const { roleRef, subjects } = binding
  return {
    ...binding,
    roleRef: { ...roleRef, apiGroup: roleRef?.apiGroup || RBAC_GROUP },
    ...(subjects && {
      subjects: subjects.map((subject) =>
        subject.kind === 'User' || subject.kind === 'Group'
          ? { ...subject, apiGroup: subject.apiGroup || RBAC_GROUP }
          : subject,
      ),
    }),
  }
}
