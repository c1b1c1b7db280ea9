import { type CommandContext, defineCommand } from '../../types.ts'
import { parseArguments } from '../arguments.ts'
import { gatewayOf, interfacesOf, networkOf, podRange } from '../ip/interfaces.ts'
import { routesOf, routeTo } from '../ip/routes.ts'

const MOST_HOPS = 30
const PIECE_MS = 1_000

/** traceroute 2.1: which hosts a packet passes. Cluster IPs and what lies behind the gateway do not answer. */
export const traceroute = defineCommand({
  name: 'traceroute',
  summary: 'Show which hosts a packet passes',
  async run(context) {
    const { words, flags, values, unknown } = parseArguments(context.argv.slice(1), {
      flags: ['n', 'I', 'T', 'U', '4', 'F'],
      values: ['m', 'w', 'q', 'p', 'f', 'i', 's'],
    })
    const [host] = words
    if (unknown !== undefined || host === undefined) {
      context.err(
        unknown === undefined
          ? 'Usage: traceroute [ -46dFITnreAUDV ] host [ packetlen ]\n'
          : `Bad option \`${unknown}' (argc 1)\n`,
      )
      return unknown === undefined ? 0 : 2
    }
    const { cluster, place } = context
    const looked = context.requests.during(() => cluster.network.lookup(place, host, { traced: true }))
    const [address] = looked.addresses
    if (address === undefined) {
      context.err(
        `${host}: Name or service not known\nCannot handle "host" cmdline arg \`${host}' on position 1 (argc 1)\n`,
      )
      return 2
    }
    const most = Number(values.get('m') ?? MOST_HOPS)
    const probes = Number(values.get('q') ?? 3)
    const busybox = context.userland === 'busybox'
    context.out(`traceroute to ${host} (${address}), ${most} hops max, ${busybox ? 46 : 60} byte packets\n`)
    const way = hopsTo(context, address)
    for (let at = 0; at < most; at += 1) {
      const hop = way[at]
      context.out(String(at + 1).padStart(2))
      if (hop === undefined) {
        for (let probe = 0; probe < probes; probe += 1) {
          await context.time.sleep(at < 2 ? Number(values.get('w') ?? 5) * 1000 : PIECE_MS, context.signal)
          context.out(probe === 0 ? '  *' : ' *')
        }
        context.out('\n')
        continue
      }
      const times = Array.from({ length: probes }, (_, probe) =>
        (0.31 + at * 0.27 + ((probe * 7) % 3) * 0.041).toFixed(3),
      )
      context.out(
        `  ${flags.has('n') ? hop : `${nameOf(context, hop)} (${hop})`}  ${times.map((ms) => `${ms} ms`).join('  ')}\n`,
      )
      if (hop === address) return 0
    }
    return 0
  },
})

/** The addresses of the hosts on the way, as far as they tell. */
function hopsTo(context: CommandContext, address: string): readonly string[] {
  const { cluster, place } = context
  const met = context.requests.during(() => cluster.network.ping(place, address))
  const own = interfacesOf(context).find(({ name }) => name === 'eth0')?.address ?? ''
  const reached = met.outcome === 'answered' ? [address] : []
  if (address === own || address.startsWith('127.')) return [address]
  const first = routeTo(routesOf(context), address)
  const ways: string[] = first?.via === undefined ? [] : [first.via]
  if (place.kind === 'pod') {
    const node = nodeName(context)
    const target = cluster.machines.find((machine) => inRange(podRange(cluster, machine.name), address))
    if (networkOf(address) === networkOf(own)) return reached
    if (target !== undefined && target.name !== node) ways.push(target.address)
    else if (target === undefined && !cluster.machines.some((machine) => machine.address === address))
      ways.push(gatewayOf('192.168.1.0/24'))
  }
  return [...ways.filter((way) => way !== address), ...reached]
}

function nodeName({ cluster, place, container }: CommandContext): string {
  if (place.kind !== 'pod') return place.name
  return cluster.container(place.namespace, place.name, container ?? '')?.spec.nodeName ?? ''
}

const inRange = (range: string | undefined, address: string): boolean =>
  range !== undefined && networkOf(address) === range.split('/')[0]

function nameOf({ cluster }: CommandContext, address: string): string {
  if (address === gatewayOf('192.168.1.0/24')) return '_gateway'
  return cluster.machines.find((machine) => machine.address === address)?.name ?? address
}
