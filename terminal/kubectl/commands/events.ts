import type { Kube } from '../../../emulator/index.ts'
import { Discovery, resourcePath } from '../api/discovery.ts'
import { defineSubcommand } from '../cli/subcommand.ts'
import { humanAge } from '../print/human-age.ts'
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
  usage: '[(-o|--output=)json|yaml|...] [--for TYPE/NAME] [--event=TYPE]',
  flags: {
    ...ALL_NAMESPACES_FLAG,
    for: { kind: 'string', default: '', summary: 'Only events about this object: TYPE/NAME.' },
    'no-headers': { kind: 'bool', default: false, summary: 'Leave the headers out.' },
    types: { kind: 'stringSlice', default: [], summary: 'Only events of these types: Normal, Warning.' },
  },
  run: async ({ api, flags, context, namespace }) => {
    const all = flags.bool('all-namespaces')
    const discovery = new Discovery(api)
    const [word = '', name = ''] = flags.string('for').split('/')
    const about = word ? discovery.resolve(word) : undefined
    const path = resourcePath(discovery.resolve('events'), all ? undefined : namespace)
    const list = (api.get<ListBody>(path).items ?? []) as readonly Event[]
    const types = flags.list('types').map((t) => t.toLowerCase())
    const chosen = list
      .filter((e) => !about || (e.involvedObject.kind === about.kind && e.involvedObject.name === name))
      .filter((e) => types.length === 0 || types.includes((e.type ?? '').toLowerCase()))
      .toSorted((a, b) => lastSeen(a) - lastSeen(b))
    if (chosen.length === 0) {
      context.err(all ? 'No events found.\n' : `No events found in ${namespace} namespace.\n`)
      return 0
    }
    const now = context.cluster.now()
    const rows = chosen.map((e) => [
      ...(all ? [e.metadata.namespace ?? ''] : []),
      `${humanAge(now - lastSeen(e))}${(e.count ?? 1) > 1 ? ` (x${e.count} over ${humanAge(now - Date.parse(e.firstTimestamp ?? ''))})` : ''}`,
      e.type ?? '',
      e.reason ?? '',
      `${e.involvedObject.kind}/${e.involvedObject.name}`,
      (e.message ?? '').trim(),
    ])
    const head = flags.bool('no-headers')
      ? []
      : [[...(all ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']]
    context.out(`${alignTabs([...head, ...rows].map((cells) => cells.join('\t')).join('\n'), TABLE)}\n`)
    return 0
  },
})

const lastSeen = (event: Event) =>
  Date.parse(event.lastTimestamp ?? event.eventTime ?? event.metadata.creationTimestamp ?? '')
