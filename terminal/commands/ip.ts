import type { Cluster, Machine } from '../../emulator/index.ts'
import { type CommandContext, defineCommand } from '../types.ts'

interface Interface {
  readonly index: number
  readonly name: string
  readonly address: string
  readonly length: number
}

/** `ip addr` and `ip route`: the addresses and routes that the emulated network works with. */
export const ip = defineCommand({
  name: 'ip',
  summary: 'Show addresses and routes',
  async run(context) {
    const words = context.argv.slice(1).filter((word) => !word.startsWith('-'))
    const isBrief = context.argv.some((word) => /^-[46]*o/.test(word) || word === '-oneline' || word === '-br')
    const [object = '', ...rest] = words
    if ('address'.startsWith(object) && object !== '') {
      const wanted = rest.filter((word) => !['show', 'list', 'ls', 'dev'].includes(word))[0]
      const shown = interfaces(context).filter(({ name }) => wanted === undefined || name === wanted)
      if (shown.length === 0) {
        context.err(`Device "${wanted}" does not exist.\n`)
        return 1
      }
      context.out(shown.map(isBrief ? briefLine : fullBlock).join(''))
      return 0
    }
    if ('route'.startsWith(object) && object !== '') {
      context.out(
        routes(context)
          .map((line) => `${line}\n`)
          .join(''),
      )
      return 0
    }
    context.err(
      object === ''
        ? 'Usage: ip [ OPTIONS ] { address | route }\n'
        : `ip: "${object}" is not emulated; ip address and ip route are\n`,
    )
    return 1
  },
})

function interfaces({ cluster, place, container }: CommandContext): Interface[] {
  const loopback = { index: 1, name: 'lo', address: '127.0.0.1', length: 8 }
  if (place.kind === 'pod') {
    const address = cluster.container(place.namespace, place.name, container ?? '')?.spec.podIP
    return address === undefined ? [loopback] : [loopback, { index: 2, name: 'eth0', address, length: 24 }]
  }
  const machine = cluster.machine(place.name)
  const range = podRange(cluster, place.name)
  return [
    loopback,
    ...(machine === undefined ? [] : [{ index: 2, name: 'eth0', address: machine.address, length: 24 }]),
    ...(range === undefined ? [] : [{ index: 4, name: 'cni0', address: gateway(range), length: 24 }]),
  ]
}

function routes({ cluster, place, container }: CommandContext): string[] {
  if (place.kind === 'pod') {
    const address = cluster.container(place.namespace, place.name, container ?? '')?.spec.podIP ?? ''
    const range = `${network(address)}/24`
    return [`default via ${gateway(range)} dev eth0`, `${range} dev eth0 scope link  src ${address}`]
  }
  const own = cluster.machine(place.name)
  if (own === undefined) return []
  const pods = own.role === 'laptop' ? [] : cluster.machines.flatMap((machine) => podRoute(cluster, machine, own))
  return [
    `default via ${gateway(`${network(own.address)}/24`)} dev eth0 proto static`,
    ...pods,
    `${network(own.address)}/24 dev eth0 proto kernel scope link src ${own.address}`,
  ]
}

function podRoute(cluster: Cluster, { name, address }: Machine, own: Machine): string[] {
  const range = podRange(cluster, name)
  if (range === undefined) return []
  if (name === own.name) return [`${range} dev cni0 proto kernel scope link src ${gateway(range)}`]
  return [`${range} via ${address} dev eth0`]
}

/** A node's share of the Pod network, as its Node object has it. */
function podRange(cluster: Cluster, node: string): string | undefined {
  const { body } = cluster.request({ method: 'GET', path: `/api/v1/nodes/${node}`, query: {}, headers: {} })
  if (typeof body !== 'object' || body === null || !('spec' in body)) return undefined
  const { spec } = body
  if (typeof spec !== 'object' || spec === null || !('podCIDR' in spec)) return undefined
  return typeof spec.podCIDR === 'string' ? spec.podCIDR : undefined
}

function network(address: string): string {
  return address.replace(/\.\d+$/, '.0')
}

function gateway(range: string): string {
  return range.replace(/\.\d+\/\d+$/, '.1')
}

function briefLine({ index, name, address, length }: Interface): string {
  return `${index}: ${name}    inet ${address}/${length} scope ${name === 'lo' ? 'host' : 'global'} ${name}\\       valid_lft forever preferred_lft forever\n`
}

function fullBlock({ index, name, address, length }: Interface): string {
  const isLoopback = name === 'lo'
  return [
    `${index}: ${name}: <${isLoopback ? 'LOOPBACK' : 'BROADCAST,MULTICAST'},UP,LOWER_UP> mtu ${isLoopback ? 65536 : 1500} state ${isLoopback ? 'UNKNOWN' : 'UP'}`,
    `    inet ${address}/${length} scope ${isLoopback ? 'host' : 'global'} ${name}`,
    '       valid_lft forever preferred_lft forever',
    '',
  ].join('\n')
}
