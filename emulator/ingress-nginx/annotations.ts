import { annotationsOf } from '../controllers/metadata.ts'
import type { Ingress } from '../generated/types.ts'
import type { Canary, LocationOptions } from './configuration.ts'
import { corsOf } from './cors.ts'
import { externalAuthOf } from './external-auth.ts'
import { limitsOf } from './limits.ts'

/** What comes from the controller's ConfigMap where an Ingress says nothing (ingress-nginx: controller/config/config.go). */
export type Defaults = ReadonlyMap<string, string>

/** Reads one Ingress's annotations; `prefix` is `nginx.ingress.kubernetes.io`. */
export class Annotations {
  readonly #values: { readonly [name: string]: string }
  readonly #prefix: string
  readonly #defaults: Defaults

  constructor(ingress: Ingress, prefix: string, defaults: Defaults) {
    this.#values = annotationsOf(ingress)
    this.#prefix = prefix
    this.#defaults = defaults
  }

  text(name: string): string | undefined {
    const key = `${this.#prefix}/${name}`
    const value = Object.hasOwn(this.#values, key) ? this.#values[key]?.trim() : undefined
    return value === undefined || value === '' ? undefined : value
  }

  /** As Go's strconv.ParseBool reads it. */
  flag(name: string, otherwise = false): boolean {
    const value = this.text(name) ?? this.#defaults.get(name)
    if (value !== undefined && /^(1|t|T|TRUE|true|True)$/.test(value)) return true
    if (value !== undefined && /^(0|f|F|FALSE|false|False)$/.test(value)) return false
    return otherwise
  }

  number(name: string, otherwise: number): number {
    const value = this.text(name) ?? this.#defaults.get(name)
    return value !== undefined && /^\d+$/.test(value) ? Number(value) : otherwise
  }

  list(name: string): readonly string[] {
    const value = this.text(name) ?? this.#defaults.get(name)
    return (value ?? '').split(',').flatMap((part) => part.trim() || [])
  }

  /** The setting, or what the ConfigMap says of all Ingresses. */
  setting(name: string, otherwise: string): string {
    return this.text(name) ?? this.#defaults.get(name) ?? otherwise
  }
}

/** Options of every location that one Ingress makes. `users` are the lines of its password file, if it has one. */
export function locationOptions(own: Annotations, users: string | undefined): LocationOptions {
  const rewriteTarget = own.text('rewrite-target')
  const appRoot = own.text('app-root')
  const redirect = redirectOf(own)
  const upstreamHost = own.text('upstream-vhost')
  const forwardedPrefix = own.text('x-forwarded-prefix')
  const hashBy = own.text('upstream-hash-by')
  const cors = corsOf(own)
  const auth = externalAuthOf(own)
  return {
    ...(rewriteTarget !== undefined && { rewriteTarget }),
    sslRedirect: own.flag('ssl-redirect', true),
    forceSslRedirect: own.flag('force-ssl-redirect'),
    ...(appRoot?.startsWith('/') && { appRoot }),
    ...(redirect && { redirect }),
    protocol: (own.text('backend-protocol') ?? 'HTTP').toUpperCase(),
    ...(upstreamHost !== undefined && { upstreamHost }),
    allow: [...own.list('whitelist-source-range'), ...own.list('allowlist-source-range')],
    deny: own.list('denylist-source-range'),
    ...(users !== undefined && { users, realm: own.text('auth-realm') ?? 'Authentication Required' }),
    bodySize: sizeOf(own.setting('proxy-body-size', '1m')),
    connectSeconds: own.number('proxy-connect-timeout', 5),
    readSeconds: own.number('proxy-read-timeout', 60),
    tries: own.number('proxy-next-upstream-tries', 3),
    ...(own.text('affinity') === 'cookie' && { affinity: affinityOf(own) }),
    ...(hashBy !== undefined && { hashBy }),
    limits: limitsOf(own),
    ...(auth && { auth }),
    satisfiesAny: own.text('satisfy') === 'any',
    customErrors: own.list('custom-http-errors').map(Number),
    interceptsErrors: !own.flag('disable-proxy-intercept-errors'),
    ...(forwardedPrefix !== undefined && { forwardedPrefix }),
    ...(cors && { cors }),
  }
}

/** What the cookie of `affinity: cookie` looks like. */
function affinityOf(own: Annotations): NonNullable<LocationOptions['affinity']> {
  const [path, age, expires, sameSite] = ['path', 'max-age', 'expires', 'samesite'].map((name) =>
    own.text(`session-cookie-${name}`),
  )
  return {
    cookie: own.text('session-cookie-name') ?? 'INGRESSCOOKIE',
    ...(path !== undefined && { path }),
    attributes: [
      ...(expires === undefined ? [] : [`Expires=${expires}`]),
      ...(age === undefined ? [] : [`Max-Age=${age}`]),
      ...(sameSite === undefined ? [] : [`SameSite=${sameSite}`]),
    ],
  }
}

function redirectOf(own: Annotations): LocationOptions['redirect'] {
  const temporal = own.text('temporal-redirect')
  if (temporal !== undefined)
    return { to: temporal, status: redirectCode(own.number('temporal-redirect-code', 302), 302) }
  const permanent = own.text('permanent-redirect')
  if (permanent === undefined) return undefined
  return { to: permanent, status: redirectCode(own.number('permanent-redirect-code', 301), 301) }
}

const redirectCode = (wanted: number, usual: number): number => (wanted >= 300 && wanted <= 308 ? wanted : usual)

/** `8m` in bytes, as nginx reads sizes; what it cannot read is the default. */
function sizeOf(text: string): number {
  const match = /^(\d+)([kKmMgG]?)$/.exec(text)
  if (match === null) return 1 << 20
  const shift = { '': 0, k: 10, m: 20, g: 30 }[(match[2] ?? '').toLowerCase()] ?? 0
  return Number(match[1]) * 2 ** shift
}

/** How an Ingress with `canary: "true"` takes part of another's traffic; undefined for all others. */
export function canaryOf(own: Annotations, backend: string, ingress: string): Canary | undefined {
  if (!own.flag('canary')) return undefined
  const header = own.text('canary-by-header')
  const headerValue = own.text('canary-by-header-value')
  const headerPattern = own.text('canary-by-header-pattern')
  const cookie = own.text('canary-by-cookie')
  return {
    backend,
    ingress,
    weight: own.number('canary-weight', 0),
    weightTotal: own.number('canary-weight-total', 100),
    ...(header !== undefined && { header }),
    ...(headerValue !== undefined && { headerValue }),
    ...(headerPattern !== undefined && { headerPattern }),
    ...(cookie !== undefined && { cookie }),
  }
}
