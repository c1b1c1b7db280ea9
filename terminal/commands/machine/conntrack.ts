import type { Network } from '../../../emulator/index.ts'
import { type CommandContext, defineCommand } from '../../types.ts'
import { parseArguments } from '../arguments.ts'
import { inContainer } from './on-machine.ts'

type Flow = ReturnType<Network['flows']>[number]

const VERSION = 'conntrack v1.4.8 (conntrack-tools)'
const NUMBERS = new Map([
  ['TCP', 6],
  ['UDP', 17],
  ['SCTP', 132],
])
const SECOND = 1000

/** `conntrack -L|-D|-C|-E [-p tcp] [-s ADDRESS] [-d ADDRESS] [--sport N] [--dport N] [-g|-n|-j]`. */
export const conntrack = defineCommand({
  name: 'conntrack',
  summary: "Show the node's tracked connections, and how their addresses were rewritten",
  async run(context) {
    const { place, user, err, cluster, out } = context
    if (place.kind !== 'machine') return inContainer(context, 'conntrack')
    const { flags, values, words } = parseArguments(context.argv.slice(1), {
      flags: [
        'L',
        'D',
        'C',
        'E',
        'S',
        'n',
        'g',
        'j',
        'dump',
        'delete',
        'count',
        'event',
        'src-nat',
        'dst-nat',
        'any-nat',
        'F',
        'flush',
      ],
      values: [
        'p',
        'proto',
        's',
        'src',
        'orig-src',
        'd',
        'dst',
        'orig-dst',
        'r',
        'reply-src',
        'q',
        'reply-dst',
        'sport',
        'orig-port-src',
        'dport',
        'orig-port-dst',
        'o',
        'output',
        'f',
        'family',
        'state',
        'e',
      ],
    })
    if (user !== 'root') {
      err(`${VERSION}: Operation failed: sorry, you must be root or get CAP_NET_ADMIN capability to do this\n`)
      return 1
    }
    if (words.length > 0 && words[0] !== 'conntrack') {
      err(`${VERSION}: Bad parameter \`${words[0]}'\nTry \`conntrack -h' or 'conntrack --help' for more information.\n`)
      return 2
    }
    const value = (...names: readonly string[]) =>
      names.map((name) => values.get(name)).find((one) => one !== undefined)
    const has = (...names: readonly string[]) => names.some((name) => flags.has(name))
    const wanted = (flow: Flow): boolean =>
      [
        [value('p', 'proto')?.toUpperCase(), flow.protocol],
        [value('s', 'src', 'orig-src'), flow.source.address],
        [value('d', 'dst', 'orig-dst'), flow.destination.address],
        [value('r', 'reply-src'), flow.replySource.address],
        [value('q', 'reply-dst'), flow.replyDestination.address],
        [value('sport', 'orig-port-src'), String(flow.source.port)],
        [value('dport', 'orig-port-dst'), String(flow.destination.port)],
      ].every(([asked, is]) => asked === undefined || asked === is) &&
      (!has('n', 'src-nat', 'j', 'any-nat') ||
        flow.source.address !== flow.replyDestination.address ||
        (has('j', 'any-nat') && isRewritten(flow))) &&
      (!has('g', 'dst-nat') || isRewritten(flow))
    const read = () =>
      cluster.network.flows(place.name).filter((flow) => wanted(flow) && timeLeft(flow, cluster.now()) > 0)
    if (has('D', 'delete', 'F', 'flush')) {
      const found = read()
      for (const flow of found) out(line(flow, cluster.now()))
      const gone = cluster.network.forgetFlows((flow) => wanted(flow))
      err(`${VERSION}: ${Math.max(found.length, has('F', 'flush') ? gone : 0)} flow entries have been deleted.\n`)
      return found.length > 0 || has('F', 'flush') ? 0 : 1
    }
    if (has('C', 'count')) out(`${read().length}\n`)
    else if (has('E', 'event')) return await follow(context, read)
    else {
      const found = read()
      for (const flow of found) out(line(flow, cluster.now()))
      err(`${VERSION}: ${found.length} flow entries have been shown.\n`)
    }
    return 0
  },
})

const isRewritten = ({ destination, replySource }: Flow): boolean =>
  destination.address !== replySource.address || destination.port !== replySource.port

/** How long an entry lives: nf_conntrack's timeouts. */
function lifeOf({ protocol, outcome }: Flow): number {
  if (protocol === 'UDP') return 30
  if (outcome === 'answered') return 120
  return outcome === 'refused' ? 10 : 120
}

const timeLeft = (flow: Flow, now: number): number => lifeOf(flow) - Math.floor((now - flow.at) / SECOND)

function stateOf({ protocol, outcome }: Flow): string {
  if (protocol === 'UDP') return ''
  return outcome === 'answered' ? 'TIME_WAIT ' : outcome === 'refused' ? 'CLOSE ' : 'SYN_SENT '
}

function line(flow: Flow, now: number): string {
  const { protocol, source, destination, replySource, replyDestination, outcome } = flow
  const tuple = (from: Flow['source'], to: Flow['source']) =>
    `src=${from.address} dst=${to.address} sport=${from.port} dport=${to.port}`
  const unreplied = outcome === 'timed-out' || outcome === 'unreachable' ? '[UNREPLIED] ' : ''
  const assured = protocol !== 'UDP' && outcome === 'answered' ? '[ASSURED] ' : ''
  return `${protocol.toLowerCase().padEnd(8)} ${NUMBERS.get(protocol)} ${timeLeft(flow, now)} ${stateOf(flow)}${tuple(source, destination)} ${unreplied}${tuple(replySource, replyDestination)} ${assured}mark=0 use=1\n`
}

async function follow({ cluster, out, time, signal }: CommandContext, read: () => readonly Flow[]): Promise<number> {
  let seen = cluster.now()
  while (!signal.aborted) {
    await time.sleep(SECOND, signal)
    for (const flow of read()) if (flow.at > seen) out(`    [NEW] ${line(flow, cluster.now())}`)
    seen = cluster.now()
  }
  return 0
}
