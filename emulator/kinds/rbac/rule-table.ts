/** Rules as `describe` and `auth can-i --list` show them: one row a resource (upstream: kubectl/pkg/util/rbac/rbac.go). */
import type { PolicyRule } from '../../generated/types.ts'
import { byBytes } from '../format/labels.ts'

/** Splits rules to one resource or path each, joins the verbs of equal ones, and sorts as Go's text of them sorts. */
export function compactRules(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  const verbsOf = new Map<string, string[]>()
  const result: { rule: Omit<PolicyRule, 'verbs'>; verbs: string[] }[] = []
  for (const rule of rules.flatMap(breakDown)) {
    const { verbs, ...rest } = rule
    const key = rest.nonResourceURLs ? undefined : JSON.stringify(rest)
    const known = key === undefined ? undefined : verbsOf.get(key)
    if (known) {
      for (const verb of verbs) if (!known.includes(verb)) known.push(verb)
      continue
    }
    const own = [...verbs]
    if (key !== undefined) verbsOf.set(key, own)
    result.push({ rule: rest, verbs: own })
  }
  return result.map(({ rule, verbs }): PolicyRule => ({ ...rule, verbs })).sort((a, b) => byBytes(goText(a), goText(b)))
}

function breakDown(rule: PolicyRule): readonly PolicyRule[] {
  const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule
  const verbs = rule.verbs.map((verb) => [verb])
  const names = resourceNames.length === 0 ? [{}] : resourceNames.map((name) => ({ resourceNames: [name] }))
  return [
    ...apiGroups.flatMap((group) =>
      resources.flatMap((resource) =>
        verbs.flatMap((verb) =>
          names.map((name) => ({ verbs: verb, apiGroups: [group], resources: [resource], ...name })),
        ),
      ),
    ),
    ...nonResourceURLs.flatMap((url) => verbs.map((verb) => ({ verbs: verb, nonResourceURLs: [url] }))),
  ]
}

const goList = (texts: readonly string[] = []): string => `[${texts.join(' ')}]`

const goText = ({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string =>
  `Verbs:${goList(verbs)},APIGroups:${goList(apiGroups)},Resources:${goList(resources)},ResourceNames:${goList(resourceNames)},NonResourceURLs:${goList(nonResourceURLs)},`

/** `jobs.batch\t[]\t[]\t[get list]` */
export function ruleRow({ verbs, apiGroups = [], resources = [], resourceNames, nonResourceURLs }: PolicyRule): string {
  const [resource = '', ...sub] = (resources[0] ?? '').split('/')
  const group = apiGroups[0] ? `.${apiGroups[0]}` : ''
  const whole = [`${resource}${group}`, ...(sub.length > 0 ? [sub.join('/')] : [])].join('/')
  return [whole, goList(nonResourceURLs), goList(resourceNames), goList(verbs)].join('\t')
}
