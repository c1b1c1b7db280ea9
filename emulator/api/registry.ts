/** Which kinds are served, and how paths and manifests find them. */
import type { KindDefinition } from './kind.ts'

export interface Registry {
  readonly kinds: readonly KindDefinition[]
  /** Groups in discovery's order: core first, then as the kinds name them. */
  readonly groupVersions: readonly GroupVersion[]
  byResource(group: string, version: string, plural: string): KindDefinition | undefined
  byKind(group: string, version: string, kind: string): KindDefinition | undefined
}

export interface GroupVersion {
  readonly group: string
  readonly version: string
  readonly kinds: readonly KindDefinition[]
}

export function createRegistry(kinds: readonly KindDefinition[]): Registry {
  const resources = new Map(kinds.map((kind) => [`${kind.group}/${kind.version}/${kind.plural}`, kind]))
  const byKind = new Map(kinds.map((kind) => [`${kind.group}/${kind.version}/${kind.kind}`, kind]))
  const groups = new Map<string, KindDefinition[]>()
  for (const kind of kinds) {
    const key = `${kind.group}/${kind.version}`
    groups.set(key, [...(groups.get(key) ?? []), kind])
  }
  const groupVersions = [...groups.values()].flatMap((members) =>
    members[0] ? [{ group: members[0].group, version: members[0].version, kinds: members }] : [],
  )
  groupVersions.sort((a, b) => Number(a.group !== '') - Number(b.group !== ''))
  return {
    kinds,
    groupVersions,
    byResource: (group, version, plural) => resources.get(`${group}/${version}/${plural}`),
    byKind: (group, version, kind) => byKind.get(`${group}/${version}/${kind}`),
  }
}

/**
 * A registry that grows and shrinks: `kinds` and what `custom` says now. The same list of custom kinds gives the same
 * registry, so clusters that share their definitions share it too.
 */
export function createGrowingRegistry(
  kinds: readonly KindDefinition[],
  custom: () => readonly KindDefinition[],
): Registry {
  const now = (): Registry => {
    const list = custom()
    const known = remembered.get(list)
    if (known?.kinds === kinds) return known.registry
    const registry = createRegistry([...kinds, ...list])
    remembered.set(list, { kinds, registry })
    return registry
  }
  return {
    get kinds() {
      return now().kinds
    },
    get groupVersions() {
      return now().groupVersions
    },
    byResource: (group, version, plural) => now().byResource(group, version, plural),
    byKind: (group, version, kind) => now().byKind(group, version, kind),
  }
}

// allowed: results of a pure function, frozen and the same for every cluster
const remembered = new WeakMap<
  readonly KindDefinition[],
  { readonly kinds: readonly KindDefinition[]; readonly registry: Registry }
>()

/** `v1`, `apps/v1`: a kind's `apiVersion`. */
export function apiVersion(kind: Pick<KindDefinition, 'group' | 'version'>): string {
  return kind.group === '' ? kind.version : `${kind.group}/${kind.version}`
}
