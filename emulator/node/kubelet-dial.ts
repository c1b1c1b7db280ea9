import type { Machine } from './machine.ts'

/**
 * How the API server's call to a node's kubelet fails, in the words of Go's net package; undefined if it gets through.
 * Logs and exec need it: they are the kubelet's to give (upstream: pkg/registry/core/pod/rest).
 */
export function kubeletDialError(machine: Machine | undefined): string | undefined {
  if (machine === undefined) return undefined
  const dial = `dial tcp ${machine.address}:10250: connect`
  if (!machine.powered) return `${dial}: no route to host`
  return machine.units.kubelet === 'stopped' ? `${dial}: connection refused` : undefined
}
