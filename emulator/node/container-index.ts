import type { ContainerSpec } from './runtime.ts'

/** Ids of containers, in the order of their starts, by what they are looked up by. */
export class ContainerIndex {
  readonly #byPod = new Map<string, Set<string>>()
  readonly #byAddress = new Map<string, Set<string>>()
  readonly #byNode = new Map<string, Set<string>>()

  add(id: string, spec: ContainerSpec): void {
    put(this.#byPod, spec.podUid, id)
    put(this.#byAddress, spec.podIP, id)
    put(this.#byNode, spec.nodeName, id)
  }

  delete(id: string, spec: ContainerSpec): void {
    take(this.#byPod, spec.podUid, id)
    take(this.#byAddress, spec.podIP, id)
    take(this.#byNode, spec.nodeName, id)
  }

  ofPod(podUid: string): readonly string[] {
    return [...(this.#byPod.get(podUid) ?? [])]
  }

  atAddress(podIP: string): readonly string[] {
    return [...(this.#byAddress.get(podIP) ?? [])]
  }

  onNode(node: string): readonly string[] {
    return [...(this.#byNode.get(node) ?? [])]
  }
}

function put(groups: Map<string, Set<string>>, value: string, id: string): void {
  const group = groups.get(value)
  if (group) group.add(id)
  else groups.set(value, new Set([id]))
}

function take(groups: Map<string, Set<string>>, value: string, id: string): void {
  const group = groups.get(value)
  group?.delete(id)
  if (group?.size === 0) groups.delete(value)
}
