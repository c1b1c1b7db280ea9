/** Who listens on a machine: its own processes, containers on the host's network, and what somebody runs in a shell. */
import type { Cluster, Container, Machine } from '../../../emulator/index.ts'

export interface Socket {
  readonly protocol: 'tcp' | 'udp'
  readonly address: string
  readonly port: number
  readonly process: string
  readonly pid: number
}

export function socketsOf(cluster: Cluster, machine: Machine): readonly Socket[] {
  const own: Socket[] = [
    { protocol: 'udp', address: '127.0.0.53', port: 53, process: 'systemd-resolve', pid: 498 },
    { protocol: 'tcp', address: '127.0.0.53', port: 53, process: 'systemd-resolve', pid: 498 },
  ]
  if (machine.role === 'laptop') return own
  own.push({ protocol: 'tcp', address: '0.0.0.0', port: 22, process: 'sshd', pid: 761 })
  if (machine.units.kubelet === 'running') {
    own.push({ protocol: 'tcp', address: '127.0.0.1', port: 10248, process: 'kubelet', pid: 812 })
    own.push({ protocol: 'tcp', address: '*', port: 10250, process: 'kubelet', pid: 812 })
  }
  if (machine.units.containerd === 'running')
    own.push({ protocol: 'tcp', address: '127.0.0.1', port: 35465, process: 'containerd', pid: 703 })
  const containers = cluster.containersOn(machine.name).filter(({ spec, state }) => {
    return state.kind === 'running' && spec.podIP === machine.address
  })
  for (const { listeners, processes, id } of containers) {
    const process = (processes[0]?.command ?? '').split(' ')[0]?.split('/').at(-1) ?? ''
    const pid = 2_000 + (Number.parseInt(id.slice(0, 4), 16) % 30_000)
    for (const { protocol, port, address } of listeners) {
      if (protocol === 'SCTP') continue
      const shown = address === '0.0.0.0' ? '*' : address
      own.push({ protocol: protocol === 'UDP' ? 'udp' : 'tcp', address: shown, port, process, pid })
    }
    const checks = process === 'kube-proxy' ? cluster.network.healthCheckPorts(machine.name) : []
    for (const port of checks) own.push({ protocol: 'tcp', address: '*', port, process, pid })
  }
  return own.sort((a, b) => a.protocol.localeCompare(b.protocol) || a.port - b.port)
}

/** Who listens in a Pod, seen from one of its containers: the others' processes are not to be seen. */
export function podSockets(cluster: Cluster, seenFrom: Container): readonly Socket[] {
  const { nodeName, podUid } = seenFrom.spec
  const containers = cluster
    .containersOn(nodeName)
    .filter(({ spec, state }) => spec.podUid === podUid && state.kind === 'running')
  const all = containers.flatMap((container) => {
    const process = (container.processes[0]?.command ?? '').split(/[ :]/)[0]?.split('/').at(-1) ?? ''
    const own = container.id === seenFrom.id ? { process, pid: 1 } : { process: '', pid: 0 }
    return container.listeners.flatMap(({ protocol, port, address }): Socket[] =>
      protocol === 'SCTP' ? [] : [{ protocol: protocol === 'UDP' ? 'udp' : 'tcp', address, port, ...own }],
    )
  })
  return all.sort((a, b) => a.protocol.localeCompare(b.protocol) || a.port - b.port)
}
