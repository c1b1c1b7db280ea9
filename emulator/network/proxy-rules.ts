import type { EndpointSlice, Service } from '../generated/types.ts'
import { fixedRules } from './indexes.ts'
import type { NetworkContainer, NetworkContainers, NetworkMachine, NetworkObjects } from './world.ts'

/** What kube-proxy makes its rules of. */
export type ServiceRules = Pick<NetworkObjects, 'services' | 'servicesFor' | 'endpointSlices' | 'slicesFor'>

/** Rules that a stopped kube-proxy left on a node, as plain JSON. */
export type StaleRules = readonly [
  node: string,
  rules: { readonly services: readonly Service[]; readonly endpointSlices: readonly EndpointSlice[] },
]

export interface ProxyRules {
  /** The rules in force on a machine: up to date while its kube-proxy runs. */
  of(machine: NetworkMachine): ServiceRules
  /** Does kube-proxy run on a machine? */
  runs(machine: NetworkMachine): boolean
  /** A machine's power or units changed. */
  machineChanged(machine: NetworkMachine): void
  /** A container of a machine has started to serve, or has ended. */
  containerChanged(machine: NetworkMachine, container: NetworkContainer): void
  snapshot(): readonly StaleRules[]
  restore(saved: readonly StaleRules[]): void
}

/** kube-proxy's own health check. */
const HEALTH_PORT = 10256

function isProxy({ spec }: NetworkContainer): boolean {
  return /(^|\/)kube-proxy[:@]/.test(spec.image)
}

/** Has it read its configuration and got to work? One that cannot ends before it listens. */
function works(container: NetworkContainer): boolean {
  return (
    isProxy(container) &&
    container.state.kind === 'running' &&
    container.listeners.some(({ port }) => port === HEALTH_PORT)
  )
}

function isHeldUp(machine: NetworkMachine): boolean {
  return machine.units['kube-proxy'] === 'stopped'
}

/**
 * The rules of every node's kube-proxy. One that ends leaves its rules in the kernel, where they stay as they are until
 * another runs there or the machine is switched off (upstream: cmd/kube-proxy; only `--cleanup` removes rules).
 * Besides its container a unit of the machine can hold it up, so that a fault stays when the DaemonSet mends itself.
 */
export function createProxyRules(live: ServiceRules, containers: NetworkContainers): ProxyRules {
  const stale = new Map<string, StaleRules[1]>()
  const fixed = new Map<string, ServiceRules>()
  const leave = (node: string, services: readonly Service[], endpointSlices: readonly EndpointSlice[]): void => {
    stale.set(node, { services, endpointSlices })
    fixed.set(node, fixedRules(services, endpointSlices))
  }
  const stop = ({ name }: NetworkMachine): void => {
    if (!stale.has(name)) leave(name, [...live.services()], [...live.endpointSlices()])
  }
  const start = ({ name }: NetworkMachine): void => {
    stale.delete(name)
    fixed.delete(name)
  }
  const hasProxy = ({ address }: NetworkMachine): boolean => containers.byPodIP(address).some(works)
  return {
    of: (machine) => fixed.get(machine.name) ?? live,
    runs: (machine) => !stale.has(machine.name),
    machineChanged(machine) {
      if (!machine.powered) leave(machine.name, [], [])
      else if (isHeldUp(machine)) stop(machine)
      else if (hasProxy(machine)) start(machine)
    },
    containerChanged(machine, container) {
      if (!isProxy(container)) return
      if (works(container) && machine.powered && !isHeldUp(machine)) start(machine)
      else if (container.state.kind === 'exited' && !hasProxy(machine)) stop(machine)
    },
    snapshot: () => [...stale],
    restore(saved) {
      for (const [node, { services, endpointSlices }] of saved) leave(node, services, endpointSlices)
    },
  }
}
