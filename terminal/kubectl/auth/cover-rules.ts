/** Which of the wanted permissions the given rules do not allow (upstream: component-helpers/auth/rbac/validation, Covers). */
import type { Kube } from '../../../emulator/index.ts'

type Rule = Kube.PolicyRule

/** The wanted rules, broken into single permissions; those that are covered left out. */
export function missingRules(given: readonly Rule[], wanted: readonly Rule[]): readonly Rule[] {
  return wanted.flatMap(singles).filter((single) => !given.some((rule) => covers(rule, single)))
}

function singles(rule: Rule): readonly Rule[] {
  const { verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule
  const found: Rule[] = []
  for (const verb of verbs) {
    for (const url of nonResourceURLs) found.push({ verbs: [verb], nonResourceURLs: [url] })
    for (const group of apiGroups)
      for (const resource of resources)
        for (const name of resourceNames.length > 0 ? resourceNames : [undefined])
          found.push({
            verbs: [verb],
            apiGroups: [group],
            resources: [resource],
            ...(name !== undefined && { resourceNames: [name] }),
          })
  }
  return found
}

function covers(rule: Rule, single: Rule): boolean {
  const has = (list: readonly string[] = [], words: readonly string[] = []) =>
    words.every((word) => list.includes('*') || list.includes(word))
  if (!has(rule.verbs, single.verbs)) return false
  if (single.nonResourceURLs)
    return single.nonResourceURLs.every((url) =>
      (rule.nonResourceURLs ?? []).some(
        (one) => one === url || (one.endsWith('*') && url.startsWith(one.slice(0, -1))),
      ),
    )
  const named = rule.resourceNames ?? []
  const names = single.resourceNames
  return (
    has(rule.apiGroups, single.apiGroups) &&
    resourcesCover(rule.resources ?? [], single.resources ?? []) &&
    (named.length === 0 || names?.every((name) => named.includes(name)) === true)
  )
}

function resourcesCover(given: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((resource) => {
    const [, sub] = resource.split('/')
    return given.includes('*') || given.includes(resource) || (sub !== undefined && given.includes(`*/${sub}`))
  })
}
