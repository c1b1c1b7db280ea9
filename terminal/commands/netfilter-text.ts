import type { Network } from '../../emulator/index.ts'
import type { CommandContext } from '../types.ts'

export type PacketFilterTable = ReturnType<Network['netfilter']>[number]
export type PacketFilterRule = PacketFilterTable['chains'][number]['rules'][number]

/** The tables of the machine; a Pod's own network has no rules. */
export function filterOf({ cluster, place }: CommandContext): readonly PacketFilterTable[] {
  return place.kind === 'machine' ? cluster.network.netfilter(place.name) : []
}

/** A rule as iptables takes it, each part after a blank: ` -d 10.96.0.1/32 -p tcp … -j KUBE-SVC-…`. */
export function ruleText(rule: PacketFilterRule): string {
  return [
    ...(rule.source === undefined ? [] : [`${rule.notSource === true ? '! ' : ''}-s ${rule.source}`]),
    ...(rule.destination === undefined ? [] : [`-d ${rule.destination}`]),
    ...(rule.protocol === undefined ? [] : [`-p ${rule.protocol}`]),
    ...rule.matches.map(({ save }) => save),
    ...(rule.target === undefined ? [] : [`-j ${rule.target}`]),
    ...(rule.options === undefined ? [] : [rule.options.save]),
  ]
    .map((part) => ` ${part}`)
    .join('')
}

/** /etc/services, as far as Services of learners go; `iptables -L` names these ports unless it is told -n. */
const PORT_NAMES = new Map([
  ['22', 'ssh'],
  ['53', 'domain'],
  ['80', 'http'],
  ['443', 'https'],
  ['3306', 'mysql'],
  ['5432', 'postgresql'],
  ['6379', 'redis'],
  ['8080', 'http-alt'],
])

/** One line of `iptables -L`. */
export function listLine(rule: PacketFilterRule, numeric: boolean, verbose: boolean): string {
  const extras = [...rule.matches, ...(rule.options === undefined ? [] : [rule.options])].map(({ list }) =>
    numeric ? list : list.replace(/ dpt:(\d+)$/, (_, port: string) => ` dpt:${PORT_NAMES.get(port) ?? port}`),
  )
  const anywhere = numeric ? '0.0.0.0/0' : 'anywhere'
  const address = (value: string | undefined): string => value?.replace(/\/32$/, '') ?? anywhere
  const anyInterface = numeric ? '*' : 'any'
  const counters = verbose ? '    0     0 ' : ''
  const interfaces = verbose ? ` ${anyInterface.padEnd(6)} ${anyInterface.padEnd(6)} ` : ''
  const source = `${rule.notSource === true ? '!' : ' '}${address(rule.source).padEnd(19)}`
  const target = `${(rule.target ?? '').padEnd(9)}  ${(rule.protocol ?? 'all').padEnd(4)} -- `
  return `${counters}${target}${interfaces}${source}  ${address(rule.destination).padEnd(19)} ${extras.map((text) => ` ${text}`).join('')}`
}
