/** What an NGINX Ingress controller has made of the cluster's objects: plain JSON, kept in its Pod and read by its nginx. */

import { isRecord, parseAs } from '../api/json.ts'
import type { Cors } from './cors.ts'
import type { ExternalAuth } from './external-auth.ts'
import type { Limit } from './limits.ts'
import type { Settings } from './settings.ts'
import type { Stream } from './streams.ts'

export interface Configuration {
  readonly servers: readonly VirtualServer[]
  readonly backends: readonly Backend[]
  /** Shown to clients that ask for no name, or for one without a certificate. PEM. */
  readonly fallbackCertificate: string
  /** What was taken in, to tell what changed: uid and a mark of spec and annotations. */
  readonly ingresses: readonly (readonly [uid: string, mark: string])[]
  readonly settings: Settings
  readonly streams: readonly Stream[]
  /** What the admission webhook goes by. */
  readonly admits: { readonly snippets: boolean; readonly riskLevel: string }
  /** Ingresses with rules that other controllers, or none, are to look after. */
  readonly foreign: readonly ForeignIngress[]
}

export interface ForeignIngress {
  readonly name: string
  readonly className: string
  readonly hosts: readonly string[]
}

export interface VirtualServer {
  /** A host, `*.example.com`, or `_` for all others. */
  readonly host: string
  readonly aliases: readonly string[]
  /** PEM; undefined: the fallback. */
  readonly certificate?: string
  /** A host that is sent on to this one: `www.`. */
  readonly redirectFrom?: string
  /** What Ingresses claim of this host, as they write it. */
  readonly claims: readonly { readonly path: string; readonly pathType: string; readonly ingress: string }[]
  /** In the order in which nginx has them. */
  readonly locations: readonly Location[]
}

export interface Location {
  readonly path: string
  readonly match: 'exact' | 'prefix' | 'regex'
  /** As the Ingress has it. */
  readonly pathType: string
  /** The Ingress that it comes from; none: the controller's own. */
  readonly ingress?: { readonly namespace: string; readonly name: string }
  /** Name of a backend; '' where there is none: 404. */
  readonly backend: string
  readonly canary?: Canary
  readonly options: LocationOptions
  /** Stands for what no path of the host claims. */
  readonly fallback?: true
  /** Answers 503 whatever is asked: something that it needs is missing. */
  readonly denied?: string
  /** Makes the pages of `custom-http-errors`. */
  readonly errorBackend?: string
  /** What a snippet of the Ingress sets, where the ConfigMap allows snippets. */
  readonly addedHeaders?: readonly (readonly [name: string, value: string])[]
}

export interface Backend {
  /** `default-web-80` */
  readonly name: string
  readonly namespace: string
  readonly service: string
  readonly port: string
  readonly endpoints: readonly { readonly address: string; readonly port: number }[]
  /** An outside name to be looked up (ExternalName). */
  readonly external?: { readonly name: string; readonly port: number }
  readonly problem?: 'no-service' | 'no-port' | 'no-endpoints'
  readonly ports?: string
}

export interface Canary {
  readonly backend: string
  readonly ingress: string
  readonly weight: number
  readonly weightTotal: number
  readonly header?: string
  readonly headerValue?: string
  readonly headerPattern?: string
  readonly cookie?: string
}

export interface LocationOptions {
  readonly rewriteTarget?: string
  readonly sslRedirect: boolean
  readonly forceSslRedirect: boolean
  readonly appRoot?: string
  readonly redirect?: { readonly to: string; readonly status: number }
  readonly protocol: string
  readonly upstreamHost?: string
  readonly allow: readonly string[]
  readonly deny: readonly string[]
  readonly realm?: string
  /** htpasswd lines. */
  readonly users?: string
  /** Bytes; 0: no limit. */
  readonly bodySize: number
  readonly connectSeconds: number
  readonly readSeconds: number
  readonly tries: number
  readonly affinity?: { readonly cookie: string; readonly path?: string; readonly attributes: readonly string[] }
  /** What decides on the endpoint: a text with nginx's variables. */
  readonly hashBy?: string
  readonly limits: readonly Limit[]
  readonly auth?: ExternalAuth
  /** A good address or a good password is enough. */
  readonly satisfiesAny: boolean
  /** Statuses whose pages the default backend makes. */
  readonly customErrors: readonly number[]
  readonly interceptsErrors: boolean
  readonly forwardedPrefix?: string
  readonly cors?: Cors
}

/** The upstream of the controller's own 404 page. */
export const DEFAULT_BACKEND = 'upstream-default-backend'
/** Where the controller keeps what it has made, beside the nginx.conf that people read. */
export const CONFIGURATION_FILE = '/etc/ingress-controller/configuration.json'

/** What stands in the file; undefined where there is none yet or somebody has spoilt it. */
export const parseConfiguration = (text: string | undefined): Configuration | undefined =>
  parseAs(text, isConfiguration)

function isConfiguration(value: unknown): value is Configuration {
  return (
    isRecord(value) &&
    ['servers', 'backends', 'ingresses', 'streams', 'foreign'].every((field) => Array.isArray(value[field])) &&
    isRecord(value.settings) &&
    isRecord(value.admits)
  )
}
