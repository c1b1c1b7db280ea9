import type { Kube, Machine } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'
import type { Arguments } from '../arguments.ts'

export const VERSION = 'v1.36.2'

export interface KubeadmCall {
  readonly context: CommandContext
  readonly node: Machine
  /** What follows the words of the command. */
  readonly words: readonly string[]
  readonly flags: Arguments['flags']
  readonly values: Arguments['values']
}

export type KubeadmVerb = (call: KubeadmCall) => number | Promise<number>

const HINT = 'To see the stack trace of this error execute with --v=5 or higher\n'

export function failed({ err }: CommandContext, text: string): number {
  err(`error: ${text}\n${HINT}`)
  return 1
}

/** Where the control plane is reached. */
export function endpointOf({ cluster }: CommandContext): string {
  const plane = cluster.machines.find(({ role }) => role === 'control-plane')
  return `${plane?.address}:6443`
}

/** Why the API server cannot be asked for `path`; undefined if it can. */
export function apiProblem({ cluster, ...context }: CommandContext, path: string): string | undefined {
  const state = cluster.apiServerState()
  if (state === 'serving') return undefined
  const endpoint = endpointOf({ cluster, ...context })
  return `Get "https://${endpoint}${path}?timeout=10s": dial tcp ${endpoint}: connect: ${state === 'refused' ? 'connection refused' : 'no route to host'}`
}

export const isControlPlane = ({ role }: Machine): boolean => role === 'control-plane'

export function listOf<T>({ cluster }: CommandContext, path: string): readonly T[] {
  const { body } = cluster.request({ method: 'GET', path, query: {}, headers: {} })
  return (body as { readonly items?: readonly T[] }).items ?? []
}

export type Secret = Kube.Secret
