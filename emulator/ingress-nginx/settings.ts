import type { Defaults } from './annotations.ts'

/** What the controller's ConfigMap says of all servers (ingress-nginx: internal/ingress/controller/config/config.go). */
export interface Settings {
  /** Value of Strict-Transport-Security; undefined: not sent. */
  readonly hsts?: string
  /** Headers of a proxy in front are believed. */
  readonly forwardedHeaders: boolean
  /** The header that names the client then, in small letters. */
  readonly forwardedForHeader: string
  /** X-Forwarded-For is added to instead of replaced. */
  readonly computesForwardedFor: boolean
  /** Status of redirects to HTTPS and between `www` and the bare name. */
  readonly redirectCode: number
  readonly limitStatus: number
  readonly serverTokens: boolean
  readonly hiddenHeaders: readonly string[]
}

const on = (settings: Defaults, name: string, otherwise: boolean): boolean => {
  const value = settings.get(name)
  return value === 'true' ? true : value === 'false' ? false : otherwise
}

const number = (settings: Defaults, name: string, otherwise: number): number => {
  const value = settings.get(name)
  return value !== undefined && /^\d+$/.test(value) ? Number(value) : otherwise
}

export function settingsOf(map: Defaults): Settings {
  const parts = [
    `max-age=${number(map, 'hsts-max-age', 31_536_000)}`,
    ...(on(map, 'hsts-include-subdomains', true) ? ['includeSubDomains'] : []),
    ...(on(map, 'hsts-preload', false) ? ['preload'] : []),
  ]
  const code = number(map, 'http-redirect-code', 308)
  return {
    ...(on(map, 'hsts', true) && { hsts: parts.join('; ') }),
    forwardedHeaders: on(map, 'use-forwarded-headers', false),
    forwardedForHeader: (map.get('forwarded-for-header') ?? 'X-Forwarded-For').toLowerCase(),
    computesForwardedFor: on(map, 'compute-full-forwarded-for', false),
    redirectCode: [301, 302, 307, 308].includes(code) ? code : 308,
    limitStatus: number(map, 'limit-req-status-code', 503),
    serverTokens: on(map, 'server-tokens', false),
    hiddenHeaders: (map.get('hide-headers') ?? '').split(',').flatMap((name) => name.trim().toLowerCase() || []),
  }
}
