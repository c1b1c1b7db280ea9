import { KubectlError } from '../errors.ts'
import { defineGenerator } from './generate.ts'
import { roleRef, SUBJECT_FLAGS, subjectsOf } from './subjects.ts'

export const createClusterRoleBinding = defineGenerator({
  name: 'clusterrolebinding',
  summary: 'Create a cluster role binding for a particular cluster role',
  usage:
    'NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname] [--dry-run=server|client|none]',
  examples: [
    '# One user may do everything',
    'kubectl create clusterrolebinding boss --clusterrole=cluster-admin --user=kim',
  ],
  flags: {
    ...SUBJECT_FLAGS,
    clusterrole: {
      kind: 'string',
      default: '',
      summary: 'ClusterRole that the binding gives.',
      required: true,
      completes: 'cluster role',
    },
  },
  resource: 'clusterrolebindings.rbac.authorization.k8s.io',
  failure: 'failed to create clusterrolebinding',
  build: (name, invocation) => {
    const role = invocation.flags.string('clusterrole')
    if (role === '') throw new KubectlError('clusterrole must be specified')
    return { metadata: { name }, roleRef: roleRef('ClusterRole', role), ...subjectsOf(invocation) }
  },
})
