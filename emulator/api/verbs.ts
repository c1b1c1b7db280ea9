/** What can be done with each resource and subresource: discovery and OpenAPI both tell it. */
import type { KindDefinition } from './kind.ts'
import { resourceName } from './kind.ts'
import type { ContributedSubresource } from './subresource.ts'
import type { ApiRequest } from './types.ts'

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'] as const

/** Verbs of the resource itself. */
export const verbsOf = (kind: KindDefinition): readonly string[] => kind.verbs ?? (kind.answer ? ['create'] : VERBS)

/** May the resource be asked this way at all? Watching is asked for in a list's query and decided there. */
export function offers(kind: KindDefinition, method: ApiRequest['method'], named: boolean): boolean {
  const collection = method === 'GET' ? 'list' : method === 'DELETE' ? 'deletecollection' : METHOD_VERBS[method]
  return verbsOf(kind).includes(named ? METHOD_VERBS[method] : collection)
}

/** One subresource as discovery shows it. */
export interface Subresource {
  readonly name: string
  readonly speaks: { readonly group: string; readonly version: string; readonly kind: string }
  readonly verbs: readonly string[]
}

const METHOD_VERBS = { GET: 'get', POST: 'create', PUT: 'update', PATCH: 'patch', DELETE: 'delete' } as const

/** All subresources of a kind by name: its own status and scale, and those contributed. */
export function subresourcesOf(
  kind: KindDefinition,
  handlers: readonly ContributedSubresource[],
): readonly Subresource[] {
  const own = { group: kind.group, version: kind.version, kind: kind.kind }
  const verbs = ['get', 'patch', 'update']
  const found: Subresource[] = handlers
    .filter((handler) => handler.resource === resourceName(kind))
    .map((handler) => ({
      name: handler.subresource,
      speaks: handler.speaks ?? own,
      verbs: handler.methods.map((method) => METHOD_VERBS[method]).sort(),
    }))
  for (const name of kind.subresources ?? []) if (name !== 'scale') found.push({ name, speaks: own, verbs })
  if (kind.scale) found.push({ name: 'scale', speaks: { group: 'autoscaling', version: 'v1', kind: 'Scale' }, verbs })
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}
