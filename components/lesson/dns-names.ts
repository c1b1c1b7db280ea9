/** How a Pod's resolver takes a name apart: what it asks for, in order, until something is found. */
export interface NameQuery {
  /** The full name in the question. */
  readonly name: string
  readonly outcome: 'none' | 'found' | 'not asked'
}

const CLUSTER = 'cluster.local'
const NDOTS = 5

/** The endings in the `search` line of a Pod of this namespace. */
export const searchList = (namespace: string): readonly string[] => [
  `${namespace}.svc.${CLUSTER}`,
  `svc.${CLUSTER}`,
  CLUSTER,
]

/** Questions for `name` from a Pod of `namespace`, where `existing` is the one full name that there is. */
export function queriesFor(name: string, namespace: string, existing: string): readonly NameQuery[] {
  const endings = searchList(namespace).map((ending) => `${name}.${ending}`)
  const complete = name.endsWith('.')
  const asGiven = complete ? name.slice(0, -1) : name
  const dots = name.split('.').length - 1
  const names = complete ? [asGiven] : dots < NDOTS ? [...endings, asGiven] : [asGiven, ...endings]
  const at = names.indexOf(existing)
  return names.map((full, i) => ({
    name: full,
    outcome: i === at ? 'found' : at >= 0 && i > at ? 'not asked' : 'none',
  }))
}
