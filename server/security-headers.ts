import type { ServerResponse } from 'node:http'

/** Headers that every answer of ours carries; pages get a Content-Security-Policy besides. */
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
export function setSecurityHeaders(response: ServerResponse, secure: boolean): void {
  for (const [name, value] of Object.entries(ALWAYS)) response.setHeader(name, value)
  if (secure) response.setHeader('Strict-Transport-Security', `max-age=${TWO_YEARS}`)
}
