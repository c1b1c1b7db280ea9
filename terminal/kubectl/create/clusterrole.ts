import { KubectlError } from '../errors.ts'
import { defineGenerator } from './generate.ts'
import { RULE_FLAGS, resourceRules, verbsOf } from './rule-flags.ts'

export const createClusterRole = defineGenerator({
  name: 'clusterrole',
  summary: 'Create a cluster role',
  usage: 'NAME --verb=verb --resource=resource.group [--resource-name=resourcename] [--dry-run=server|client|none]',
  examples: [
    '# Reading nodes',
    'kubectl create clusterrole node-reader --verb=get,list,watch --resource=nodes',
    '',
    '# Reading a path',
    'kubectl create clusterrole logs --verb=get --non-resource-url=/logs/*',
  ],
  flags: {
    ...RULE_FLAGS,
    'non-resource-url': { kind: 'stringSlice', default: [], summary: 'Path that is no resource; may be repeated.' },
  },
  resource: 'clusterroles.rbac.authorization.k8s.io',
  failure: 'failed to create clusterrole',
  build: (name, invocation) => {
    const urls = invocation.flags.list('non-resource-url')
    const verbs = verbsOf(invocation)
    if (urls.length === 0) return { metadata: { name }, rules: resourceRules(invocation, verbs) }
    if (invocation.flags.list('resource').length > 0)
      throw new KubectlError('invalid resource(s): resources can not be specified with non-resource-urls')
    return { metadata: { name }, rules: [{ nonResourceURLs: urls, verbs }] }
  },
})
