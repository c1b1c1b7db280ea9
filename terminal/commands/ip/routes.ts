import type { Cluster, Machine } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import { gatewayOf, interfacesOf, macOf, networkOf, podMac, podRange } from './interfaces.ts'

export interface Route {
  /** `default`, or a range. */
  readonly to: string
  readonly via?: string
  readonly device: string
  /** What follows the device. */
  readonly rest: string
  readonly source: string
}

/** The routing table: the way out, the node's own Pods over the bridge, the others' over their nodes (flannel's host-gw). */
export function routesOf(context: CommandContext): readonly Route[] {
  const { cluster, place } = context
  const interfaces = interfacesOf(context)
  const eth0 = interfaces.find(({ name }) => name === 'eth0')?.address ?? ''
  const machine =
    place.kind === 'machine' ? cluster.machine(place.name) : cluster.machines.find(({ address }) => address === eth0)
  const gateway = gatewayOf(`${networkOf(eth0)}/24`)
  if (machine === undefined)
    return [
      { to: 'default', via: gateway, device: 'eth0', rest: '', source: eth0 },
      { to: '10.244.0.0/16', via: gateway, device: 'eth0', rest: '', source: eth0 },
      { to: `${networkOf(eth0)}/24`, device: 'eth0', rest: `proto kernel scope link src ${eth0}`, source: eth0 },
    ]
  const nodes = machine.role === 'laptop' ? [] : cluster.machines.flatMap((node) => podRoute(cluster, node, machine))
  return [
    { to: 'default', via: gateway, device: 'eth0', rest: 'proto static', source: eth0 },
    ...nodes,
    { to: `${networkOf(eth0)}/24`, device: 'eth0', rest: `proto kernel scope link src ${eth0}`, source: eth0 },
  ]
}

function podRoute(cluster: Cluster, { name, address }: Machine, own: Machine): readonly Route[] {
  const range = podRange(cluster, name)
  if (range === undefined) return []
  const bridge = gatewayOf(range)
  if (name === own.name)
    return [{ to: range, device: 'cni0', rest: `proto kernel scope link src ${bridge}`, source: bridge }]
  return [{ to: range, via: address, device: 'eth0', rest: '', source: own.address }]
}

export const routeLine = ({ to, via, device, rest }: Route): string =>
  `${to}${via === undefined ? '' : ` via ${via}`} dev ${device}${rest === '' ? '' : ` ${rest}`} `

/** The most exact route to an address. */
export function routeTo(routes: readonly Route[], address: string): Route | undefined {
  const fits = ({ to }: Route): boolean => to !== 'default' && covers(to, address)
  const found = routes.filter(fits).sort((a, b) => lengthOf(b.to) - lengthOf(a.to))
  return found[0] ?? routes.find(({ to }) => to === 'default')
}

const lengthOf = (range: string): number => Number(range.split('/')[1] ?? 0)

function covers(range: string, address: string): boolean {
  const octets = lengthOf(range) / 8
  return range.split('.').slice(0, octets).join('.') === address.split('.').slice(0, octets).join('.')
}

export interface Neighbour {
  readonly address: string
  readonly device: string
  readonly mac: string
  readonly state: 'REACHABLE' | 'STALE' | 'FAILED'
}

/** Whom this host has talked to on its networks: the other machines, the gateway, and a node its Pods. */
export function neighboursOf(context: CommandContext): readonly Neighbour[] {
  const { cluster } = context
  const interfaces = interfacesOf(context)
  const eth0 = interfaces.find(({ name }) => name === 'eth0')?.address ?? ''
  const gateway = gatewayOf(`${networkOf(eth0)}/24`)
  const own = cluster.machines.find(({ address }) => address === eth0)
  if (own === undefined) return [{ address: gateway, device: 'eth0', mac: podMac(gateway), state: 'REACHABLE' }]
  const others = cluster.machines.filter(({ address }) => address !== eth0)
  const pods = cluster
    .containersOn(own.name)
    .flatMap(({ spec, state }) => (state.kind === 'running' && spec.podIP !== eth0 ? [spec.podIP] : []))
  return [
    { address: gateway, device: 'eth0', mac: macOf(gateway), state: 'REACHABLE' },
    ...others.map(
      ({ address, powered }): Neighbour => ({
        address,
        device: 'eth0',
        mac: macOf(address),
        state: powered ? 'REACHABLE' : 'FAILED',
      }),
    ),
    ...[...new Set(pods)].map(
      (address): Neighbour => ({ address, device: 'cni0', mac: podMac(address), state: 'REACHABLE' }),
    ),
  ]
}
