import { isIPv4 } from './addresses.ts'

const BOOL = /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/
const INT = /^[+-]?\d+$/
const SIZE = /^\d+[bkmg]?$/i
const BASIC = /^[/\-._~a-zA-Z0-9:]*$/
const HEADERS = /^[A-Za-z0-9-_, ]*$/
const TARGET = /^\/?[-._~a-zA-Z0-9/:$]*$/
const URL = /^[-._~a-zA-Z0-9/:, ,:?&=$]*$/

/** Addresses and ranges, apart by commas. */
const ranges = (value: string): boolean =>
  value.split(',').every((part) => {
    const [address = '', length] = part.trim().split('/')
    return isIPv4(address) && (length === undefined || (/^\d{1,2}$/.test(length) && Number(length) <= 32))
  })

const oneOf =
  (...values: readonly string[]) =>
  (value: string): boolean =>
    values.includes(value.trim().toLowerCase())

const matches =
  (pattern: RegExp) =>
  (value: string): boolean =>
    pattern.test(value)

const each = (names: string, test: (value: string) => boolean): readonly (readonly [string, typeof test])[] =>
  names.split(' ').map((name) => [name, test] as const)

/** What the values of annotations have to look like (ingress-nginx: annotations/parser/validators.go and each parser). */
const VALIDATORS: ReadonlyMap<string, (value: string) => boolean> = new Map([
  ...each(
    'ssl-redirect force-ssl-redirect use-regex canary enable-cors cors-allow-credentials service-upstream from-to-www-redirect preserve-trailing-slash enable-access-log disable-proxy-intercept-errors session-cookie-secure session-cookie-change-on-failure auth-always-set-cookie enable-rewrite-log ssl-passthrough',
    matches(BOOL),
  ),
  ...each(
    'canary-weight canary-weight-total limit-rps limit-rpm limit-connections limit-burst-multiplier limit-rate limit-rate-after proxy-connect-timeout proxy-read-timeout proxy-send-timeout proxy-next-upstream-tries proxy-next-upstream-timeout permanent-redirect-code temporal-redirect-code cors-max-age proxy-buffers-number',
    matches(INT),
  ),
  ...each('session-cookie-max-age session-cookie-expires', matches(/^(0|-?[1-9]\d*)$/)),
  ...each(
    'proxy-body-size proxy-buffer-size client-body-buffer-size proxy-max-temp-file-size proxy-busy-buffers-size',
    matches(SIZE),
  ),
  ...each(
    'whitelist-source-range allowlist-source-range denylist-source-range limit-whitelist limit-allowlist',
    ranges,
  ),
  ...each('rewrite-target app-root', matches(TARGET)),
  ...each('permanent-redirect temporal-redirect auth-signin', matches(URL)),
  ...each(
    'auth-secret auth-realm auth-method default-backend canary-by-cookie canary-by-header canary-by-header-value x-forwarded-prefix session-cookie-name session-cookie-path upstream-vhost',
    (value) => /^[/\-._~a-zA-Z0-9: !@]*$/.test(value),
  ),
  ...each('auth-response-headers cors-allow-headers cors-expose-headers', matches(HEADERS)),
  ...each('auth-type', oneOf('basic', 'digest')),
  ...each('auth-secret-type', oneOf('auth-file', 'auth-map')),
  ...each('affinity', oneOf('cookie')),
  ...each('affinity-mode', oneOf('balanced', 'persistent')),
  ...each('affinity-canary-behavior', oneOf('sticky', 'legacy')),
  ...each('satisfy', oneOf('any', 'all')),
  ...each('backend-protocol', oneOf('auto_http', 'http', 'https', 'grpc', 'grpcs', 'fcgi')),
  ...each('load-balance', oneOf('round_robin', 'chash', 'chashsubset', 'sticky_balanced', 'sticky_persistent', 'ewma')),
  ...each('custom-http-errors', matches(/^(\d{3},?)+$/)),
  ...each('server-alias', (value) =>
    value.split(',').every((one) => /^[/\-._~a-zA-Z0-9:^$[\](){}*+?|&=\\]*$/.test(one.trim())),
  ),
  ...each('proxy-http-version', oneOf('1.0', '1.1')),
  ...each('http2-push-preload', matches(BASIC)),
])

/** The first annotation whose value cannot be read, by its whole name. */
export function invalidAnnotation(
  annotations: { readonly [name: string]: string },
  prefix: string,
): string | undefined {
  return Object.keys(annotations)
    .sort()
    .find((name) => {
      if (!name.startsWith(`${prefix}/`)) return false
      const value = annotations[name] ?? ''
      return value !== '' && VALIDATORS.get(name.slice(prefix.length + 1))?.(value) === false
    })
}
