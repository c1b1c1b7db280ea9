/** An http or https URL taken apart. */
export interface ParsedUrl {
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  /** Path and query, at least `/`. */
  readonly path: string
  readonly user: string | undefined
}

/** Parses an absolute URL as HTTP clients do; a missing scheme means http. Undefined: not usable. */
export function parseUrl(text: string): ParsedUrl | undefined {
  const match =
    /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):\/\/)?(?:([^@/?#]*)@)?(\[[^\]]*\]|[^:/?#\s]*)(?::([^/?#]*))?([/?][^#\s]*)?(?:#.*)?$/.exec(
      text,
    )
  if (match === null) return undefined
  const [, scheme = 'http', user, host = '', port, path = '/'] = match
  const lower = scheme.toLowerCase()
  if ((lower !== 'http' && lower !== 'https') || host === '') return undefined
  const number = port === undefined || port === '' ? (lower === 'https' ? 443 : 80) : Number(port)
  if (!Number.isInteger(number) || number < 0 || number > 65535 || /\D/.test(port ?? '')) return undefined
  return {
    scheme: lower,
    host: host.replace(/^\[|\]$/g, ''),
    port: number,
    path: path.startsWith('?') ? `/${path}` : path,
    user,
  }
}

/** Value of the Host header: the port only where it is not the scheme's own. */
export function hostHeader(url: ParsedUrl): string {
  const own = url.scheme === 'https' ? 443 : 80
  return url.port === own ? url.host : `${url.host}:${url.port}`
}
