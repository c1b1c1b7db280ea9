import type { MachineSocket } from './types.ts'
import type { Endpoint } from './world.ts'

const EVERY_ADDRESS = '0.0.0.0'

/** Ports that processes in somebody's shell hold open: `kubectl port-forward`, `kubectl proxy`. */
export class MachineSockets {
  readonly #open = new Map<string, Set<MachineSocket>>()

  /** Undefined if another one has the address. Closes at the call of what is returned. */
  open(machine: string, socket: MachineSocket): (() => void) | undefined {
    const sockets = this.#open.get(machine) ?? new Set()
    for (const other of sockets) if (clash(other, socket)) return undefined
    this.#open.set(machine, sockets.add(socket))
    return () => sockets.delete(socket)
  }

  find(machine: string, { address, port }: Endpoint): MachineSocket | undefined {
    for (const socket of this.#open.get(machine) ?? [])
      if (socket.port === port && (socket.address === EVERY_ADDRESS || socket.address === address)) return socket
    return undefined
  }
}

function clash(a: MachineSocket, b: MachineSocket): boolean {
  return a.port === b.port && (a.address === b.address || [a.address, b.address].includes(EVERY_ADDRESS))
}
