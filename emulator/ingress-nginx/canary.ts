import type { HttpRequest } from '../network/types.ts'
import { header } from '../node/programs/http-response.ts'
import type { Canary } from './configuration.ts'
import { pathPattern } from './patterns.ts'
import { draw } from './request-id.ts'

/** Whether a request goes to the canary: by header, then by cookie, then by weight (ingress-nginx: rootfs/etc/nginx/lua/balancer.lua). */
export function takesCanary(canary: Canary, request: HttpRequest, id: string): boolean {
  const value = canary.header === undefined ? undefined : header(request, canary.header.toLowerCase())
  if (value !== undefined && canary.headerValue !== undefined) {
    if (value === canary.headerValue) return true
  } else if (value !== undefined && canary.headerPattern !== undefined) {
    if (pathPattern(canary.headerPattern, false)?.match(value) !== undefined) return true
  } else if (value === 'always') return true
  else if (value === 'never') return false
  const cookie = canary.cookie === undefined ? undefined : cookieOf(request, canary.cookie)
  if (cookie === 'always') return true
  if (cookie === 'never') return false
  return draw(`canary ${id}`, canary.weightTotal) < canary.weight
}

/** A cookie of the request. */
export function cookieOf(request: HttpRequest, name: string): string | undefined {
  const all = (header(request, 'cookie') ?? '').split(/;\s*/)
  return all.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1)
}
