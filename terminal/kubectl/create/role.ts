import { defineGenerator } from './generate.ts'
import { RULE_FLAGS, resourceRules, verbsOf } from './rule-flags.ts'

export const createRole = defineGenerator({
  name: 'role',
  summary: 'Create a role with single rule',
  usage:
    'NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename] [--dry-run=server|client|none]',
  examples: ['# Reading Pods', 'kubectl create role reader --verb=get,list,watch --resource=pods'],
  flags: RULE_FLAGS,
  resource: 'roles.rbac.authorization.k8s.io',
  failure: 'failed to create role',
  build: (name, invocation) => ({ metadata: { name }, rules: resourceRules(invocation, verbsOf(invocation)) }),
})
