import type { IncomingMessage } from 'node:http'
import type { Settings } from './settings.ts'

/** Did the browser reach us over https, directly or through a trusted proxy? */
export function isSecure(request: IncomingMessage, settings: Pick<Settings, 'trustProxy'>): boolean {
  return settings.trustProxy && first(request.headers['x-forwarded-proto']) === 'https'
}

/** The host that the browser asked for. */
export function hostOf(request: IncomingMessage, settings: Pick<Settings, 'trustProxy'>): string {
  const forwarded = settings.trustProxy ? first(request.headers['x-forwarded-host']) : undefined
  return forwarded ?? request.headers.host ?? ''
}

/** Comes a WebSocket from a page of ours? Browsers always send Origin there, so a request without one is refused too. */
export function isOwnOrigin(
  request: IncomingMessage,
  settings: Pick<Settings, 'trustProxy' | 'allowedOrigins'>,
): boolean {
  const origin = request.headers.origin
  if (!origin || !URL.canParse(origin)) return false
  return settings.allowedOrigins.includes(origin) || new URL(origin).host === hostOf(request, settings)
}

function first(header: string | string[] | undefined): string | undefined {
  return [header].flat()[0]?.split(',')[0]?.trim()
}
