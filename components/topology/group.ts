import type { TopologyView } from '../../server/protocol.ts'

type Pod = TopologyView['pods'][number]

/** One box of the drawing: a Pod, or all Pods of a workload on one node once there are too many to draw singly. */
export interface PodBox {
  readonly id: string
  readonly title: string
  readonly node: string | undefined
  readonly pods: readonly Pod[]
}

export const MOST_SINGLE_PODS = 12

export const podId = (pod: { readonly namespace: string; readonly name: string }) => `pod/${pod.namespace}/${pod.name}`

/** Boxes for Pods, in a steady order; the default namespace goes without saying. */
export function podBoxes(pods: readonly Pod[]): readonly PodBox[] {
  const sorted = [...pods].sort((a, b) => (podId(a) < podId(b) ? -1 : 1))
  const single = (pod: Pod): PodBox => ({ id: podId(pod), title: titleOf(pod, pod.name), node: pod.node, pods: [pod] })
  if (sorted.length <= MOST_SINGLE_PODS) return sorted.map(single)
  const groups = new Map<string, Pod[]>()
  for (const pod of sorted) {
    const key = `group/${pod.namespace}/${pod.workload ?? pod.name}@${pod.node ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), pod])
  }
  return [...groups].flatMap(([id, members]) => {
    const [first] = members
    if (!first) return []
    if (members.length === 1) return [single(first)]
    const workload = (first.workload ?? first.name).split('/').at(-1) ?? first.name
    return [{ id, title: titleOf(first, workload), node: first.node, pods: members }]
  })
}

const titleOf = (pod: Pod, name: string) => (pod.namespace === 'default' ? name : `${pod.namespace}/${name}`)
