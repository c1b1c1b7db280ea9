import type { IncomingMessage, ServerResponse } from 'node:http'

/** Headers that every answer of ours carries. The Content-Security-Policy of pages is in next.config.js. */
const ALWAYS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'same-origin',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
} as const

const TWO_YEARS = 2 * 365 * 24 * 3600

/** Sets them before Next or a route of ours writes the rest. */
export function setSecurityHeaders(
  _request: IncomingMessage,
  response: ServerResponse,
  { secure }: { readonly secure: boolean; readonly dev: boolean },
): void {
  for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value)
  if (secure) response.setHeader('Strict-Transport-Security', `max-age=${TWO_YEARS}`)
}
