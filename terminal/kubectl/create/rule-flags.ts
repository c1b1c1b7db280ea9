/** `--verb`, `--resource`, `--resource-name` of `create role` and `create clusterrole` (upstream: kubectl/pkg/cmd/create/create_role.go). */
import type { JsonValue } from '../../../emulator/index.ts'
import { Discovery } from '../api/discovery.ts'
import type { FlagDefinitions } from '../cli/flags.ts'
import type { Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'

export const RULE_FLAGS: FlagDefinitions = {
  verb: { kind: 'stringSlice', default: [], summary: 'Verb that the rule allows; may be repeated.' },
  resource: { kind: 'stringSlice', default: [], summary: 'Resource that the rule is about; may be repeated.' },
  'resource-name': { kind: 'stringArray', default: [], summary: 'Name that the rule is limited to; may be repeated.' },
}

const VERBS = [
  ...['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', 'use', 'bind', 'escalate'],
  ...['impersonate', 'approve', 'sign', 'attest', 'proxy', '*'],
]

/** Verbs as given, once each; a star stands for all. Throws KubectlError. */
export function verbsOf({ flags }: Invocation): readonly string[] {
  const verbs = [...new Set(flags.list('verb'))]
  if (verbs.length === 0) throw new KubectlError('at least one verb must be specified')
  return verbs.includes('*') ? ['*'] : verbs
}

/** Verbs that no API server asks for are warned of. */
function warnOfVerbs({ context }: Invocation, verbs: readonly string[]): void {
  for (const verb of verbs)
    if (!VERBS.includes(verb)) context.err(`Warning: '${verb}' is not a standard resource verb\n`)
}

function noType(word: string): string {
  const [name = '', ...group] = word.split('.')
  const where = group.length > 0 ? ` in group "${group.join('.')}"` : ''
  return `the server doesn't have a resource type "${name}"${where}`
}

/** One rule an API group, in the order in which the groups are first named. Throws KubectlError. */
export function resourceRules(invocation: Invocation, verbs: readonly string[]): JsonValue {
  const { flags, api } = invocation
  const words = flags.list('resource')
  const names = flags.list('resource-name')
  if (words.length === 0) throw new KubectlError('at least one resource must be specified')
  warnOfVerbs(invocation, verbs)
  const discovery = new Discovery(api, 2)
  const groups = new Map<string, string[]>()
  for (const word of words) {
    const [type = '', ...sub] = word.split('/')
    if (type === '') throw new KubectlError('resource must be specified if apiGroup/subresource specified')
    const found = type === '*' ? { group: '', plural: '*' } : discovery.find(type)
    if (!found) throw new KubectlError(noType(type), { bare: true })
    const resource = [found.plural, ...sub.filter((part) => part !== '')].join('/')
    const known = groups.get(found.group) ?? []
    if (!known.includes(resource)) groups.set(found.group, [...known, resource])
  }
  return [...groups].map(([group, resources]) => ({
    apiGroups: [group],
    ...(names.length > 0 && { resourceNames: names }),
    resources,
    verbs,
  }))
}
