/** Resource types that the server serves, and which of them a word on the command line means (upstream: client-go/restmapper). */
import { ConnectionError, isReason, KubectlError } from '../errors.ts'
import type { ApiClient } from './client.ts'

export interface ResourceType {
  readonly group: string
  readonly version: string
  readonly plural: string
  readonly singular: string
  readonly kind: string
  readonly namespaced: boolean
  readonly shortNames: readonly string[]
  readonly categories: readonly string[]
  readonly verbs: readonly string[]
}
interface DiscoveredResource {
  readonly name: string
  readonly singularName?: string
  readonly kind: string
  readonly namespaced: boolean
  readonly shortNames?: readonly string[]
  readonly categories?: readonly string[]
  readonly verbs?: readonly string[]
}
interface GroupList {
  readonly groups?: readonly {
    readonly name: string
    readonly versions: readonly { readonly version: string }[]
    readonly preferredVersion?: { readonly version: string }
  }[]
}

/** The server has no such type. Printed bare by some commands, with `error: ` by others. */
export class NoResourceType extends KubectlError {}

type Asked = Pick<ApiClient, 'discover' | 'discoveryFailure'>

export class Discovery {
  readonly #api: Asked
  readonly #asks: number
  #types: readonly ResourceType[] | undefined
  readonly #unavailable: string[] = []

  /** `asks`: how often upstream asks before it believes that nobody is there. */
  constructor(api: Asked, asks = 4) {
    this.#api = api
    this.#asks = asks
  }

  /** Every type, core first, without subresources. Versions of a group in the server's order of preference. */
  get types(): readonly ResourceType[] {
    this.#types ??= this.#reached(() => [
      ...this.#load('', 'v1', '/api/v1'),
      ...this.#groups().flatMap(([g, v]) => this.#load(g, v, `/apis/${g}/${v}`)),
    ])
    return this.#types
  }

  #reached<T>(load: () => T): T {
    try {
      return load()
    } catch (error) {
      throw error instanceof ConnectionError ? this.#api.discoveryFailure(error, this.#asks) : error
    }
  }

  /** `v1`, `apps/v1`, … */
  get apiVersions(): readonly string[] {
    return ['v1', ...this.#reached(() => this.#groups()).map(([g, v]) => `${g}/${v}`)]
  }

  #groups(): readonly (readonly [string, string])[] {
    const list = this.#api.discover<GroupList>('/apis')
    return (list.groups ?? []).flatMap((group) => group.versions.map(({ version }) => [group.name, version] as const))
  }

  /** Versions of groups whose server does not answer; their types are unknown. Filled when types are asked for. */
  get unavailable(): readonly string[] {
    return this.types.length > 0 ? this.#unavailable : []
  }

  #load(group: string, version: string, path: string): readonly ResourceType[] {
    return this.#resources(`${group}/${version}`, path)
      .filter((resource) => !resource.name.includes('/'))
      .map((resource) => ({
        group,
        version,
        plural: resource.name,
        singular: resource.singularName || resource.kind.toLowerCase(),
        kind: resource.kind,
        namespaced: resource.namespaced,
        shortNames: resource.shortNames ?? [],
        categories: resource.categories ?? [],
        verbs: resource.verbs ?? [],
      }))
  }

  #resources(groupVersion: string, path: string): readonly DiscoveredResource[] {
    try {
      return this.#api.discover<{ readonly resources?: readonly DiscoveredResource[] }>(path).resources ?? []
    } catch (error) {
      if (!isReason(error, 'ServiceUnavailable')) throw error
      this.#unavailable.push(groupVersion)
      return []
    }
  }

  /** What `svc`, `deployments.apps`, `deploy.v1.apps` or `Service` means. Throws NoResourceType. */
  resolve(word: string): ResourceType {
    const found = this.find(word)
    if (!found) throw new NoResourceType(`the server doesn't have a resource type "${word.split('.')[0]}"`)
    return found
  }

  find(word: string): ResourceType | undefined {
    const [head = '', ...rest] = word.split('.')
    const name = head.toLowerCase()
    // Short names are told apart from others by their case.
    const candidates = this.types.filter(
      (type) => type.plural === name || type.singular === name || type.shortNames.includes(head),
    )
    if (rest.length === 0) return candidates[0]
    const suffix = rest.join('.')
    return (
      candidates.find((type) => type.group === suffix || `${type.version}.${type.group}` === suffix) ??
      // A short name's version is forgotten when it is written out (upstream: restmapper/shortcut.go).
      candidates.find(
        (type) => type.shortNames.includes(head) && type.group !== '' && rest.slice(1).join('.') === type.group,
      ) ??
      candidates.find((type) => type.group !== '' && type.group.startsWith(`${suffix}.`))
    )
  }

  /** Every type in the version that its group prefers. */
  get preferred(): readonly ResourceType[] {
    const seen = new Set<string>()
    return this.types.filter((type) => {
      const name = resourceName(type)
      const first = !seen.has(name)
      seen.add(name)
      return first
    })
  }

  /** Types of a category such as `all`; empty if there is none of that name. */
  category(word: string): readonly ResourceType[] {
    return this.preferred.filter((type) => type.categories.includes(word))
  }

  /** The type of a manifest; kinds are found in lower case too. */
  forKind(apiVersion: string, kind: string): ResourceType | undefined {
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/', 2) : ['', apiVersion]
    return this.types.find(
      (type) =>
        type.group === group && type.version === version && (type.kind === kind || type.kind.toLowerCase() === kind),
    )
  }
}

/** `apps/v1`, `v1` */
export const apiVersionOf = (type: Pick<ResourceType, 'group' | 'version'>) =>
  type.group ? `${type.group}/${type.version}` : type.version
/** `deployment.apps`, `service`: how printers name an object's kind. */
export const kindName = (type: Pick<ResourceType, 'group' | 'kind'>) =>
  `${type.kind.toLowerCase()}${type.group ? `.${type.group}` : ''}`
/** `deployments.apps` */
export const resourceName = (type: Pick<ResourceType, 'group' | 'plural'>) =>
  `${type.plural}${type.group ? `.${type.group}` : ''}`
/** `apps/v1, Resource=deployments`: Go's text of a GroupVersionResource. */
export const resourceText = (type: ResourceType) => `${type.group}/${type.version}, Resource=${type.plural}`

/** The URL path of a collection or an object. */
export function resourcePath(
  type: ResourceType,
  namespace: string | undefined,
  name?: string,
  subresource?: string,
): string {
  const root = type.group ? `/apis/${type.group}/${type.version}` : `/api/${type.version}`
  const scope = type.namespaced && namespace ? `/namespaces/${encodeURIComponent(namespace)}` : ''
  const object = name === undefined ? '' : `/${encodeURIComponent(name)}`
  return `${root}${scope}/${type.plural}${object}${subresource ? `/${subresource}` : ''}`
}
