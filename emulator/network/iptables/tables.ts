import { endpointsOf, nearEndpoints, usableEndpoints } from '../endpoint-set.ts'
import { isProxied } from '../service-match.ts'
import type { NetfilterTable } from '../types.ts'
import type { NetworkMachine, World } from '../world.ts'
import { addFrame } from './frame.ts'
import { addressType, comment } from './matches.ts'
import { RuleSet } from './rule-set.ts'
import { addServicePort } from './service-rules.ts'

/**
 * The packet filter of a machine as its kube-proxy and kubelet have set it up; the laptop has none. Packets do not walk
 * these rules: both follow from the same Services and slices. Order among Services is by name; kube-proxy's is random.
 */
export function netfilterTables(machine: NetworkMachine, world: World): readonly NetfilterTable[] {
  if (machine.role === 'laptop') return []
  const rules = new RuleSet()
  addFrame(rules)
  const seen = world.rules.of(machine)
  const services = [...seen.services()].filter(isProxied).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
  const node = world.objects.nodes().find(({ metadata }) => metadata?.name === machine.name)
  const zone = node?.metadata?.labels?.['topology.kubernetes.io/zone']
  for (const service of services) {
    for (const port of service.spec?.ports ?? []) {
      const all = [...endpointsOf(seen, service, port)].sort((a, b) => (endpointKey(a) < endpointKey(b) ? -1 : 1))
      addServicePort(rules, {
        service,
        port,
        cluster: nearEndpoints(usableEndpoints(all), machine.name, zone),
        local: usableEndpoints(all.filter(({ nodeName }) => nodeName === machine.name)),
        podCidr: world.settings.podCidr,
      })
    }
  }
  rules.append('nat', 'KUBE-SERVICES', {
    matches: [
      comment('kubernetes service nodeports; NOTE: this must be the last rule in this chain'),
      addressType('dst'),
    ],
    target: 'KUBE-NODEPORTS',
  })
  return rules.tables
}

const keyOf = ({ metadata }: { readonly metadata?: { readonly namespace?: string; readonly name?: string } }): string =>
  `${metadata?.namespace ?? ''}/${metadata?.name ?? ''}`

const endpointKey = ({ address, port }: { readonly address: string; readonly port: number }): string =>
  `${address}:${port}`
