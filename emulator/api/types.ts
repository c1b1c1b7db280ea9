/** The vocabulary that every part of the emulator shares: objects, requests, responses, watch events. */
import type { JsonValue, ObjectMeta } from '../generated/types.ts'
import type { Connection } from './connection.ts'

export type { JsonValue }

/** Any Kubernetes object as it travels in JSON. Objects in the store are deeply immutable: writers replace, readers share. */
export interface KubeObject {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata?: ObjectMeta
}

/** Who asks. The emulator's own components use their real names (`system:kube-scheduler`). */
export interface UserInfo {
  readonly name: string
  readonly groups: readonly string[]
  readonly uid?: string
  /** What else an authenticator knows: the Pod and node that a token is bound to. */
  readonly extra?: { readonly [key: string]: readonly string[] }
}

/** An HTTP request to the API server, already split; the body is raw text (JSON or YAML, as `content-type` says). */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path without query: `/api/v1/namespaces/default/pods`. */
  readonly path: string
  readonly query?: { readonly [name: string]: string | readonly string[] }
  /** Header names in lower case. */
  readonly headers?: { readonly [name: string]: string }
  readonly body?: string
  /** Whom the connection vouches for; credentials come first. */
  readonly user?: UserInfo
  /** What the client proved itself with when it connected, in PEM. A bearer token is a header. */
  readonly clientCertificate?: string
}

/** The answer: a JSON body (object, list, Table, Status, discovery) or text, and for watches and logs -f a stream. */
export interface ApiResponse {
  readonly status: number
  /** Header names in lower case. Each API warning is one entry of `warnings`, never a header here. */
  readonly headers: { readonly [name: string]: string }
  readonly warnings: readonly string[]
  /** Parsed JSON (immutable), or when `content-type` is not JSON text, or bytes (Uint8Array) when it is protobuf. */
  readonly body: unknown
  /** Present for `watch=true` (each item one `{type, object}`) and `follow=true` (each item text). `body` is then undefined. */
  readonly stream?: ApiStream
  /** Present with status 101, where `headers.upgrade` asked for it: exec, attach, portforward. */
  readonly connection?: Connection
}

/** A stream delivers synchronously, in virtual time, until it ends or the returned function is called. */
export interface ApiStream {
  subscribe(onItem: (item: unknown) => void, onEnd: () => void): () => void
}

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED'

/** One change in the store. `previous` is what stood there before, for label-selector watches. */
export interface StoreEvent {
  readonly type: WatchEventType
  /** `pods`, `deployments.apps`: plural and group. */
  readonly resource: string
  readonly object: KubeObject
  readonly previous?: KubeObject
}

export interface ListOptions {
  readonly namespace?: string
  /** Labels that must all be equal, or a full selector in the API's text form (`app in (a,b),!x`). */
  readonly labels?: { readonly [key: string]: string } | string
}
