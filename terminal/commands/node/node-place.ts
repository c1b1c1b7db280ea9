import type { Cluster, Kube, Machine } from '../../../emulator/index.ts'
import type { CommandContext } from '../../types.ts'

/** The node that the command runs on; the laptop and Pods have no kubelet and no container runtime. */
export function nodeOf({ cluster, place }: CommandContext): Machine | undefined {
  const machine = place.kind === 'machine' ? cluster.machine(place.name) : undefined
  return machine?.role === 'laptop' ? undefined : machine
}

/** The Pods of a node, as its kubelet knows them. */
export function podsOn(cluster: Cluster, node: string): readonly Kube.Pod[] {
  return itemsOf<Kube.Pod>(cluster, '/api/v1/pods').filter(({ spec }) => spec?.nodeName === node)
}

export function itemsOf<T>(cluster: Cluster, path: string): readonly T[] {
  const { body } = cluster.request({ method: 'GET', path, query: {}, headers: {} })
  return (body as { readonly items?: readonly T[] }).items ?? []
}

/** The words of Ubuntu's command-not-found; 127. */
export function notFound(context: CommandContext, name: string, packages = ''): number {
  context.err(
    packages === ''
      ? `${name}: command not found\n`
      : `Command '${name}' not found, but can be installed with:\n${packages}`,
  )
  return 127
}
