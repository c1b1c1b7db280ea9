import { defineCommand } from '../types.ts'
import { filterOf, listLine, type PacketFilterTable, ruleText } from './netfilter-text.ts'

const VERSION = 'iptables v1.8.10 (nf_tables)'

/** `iptables [-t TABLE] -L|-S [CHAIN] [-n] [-v] [--line-numbers]`: shows rules; kube-proxy alone writes them here. */
export const iptables = defineCommand({
  name: 'iptables',
  summary: 'Show the packet filter rules of this machine',
  async run(context) {
    if (['-V', '--version'].includes(context.argv[1] ?? '')) {
      context.out(`${VERSION}\n`)
      return 0
    }
    const asked = parse(context.argv.slice(1))
    if ('error' in asked) {
      context.err(`${VERSION}: ${asked.error}\nTry \`iptables -h' or 'iptables --help' for more information.\n`)
      return 2
    }
    if (context.user !== 'root') {
      context.err(`${VERSION}: Could not fetch rule set generation id: Permission denied (you must be root)\n`)
      return 4
    }
    if (!TABLES.includes(asked.table)) {
      context.err(
        `${VERSION}: table '${asked.table}' does not exist\nPerhaps iptables or your kernel needs to be upgraded.\n`,
      )
      return 3
    }
    const table = filterOf(context).find(({ name }) => name === asked.table)
    const chains = (table?.chains ?? []).filter(({ name }) => asked.chain === undefined || name === asked.chain)
    if (asked.chain !== undefined && chains.length === 0) {
      context.err('iptables: No chain/target/match by that name.\n')
      return 1
    }
    context.out(asked.action === 'list' ? listText(chains, table, asked) : specificationText(chains))
    return 0
  },
})

interface Asked {
  readonly table: string
  readonly action: 'list' | 'specification'
  readonly chain: string | undefined
  readonly numeric: boolean
  readonly verbose: boolean
  readonly numbered: boolean
}
type Chains = PacketFilterTable['chains']

const TABLES = ['filter', 'nat', 'mangle', 'raw', 'security']
const LONG: ReadonlyMap<string, string> = new Map([
  ['--list', '-L'],
  ['--list-rules', '-S'],
  ['--numeric', '-n'],
  ['--verbose', '-v'],
  ['--table', '-t'],
])

/** Letters may stand together (`-nvL`); a chain's name may follow -L or -S. */
function parse(argv: readonly string[]): Asked | { readonly error: string } {
  const flags = new Set<string>()
  let table = 'filter'
  let chain: string | undefined
  const words = argv.map((word) => LONG.get(word) ?? word)
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (word === '--line-numbers') flags.add('#')
    else if (/^-[LSnvxw]*t$/.test(word)) {
      for (const letter of word.slice(1, -1)) flags.add(letter)
      at += 1
      const name = words[at]
      if (name === undefined) return { error: "option requires an argument -- 't'" }
      table = name
    } else if (/^-[LSnvxw]+$/.test(word)) for (const letter of word.slice(1)) flags.add(letter)
    else if (!word.startsWith('-') && chain === undefined && (flags.has('L') || flags.has('S'))) chain = word
    else return { error: `${word} is not emulated; -L and -S show the rules` }
  }
  if (!flags.has('L') && !flags.has('S')) return { error: 'no command specified' }
  const action = flags.has('L') ? 'list' : 'specification'
  return { table, action, chain, numeric: flags.has('n'), verbose: flags.has('v'), numbered: flags.has('#') }
}

function listText(chains: Chains, table: PacketFilterTable | undefined, asked: Asked): string {
  const { numeric, verbose, numbered } = asked
  const header = `${numbered ? 'num  ' : ''}${verbose ? ' pkts bytes ' : ''}target     prot opt ${verbose ? 'in     out     ' : ''}source               destination         `
  const blocks = chains.map(({ name, policy, rules }) => {
    const counted = verbose ? ' 0 packets, 0 bytes' : ''
    const about = policy === undefined ? `${references(table, name)} references` : `policy ${policy}${counted}`
    const lines = rules.map(
      (rule, index) => `${numbered ? String(index + 1).padEnd(5) : ''}${listLine(rule, numeric, verbose)}`,
    )
    return [`Chain ${name} (${about})`, header, ...lines, ''].join('\n')
  })
  return blocks.join('\n')
}

function references(table: PacketFilterTable | undefined, chain: string): number {
  const targets = (table?.chains ?? []).flatMap(({ rules }) => rules.map(({ target }) => target))
  return targets.filter((target) => target === chain).length
}

function specificationText(chains: Chains): string {
  const made = chains.map(({ name, policy }) => (policy === undefined ? `-N ${name}` : `-P ${name} ${policy}`))
  const rules = chains.flatMap((chain) => chain.rules.map((rule) => `-A ${chain.name}${ruleText(rule)}`))
  return [...made, ...rules].map((line) => `${line}\n`).join('')
}
