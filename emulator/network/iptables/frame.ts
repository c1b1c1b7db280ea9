import type { NetfilterRule } from '../types.ts'
import { accounted, comment, marked, state } from './matches.ts'
import type { RuleSet } from './rule-set.ts'

const to = (target: string, ...matches: NetfilterRule['matches'][number][]): NetfilterRule => ({ matches, target })

/** The chains and jumps that stand before any Service does (upstream: pkg/proxy/iptables iptablesJumpChains; kubelet). */
export function addFrame(rules: RuleSet): void {
  for (const table of ['mangle', 'filter', 'nat'] as const) {
    rules.chain(table, 'KUBE-KUBELET-CANARY')
    rules.chain(table, 'KUBE-PROXY-CANARY')
  }
  rules.chain('mangle', 'KUBE-IPTABLES-HINT')
  addFilterFrame(rules)
  addNatFrame(rules)
}

function addFilterFrame(rules: RuleSet): void {
  const fresh = state('NEW')
  const firewall = to('KUBE-PROXY-FIREWALL', fresh, comment('kubernetes load balancer firewall'))
  const services = to('KUBE-SERVICES', fresh, comment('kubernetes service portals'))
  const external = to('KUBE-EXTERNAL-SERVICES', fresh, comment('kubernetes externally-visible service portals'))
  const forwarding = comment('kubernetes forwarding rules')
  const jumps: readonly (readonly [chain: string, rules: readonly NetfilterRule[]])[] = [
    [
      'INPUT',
      [firewall, to('KUBE-NODEPORTS', comment('kubernetes health check service ports')), external, to('KUBE-FIREWALL')],
    ],
    ['FORWARD', [firewall, to('KUBE-FORWARD', forwarding), services, external]],
    ['OUTPUT', [firewall, services, to('KUBE-FIREWALL')]],
    [
      'KUBE-FIREWALL',
      [
        {
          source: '127.0.0.0/8',
          notSource: true,
          destination: '127.0.0.0/8',
          matches: [comment('block incoming localnet connections'), state('RELATED,ESTABLISHED,DNAT', true)],
          target: 'DROP',
        },
      ],
    ],
    [
      'KUBE-FORWARD',
      [
        to('DROP', state('INVALID'), accounted('ct_state_invalid_dropped_pkts')),
        to('ACCEPT', forwarding, marked()),
        to('ACCEPT', comment('kubernetes forwarding conntrack rule'), state('RELATED,ESTABLISHED')),
      ],
    ],
  ]
  for (const chain of ['EXTERNAL-SERVICES', 'NODEPORTS', 'PROXY-FIREWALL', 'SERVICES']) {
    rules.chain('filter', `KUBE-${chain}`)
  }
  for (const [chain, list] of jumps) for (const rule of list) rules.append('filter', chain, rule)
}

function addNatFrame(rules: RuleSet): void {
  const services = to('KUBE-SERVICES', comment('kubernetes service portals'))
  rules.append('nat', 'PREROUTING', services)
  rules.append('nat', 'OUTPUT', services)
  rules.append('nat', 'POSTROUTING', to('KUBE-POSTROUTING', comment('kubernetes postrouting rules')))
  rules.append('nat', 'KUBE-MARK-MASQ', {
    matches: [],
    target: 'MARK',
    options: { save: '--set-xmark 0x4000/0x4000', list: 'MARK or 0x4000' },
  })
  rules.append('nat', 'KUBE-POSTROUTING', to('RETURN', marked(true)))
  rules.append('nat', 'KUBE-POSTROUTING', {
    matches: [],
    target: 'MARK',
    options: { save: '--set-xmark 0x4000/0x0', list: 'MARK xor 0x4000' },
  })
  rules.append('nat', 'KUBE-POSTROUTING', {
    matches: [comment('kubernetes service traffic requiring SNAT')],
    target: 'MASQUERADE',
    options: { save: '--random-fully', list: 'random-fully' },
  })
  rules.chain('nat', 'KUBE-NODEPORTS')
}
