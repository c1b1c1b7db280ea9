import type { Kube, KubeObject } from '../../../emulator/index.ts'
import { Discovery, resourcePath } from '../api/discovery.ts'
import { follow, requestTimeout } from '../api/follow.ts'
import { defineSubcommand, type Invocation } from '../cli/subcommand.ts'
import { KubectlError } from '../errors.ts'
import { humanAge } from '../print/human-age.ts'
import { objectPrinter, PRINT_FLAGS, type Printer } from '../print/output.ts'
import { alignTabs, TABLE } from '../print/tabwriter.ts'
import type { ListBody } from '../resources/fetch.ts'
import { ALL_NAMESPACES_FLAG } from '../resources/selection.ts'

type Event = Kube.CoreV1Event

export const events = defineSubcommand({
  name: 'events',
  group: 'Troubleshooting and Debugging Commands:',
  summary: 'List events',
  long: 'Display events, oldest first.',
  examples: ['# Of this namespace', 'kubectl events', '', '# About one object', 'kubectl events --for=pod/web'],
  usage:
    '[(-o|--output=)json|yaml|kyaml|name|go-template|go-template-file|template|templatefile|jsonpath|jsonpath-as-json|jsonpath-file] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]',
  flags: {
    'chunk-size': {
      kind: 'int64',
      default: 500,
      summary: 'Ask for large lists in pieces of this size; 0 asks for all at once.',
    },
    ...ALL_NAMESPACES_FLAG,
    ...PRINT_FLAGS,
    for: { kind: 'string', default: '', summary: 'Only events about this object: TYPE/NAME.' },
    'no-headers': { kind: 'bool', default: false, summary: 'Leave the headers out.' },
    watch: { kind: 'bool', shorthand: 'w', default: false, summary: 'After the listing, go on and print new ones.' },
    types: { kind: 'stringSlice', default: [], summary: 'Only events of these types: Normal, Warning.' },
  },
  run: async (invocation) => {
    const { api, flags, context, namespace } = invocation
    if (flags.list('types').some((type) => !['normal', 'warning'].includes(type.toLowerCase())))
      throw new KubectlError('valid --types are Normal or Warning')
    if (flags.optional('for') && !/^[^/]+\/[^/]+$/.test(flags.string('for')))
      throw new KubectlError('--for must be in resource/name form')
    const all = flags.bool('all-namespaces')
    const [word = '', name = ''] = flags.string('for').split('/')
    const discovery = new Discovery(api, word === '' ? 0 : 4)
    const about = word ? discovery.resolve(word) : undefined
    const path = resourcePath(discovery.resolve('events'), all ? undefined : namespace)
    const list = (api.get<ListBody>(path).items ?? []) as readonly Event[]
    const types = flags.list('types').map((t) => t.toLowerCase())
    const matching = (e: Event) =>
      (!about || (e.involvedObject.kind === about.kind && e.involvedObject.name === name)) &&
      (types.length === 0 || types.includes((e.type ?? '').toLowerCase()))
    const chosen = list.filter(matching).toSorted((a, b) => lastSeen(a) - lastSeen(b))
    const printer = await objectPrinter(invocation)
    if (flags.bool('watch')) return watchEvents(invocation, path, matching, printer)
    if (chosen.length > 0 && printer) {
      context.out(printer({ apiVersion: 'v1', items: chosen, kind: 'EventList', metadata: {} } as KubeObject))
      return 0
    }
    if (chosen.length === 0) {
      context.err(all ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`)
      return 0
    }
    const rows = chosen.map((event) => cellsOf(invocation, event))
    context.out(`${alignTabs([...header(invocation), ...rows].map((cells) => cells.join('\t')).join('\n'), TABLE)}\n`)
    return 0
  },
})

function header({ flags }: Invocation): readonly (readonly string[])[] {
  if (flags.bool('no-headers')) return []
  return [[...(flags.bool('all-namespaces') ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']]
}

function cellsOf({ context, flags }: Invocation, e: Event): readonly string[] {
  const now = context.cluster.now()
  return [
    ...(flags.bool('all-namespaces') ? [e.metadata.namespace ?? ''] : []),
    `${humanAge(now - lastSeen(e))}${(e.count ?? 1) > 1 ? ` (x${e.count} over ${humanAge(now - Date.parse(e.firstTimestamp ?? ''))})` : ''}`,
    e.type ?? '',
    e.reason ?? '',
    `${e.involvedObject.kind}/${e.involvedObject.name}`,
    (e.message ?? '').trim(),
  ]
}

/** What is there and what comes, until interrupted; columns keep the widths they have had. */
async function watchEvents(
  invocation: Invocation,
  path: string,
  matching: (event: Event) => boolean,
  printer: Printer | undefined,
): Promise<number> {
  const { api, context } = invocation
  const remembered: number[] = []
  let head = header(invocation)
  const show = (item: unknown): void => {
    const { type, object } = item as { readonly type: string; readonly object: Event }
    if (type === 'DELETED' || !matching(object)) return
    if (printer) {
      context.out(printer({ apiVersion: 'v1', kind: 'Event', ...object } as KubeObject))
      return
    }
    const lines = [...head, cellsOf(invocation, object)].map((cells) => cells.join('\t'))
    head = []
    context.out(`${alignTabs(lines.join('\n'), { ...TABLE, remembered })}\n`)
  }
  await follow(context, api.stream(path, { query: { watch: 'true' } }), show, requestTimeout(api))
  return 0
}

const lastSeen = (event: Event) =>
  Date.parse(event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '')
