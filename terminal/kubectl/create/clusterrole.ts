import type { JsonValue } from '../../../emulator/index.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { parseLabelList } from '../resources/labels.ts'
import { defineGenerator, type Fields } from './generate.ts'
import { RULE_FLAGS, resourceRules, verbsOf } from './rule-flags.ts'

const URL_VERBS = ['get', 'post', 'put', 'delete', 'patch', 'head', 'options', '*']

/** A role that gathers the rules of others and has none of its own. Throws KubectlError. */
function aggregated({ flags }: Invocation, selectors: readonly string[]): Fields {
  if (['non-resource-url', 'verb', 'resource', 'resource-name'].some((name) => flags.list(name).length > 0))
    throw new KubectlError(
      'aggregation rule must be specified without nonResourceURLs, verbs, resources or resourceNames',
    )
  const matchLabels = { ...parseLabelList(selectors.join(',')) }
  return { aggregationRule: { clusterRoleSelectors: [{ matchLabels }] }, rules: null }
}

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
    'aggregation-rule': {
      kind: 'stringSlice',
      default: [],
      summary: 'Label, as KEY=VALUE, of the cluster roles whose rules this one gathers.',
    },
    'non-resource-url': { kind: 'stringSlice', default: [], summary: 'Path that is no resource; may be repeated.' },
  },
  resource: 'clusterroles.rbac.authorization.k8s.io',
  failure: 'failed to create clusterrole',
  build: (name, invocation): Fields => {
    const urls = invocation.flags.list('non-resource-url')
    const selectors = invocation.flags.list('aggregation-rule')
    if (selectors.length > 0) return { metadata: { name }, ...aggregated(invocation, selectors) }
    const verbs = verbsOf(invocation)
    if (urls.length === 0) return { metadata: { name }, rules: resourceRules(invocation, verbs) }
    for (const verb of verbs)
      if (!URL_VERBS.includes(verb)) throw new KubectlError(`invalid verb: '${verb}' for nonResourceURL`)
    if (urls.some((url) => !url.startsWith('/') && url !== '*'))
      throw new KubectlError('nonResourceURL should start with /')
    if (urls.some((url) => url.slice(0, -1).includes('*')))
      throw new KubectlError("nonResourceURL only supports wildcard matches when '*' is at the end")
    const resources = invocation.flags.list('resource').length > 0 ? resourceRules(invocation, verbs) : []
    return { metadata: { name }, rules: [...(resources as readonly JsonValue[]), { nonResourceURLs: urls, verbs }] }
  },
})
