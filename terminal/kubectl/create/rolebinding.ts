import { KubectlError } from '../errors.ts'
import { defineGenerator } from './generate.ts'
import { roleRef, SUBJECT_FLAGS, subjectsOf } from './subjects.ts'

export const createRoleBinding = defineGenerator({
  name: 'rolebinding',
  summary: 'Create a role binding for a particular role or cluster role',
  usage:
    'NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  examples: ['# One user may do what a role says', 'kubectl create rolebinding readers --role=reader --user=kim'],
  flags: {
    ...SUBJECT_FLAGS,
    clusterrole: { kind: 'string', default: '', summary: 'ClusterRole that the binding gives.' },
    role: { kind: 'string', default: '', summary: 'Role that the binding gives.' },
  },
  resource: 'rolebindings.rbac.authorization.k8s.io',
  failure: 'failed to create rolebinding',
  build: (name, invocation) => {
    const role = invocation.flags.string('role')
    const clusterRole = invocation.flags.string('clusterrole')
    if ((role === '') === (clusterRole === ''))
      throw new KubectlError('exactly one of clusterrole or role must be specified')
    const ref = role === '' ? roleRef('ClusterRole', clusterRole) : roleRef('Role', role)
    return { metadata: { name }, roleRef: ref, ...subjectsOf(invocation) }
  },
})
