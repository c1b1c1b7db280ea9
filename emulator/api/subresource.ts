/** Subresources beyond `status` and `scale`: kinds and the cluster contribute handlers; api/ knows none by name. */
import type { ObjectClient } from './client.ts'
import type { Connection } from './connection.ts'
import type { KindDefinition } from './kind.ts'
import type { ApiRequest, ApiResponse, ApiStream, KubeObject, UserInfo } from './types.ts'

export interface SubresourceRequest {
  readonly kind: KindDefinition
  readonly namespace: string | undefined
  readonly name: string
  /** The object the subresource belongs to. */
  readonly object: KubeObject
  readonly method: ApiRequest['method']
  /** First value of each query parameter. */
  readonly query: ReadonlyMap<string, string>
  /** Does the client ask for another protocol on this connection? */
  readonly upgrades: boolean
  /** All values of a parameter (`command=ls&command=-l`). */
  queryAll(name: string): readonly string[]
  /** The parsed body; undefined without one. */
  readonly body: unknown
  readonly user: UserInfo
  readonly dryRun: boolean
  readonly now: number
  /** Acts as the caller. */
  readonly objects: ObjectClient
  warn(text: string): void
}

/** JSON in `body`, text with `contentType`, a stream of text items, or an upgraded connection. */
export interface SubresourceResponse {
  readonly status?: number
  readonly body?: unknown
  readonly contentType?: string
  readonly stream?: ApiStream
  readonly connection?: Connection
}

/** What discovery and the routes know of a subresource that is contributed. */
export interface ContributedSubresource {
  /** Plural and group of the parent: `pods`, `serviceaccounts`. */
  readonly resource: string
  /** `log`, `binding`, `exec`, `eviction`, `proxy`. */
  readonly subresource: string
  readonly methods: readonly ApiRequest['method'][]
  /** A verb that the caller needs besides that of the method. */
  readonly alsoNeeds?: string
  /** What discovery says the subresource speaks; default: the parent's kind. */
  readonly speaks?: { readonly group: string; readonly version: string; readonly kind: string }
}

/** `pods/log`, `pods/binding`, …; `handle` may throw a StatusError. */
export interface SubresourceHandler extends ContributedSubresource {
  handle(request: SubresourceRequest): SubresourceResponse
}

/** `pods/proxy`: passes requests on to something behind the API server. */
export interface ProxyHandler extends ContributedSubresource {
  forward(request: ProxyRequest): ApiResponse
}

export interface ProxyRequest {
  readonly namespace: string | undefined
  /** As the path has it: `https:web:443`. */
  readonly name: string
  /** What stands behind `proxy` in the path, with its query: `/status?full`. */
  readonly path: string
  readonly request: ApiRequest
  /** Acts as the caller. */
  readonly objects: ObjectClient
}
