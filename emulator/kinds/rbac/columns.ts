import { ageColumn } from '../../api/age.ts'
import type { Column } from '../../api/kind.ts'
import type { ClusterRole, ClusterRoleBinding, RbacV1Subject, RoleBinding } from '../../generated/types.ts'
import { nameColumn } from '../columns.ts'

/** Columns of roles (upstream: pkg/printers/internalversion printRole). */
export const roleColumns: readonly Column<ClusterRole>[] = [
  nameColumn,
  { name: 'Created At', type: 'date', cell: ({ metadata }) => metadata?.creationTimestamp ?? '' },
]

const subjectColumn = (name: string, kind: string): Column<RoleBinding | ClusterRoleBinding> => ({
  name,
  wide: true,
  cell: ({ subjects = [] }) =>
    subjects
      .filter((subject) => subject.kind === kind)
      .map(subjectName)
      .join(', '),
})

const subjectName = ({ kind, namespace = '', name }: RbacV1Subject): string =>
  kind === 'ServiceAccount' ? `${namespace}/${name}` : name

/** Columns of bindings (upstream: pkg/printers/internalversion printRoleBinding). */
export const bindingColumns: readonly Column<RoleBinding | ClusterRoleBinding>[] = [
  nameColumn,
  { name: 'Role', cell: ({ roleRef }) => `${roleRef.kind}/${roleRef.name}` },
  ageColumn,
  subjectColumn('Users', 'User'),
  subjectColumn('Groups', 'Group'),
  subjectColumn('ServiceAccounts', 'ServiceAccount'),
]
