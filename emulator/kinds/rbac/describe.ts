/** `kubectl describe` of roles and bindings (upstream: kubectl/pkg/describe/describe.go describeRole, describeRoleBinding). */
import type { ClusterRole, ClusterRoleBinding, RoleBinding } from '../../generated/types.ts'
import { annotationLines, indent, labelLines } from '../describe/lines.ts'
import { compactRules, ruleRow } from './rule-table.ts'

export function describeRole(role: ClusterRole): readonly string[] {
  return [
    ...head(role),
    'PolicyRule:',
    ...indent(1, [
      'Resources\tNon-Resource URLs\tResource Names\tVerbs',
      '---------\t-----------------\t--------------\t-----',
      ...compactRules(role.rules ?? []).map(ruleRow),
    ]),
  ]
}

export function describeBinding(binding: RoleBinding | ClusterRoleBinding): readonly string[] {
  const { roleRef, subjects = [] } = binding
  return [
    ...head(binding),
    'Role:',
    ...indent(1, [`Kind:\t${roleRef.kind}`, `Name:\t${roleRef.name}`]),
    'Subjects:',
    ...indent(1, [
      'Kind\tName\tNamespace',
      '----\t----\t---------',
      ...subjects.map(({ kind, name, namespace = '' }) => `${kind}\t${name}\t${namespace}`),
    ]),
  ]
}

function head({ metadata }: ClusterRole): readonly string[] {
  return [
    `Name:\t${metadata?.name ?? ''}`,
    ...labelLines('Labels', metadata?.labels),
    ...annotationLines('Annotations', metadata?.annotations),
  ]
}
