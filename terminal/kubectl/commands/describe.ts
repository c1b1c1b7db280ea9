import type { KubeObject } from '../../../emulator/index.ts'
import { Discovery, type ResourceType, resourcePath } from '../api/discovery.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { AggregateFailure, ApiError, isNotFound, KubectlError } from '../errors.ts'
import { describeGeneric } from '../print/describe-generic.ts'
import { alignTabs, DESCRIBE } from '../print/tabwriter.ts'
import { fetchInfos, type Info, type ListBody, typed } from '../resources/fetch.ts'
import {
  ALL_NAMESPACES_FLAG,
  FILE_FLAGS,
  namesFiles,
  SELECTOR_FLAGS,
  type Selection,
  select,
} from '../resources/selection.ts'

export const describe = defineSubcommand({
  name: 'describe',
  group: 'Troubleshooting and Debugging Commands:',
  summary: 'Show details of a specific resource or group of resources',
  long: 'Show details of a specific resource or group of resources.\n\n Prints what several API calls know of the objects, related objects such as events among them.',
  examples: [
    '# A service',
    'kubectl describe service web',
    '',
    '# Pods by label',
    'kubectl describe pods -l app=web',
    '',
    '# A node',
    'kubectl describe node node01',
  ],
  usage: '(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
  completes: 'resources',
  flags: {
    ...FILE_FLAGS,
    ...SELECTOR_FLAGS,
    ...ALL_NAMESPACES_FLAG,
    'chunk-size': { kind: 'int64', default: 500, summary: 'Ask for large lists in pieces of this size.' },
    'show-events': { kind: 'bool', default: true, summary: 'Show the events that concern the object.' },
  },
  run: async (invocation) => {
    if (invocation.args.length === 0 && !namesFiles(invocation))
      throw new KubectlError(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.',
      )
    const selection = await select(invocation, { typeMeansAll: true })
    const { infos, errors } = found(invocation, selection)
    const { context } = invocation
    const showEvents = invocation.flags.bool('show-events') && infos.length <= 1
    infos.forEach((info, i) => {
      context.out(`${i > 0 ? '\n\n' : ''}${describeObject(invocation, info, showEvents)}`)
    })
    if (errors.length > 0) throw new AggregateFailure(errors)
    if (infos.length === 0 && errors.length === 0) {
      // Even of types that are in no namespace, as upstream says it.
      context.err(
        !invocation.flags.bool('all-namespaces')
          ? `No resources found in ${invocation.namespace} namespace.\n`
          : 'No resources found\n',
      )
    }
    return 0
  },
})

/** Upstream asks for the namespace first, and says so if it is not there. */
function missingNamespace({ api }: Invocation, namespace: string | undefined): Error | undefined {
  if (namespace === undefined) return undefined
  try {
    api.get(`/api/v1/namespaces/${namespace}`)
    return undefined
  } catch (error) {
    if (isNotFound(error)) return error
    if (error instanceof ApiError) return undefined
    throw error
  }
}

/** A name that does not exist is tried as a prefix (upstream: describe.go, DescribeMatchingResources). */
function found(invocation: Invocation, selection: Selection): { infos: readonly Info[]; errors: readonly Error[] } {
  const [target] = selection.targets
  const result = fetchInfos(invocation.api, selection)
  const missing = result.errors[0]
  if (selection.targets.length !== 1 || target?.kind !== 'object' || !isNotFound(missing)) return result
  const whole = { kind: 'type', type: target.type, namespace: target.namespace, labels: '', fields: '' } as const
  const place = missingNamespace(invocation, target.namespace)
  if (place) return { infos: [], errors: [place] }
  const matching = fetchInfos(invocation.api, { targets: [whole], errors: [] }).infos.filter((info) =>
    info.name.startsWith(target.name),
  )
  return matching.length > 0 ? { infos: matching, errors: [] } : result
}

/** The description of one object, as its kind lays it out. */
export function describeObject(invocation: Invocation, info: Info, showEvents: boolean): string {
  const { cluster } = invocation.context
  const { type, object } = info
  const same = cluster.kinds.filter((k) => k.group === type.group && k.kind === type.kind)
  const kind = same.find(({ version }) => version === type.version) ?? same[0]
  const discovery = new Discovery(invocation.api)
  const context = {
    now: cluster.now(),
    showEvents,
    list: <K extends KubeObject>(
      resource: string,
      options: { namespace?: string; labels?: string; fields?: string } = {},
    ) => listFor<K>(invocation, discovery.find(resource), options),
  }
  const lines = kind?.describe?.(object, context) ?? describeGeneric(object)
  return `${alignTabs(lines.join('\n'), DESCRIBE)}\n`
}

/** What cannot be listed counts as empty, as in upstream's describers. */
function listFor<K extends KubeObject>(
  { api }: Invocation,
  type: ResourceType | undefined,
  { namespace, labels, fields }: { namespace?: string; labels?: string; fields?: string },
): readonly K[] {
  if (!type) return []
  try {
    const query = { ...(labels && { labelSelector: labels }), ...(fields && { fieldSelector: fields }) }
    const list = api.get<ListBody>(resourcePath(type, namespace), { query })
    return (list.items ?? []).map((item) => typed(type, item) as K)
  } catch (error) {
    if (error instanceof ApiError) return []
    throw error
  }
}
