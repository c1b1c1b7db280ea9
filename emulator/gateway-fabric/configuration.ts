/** What the controller has made of a Gateway and its routes for the nginx in front: plain JSON, kept in its Pods. */
import { isRecord } from '../api/json.ts'
import type { Backend } from '../ingress-nginx/configuration.ts'
import type { BackendTls } from './backend-tls.ts'
import type { Filter, RouteMatch } from './objects.ts'

export interface Configuration {
  /** `namespace/name` */
  readonly gateway: string
  readonly servers: readonly Server[]
  readonly backends: readonly Backend[]
}

/** One host on one port. */
export interface Server {
  readonly port: number
  /** `web.example.com`, `*.example.com`; none: all hosts. */
  readonly host?: string
  readonly tls: boolean
  /** PEM. */
  readonly certificate?: string
  /** In the order in which they win. */
  readonly rules: readonly Rule[]
}

/** One match of one rule of a route. */
export interface Rule {
  readonly route: { readonly kind: string; readonly namespace: string; readonly name: string }
  readonly match: RouteMatch
  readonly filters: readonly Filter[]
  readonly targets: readonly Target[]
  /** Backends that get a copy of a share of the requests: of `of` requests `share`. */
  readonly mirrors: readonly { readonly backend: string; readonly share: number; readonly of: number }[]
  readonly readSeconds: number
  /** A filter that cannot be served: 500. */
  readonly broken?: true
}

/** A backendRef: a backend by its name, or why it cannot be used. */
export interface Target {
  readonly weight: number
  readonly backend: string
  readonly filters: readonly Filter[]
  readonly problem?: string
  /** It is spoken to over TLS. */
  readonly tls?: BackendTls
}

/** Where the nginx of a Gateway reads it. */
export const CONFIGURATION_DIRECTORY = '/etc/nginx/conf.d'
export const CONFIGURATION_FILE = `${CONFIGURATION_DIRECTORY}/http.json`

/** What stands in the file; undefined where somebody has spoilt it. */
export function parseConfiguration(text: string | undefined): Configuration | undefined {
  try {
    const parsed = JSON.parse(text ?? '') as Configuration
    return isRecord(parsed) && Array.isArray(parsed.servers) && Array.isArray(parsed.backends) ? parsed : undefined
  } catch {
    return undefined
  }
}
