/** Whether one rule covers one request (upstream: plugin/pkg/auth/authorizer/rbac RuleAllows, apis/rbac/v1 helpers). */
import type { AccessAttributes, ResourceAccess } from '../api/authorizer.ts'
import type { PolicyRule } from '../generated/types.ts'

export function ruleAllows(rule: PolicyRule, { verb, resource, path }: AccessAttributes): boolean {
  if (!rule.verbs.includes('*') && !rule.verbs.includes(verb)) return false
  return resource ? coversResource(rule, resource) : coversPath(rule.nonResourceURLs ?? [], path)
}

function coversResource(rule: PolicyRule, asked: ResourceAccess): boolean {
  const { apiGroups = [], resources = [], resourceNames = [] } = rule
  if (!apiGroups.includes('*') && !apiGroups.includes(asked.group)) return false
  if (resourceNames.length > 0 && !resourceNames.includes(asked.name)) return false
  const whole = asked.subresource === '' ? asked.resource : `${asked.resource}/${asked.subresource}`
  return resources.some(
    (one) => one === '*' || one === whole || (asked.subresource !== '' && one === `*/${asked.subresource}`),
  )
}

/** A star stands at the end of a path, for whatever follows. */
function coversPath(urls: readonly string[], path: string): boolean {
  return urls.some((url) => url === path || (url.endsWith('*') && path.startsWith(url.slice(0, -1))))
}
