import type { EndpointSlice, Service } from '../generated/types.ts'
import type { NetworkMachine, NetworkObjects } from './world.ts'

/** What kube-proxy makes its rules of. */
export type ServiceRules = Pick<NetworkObjects, 'services' | 'endpointSlices'>

/** Rules that a stopped kube-proxy left on a node, as plain JSON. */
export type StaleRules = readonly [
  node: string,
  rules: { readonly services: readonly Service[]; readonly endpointSlices: readonly EndpointSlice[] },
]

export interface ProxyRules {
  /** The rules in force on a machine: up to date while its kube-proxy runs. */
  of(machine: NetworkMachine): ServiceRules
  /** A machine's power or units changed. */
  machineChanged(machine: NetworkMachine): void
  snapshot(): readonly StaleRules[]
  restore(saved: readonly StaleRules[]): void
}

export function proxyRuns(machine: NetworkMachine): boolean {
  return machine.units['kube-proxy'] !== 'stopped'
}

/**
 * The rules of every node's kube-proxy. One that stops leaves its rules in the kernel, where they stay as they are until
 * it runs again or the machine is switched off (upstream: cmd/kube-proxy; only `--cleanup` removes rules).
 */
export function createProxyRules(live: ServiceRules): ProxyRules {
  const stale = new Map<string, StaleRules[1]>()
  return {
    of(machine) {
      const left = stale.get(machine.name)
      return left ? { services: () => left.services, endpointSlices: () => left.endpointSlices } : live
    },
    machineChanged(machine) {
      if (!machine.powered) stale.set(machine.name, { services: [], endpointSlices: [] })
      else if (proxyRuns(machine)) stale.delete(machine.name)
      else if (!stale.has(machine.name)) {
        stale.set(machine.name, { services: [...live.services()], endpointSlices: [...live.endpointSlices()] })
      }
    },
    snapshot: () => [...stale],
    restore(saved) {
      for (const [node, rules] of saved) stale.set(node, rules)
    },
  }
}
