import { apiVersionOf, Discovery, type ResourceType, resourceName } from '../api/discovery.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { usageError } from '../cli/usage-error.ts'
import { ConnectionError, KubectlError } from '../errors.ts'
import { alignTabs, TABLE } from '../print/tabwriter.ts'

export const apiResources = defineSubcommand({
  name: 'api-resources',
  usage: '[flags]',
  group: 'Other Commands:',
  summary: 'Print the supported API resources on the server',
  examples: [
    '# All of them',
    'kubectl api-resources',
    '',
    '# Those of one group',
    'kubectl api-resources --api-group=networking.k8s.io',
  ],
  flags: {
    'api-group': { kind: 'string', default: '', summary: 'Only resources of this group.' },
    cached: { kind: 'bool', default: false, summary: 'Use the cached list.' },
    categories: { kind: 'stringSlice', default: [], summary: 'Only resources of these categories.' },
    namespaced: {
      kind: 'bool',
      default: true,
      summary: 'false shows what belongs to no namespace, true what belongs to one.',
    },
    'no-headers': { kind: 'bool', default: false, summary: 'Leave the headers out.' },
    output: {
      kind: 'string',
      shorthand: 'o',
      default: '',
      summary: 'Output format: wide or name.',
    },
    'sort-by': { kind: 'string', default: '', summary: 'Sort by name or kind.', values: ['name', 'kind'] },
    verbs: { kind: 'stringSlice', default: [], summary: 'Only resources with these verbs.' },
  },
  run: async (invocation) => {
    const { api, args, flags, context } = invocation
    if (args.length > 0) throw usageError(invocation, `unexpected arguments: [${args.join(' ')}]`)
    const output = flags.string('output')
    if (!['', 'wide', 'name'].includes(output)) throw new KubectlError(`--output ${output} is not available`)
    const sortBy = flags.string('sort-by')
    if (!['', 'name', 'kind'].includes(sortBy)) throw new KubectlError('--sort-by accepts only name or kind')
    const group = flags.changed('api-group') ? flags.string('api-group') : undefined
    const discovery = new Discovery(api, 1)
    const { all, failure } = preferredTypes(discovery)
    const types = all
      .filter((t) => group === undefined || t.group === group)
      .filter((t) => !flags.changed('namespaced') || t.namespaced === flags.bool('namespaced'))
      .filter((t) => flags.list('verbs').every((verb) => t.verbs.includes(verb)))
      .filter((t) => flags.list('categories').every((category) => t.categories.includes(category)))
    const key = (t: (typeof types)[number]) =>
      sortBy === 'kind' ? t.kind : sortBy === 'name' ? t.plural : `${t.group} ${t.plural}`
    const sorted = types.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
    if (output === 'name') {
      context.out(sorted.map((t) => `${resourceName(t)}\n`).join(''))
      if (failure) throw failure
      throwUnavailable(discovery)
      return 0
    }
    const wide = output === 'wide'
    const head = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND', ...(wide ? ['VERBS', 'CATEGORIES'] : [])]
    const rows = sorted.map((t) => [
      t.plural,
      t.shortNames.join(','),
      apiVersionOf(t),
      String(t.namespaced),
      t.kind,
      ...(wide ? [t.verbs.join(','), t.categories.join(',')] : []),
    ])
    const lines = [...(flags.bool('no-headers') ? [] : [head]), ...rows].map((cells) => cells.join('\t'))
    if (lines.length > 0) context.out(`${alignTabs(lines.join('\n'), TABLE)}\n`)
    if (failure) throw failure
    throwUnavailable(discovery)
    return 0
  },
})

function preferredTypes(discovery: Discovery): {
  readonly all: readonly ResourceType[]
  readonly failure?: ConnectionError
} {
  try {
    return { all: discovery.preferred }
  } catch (error) {
    if (error instanceof ConnectionError) return { all: [], failure: error }
    throw error
  }
}

/** What could be found is printed before (upstream: discovery.ErrGroupDiscoveryFailed). */
function throwUnavailable({ unavailable }: Discovery): void {
  if (unavailable.length === 0) return
  const failures = unavailable.map((one) => `${one}: stale GroupVersion discovery: ${one}`)
  throw new KubectlError(`unable to retrieve the complete list of server APIs: ${failures.join(', ')}`)
}
