import type { Annotations } from './annotations.ts'

/** How many requests one client may send: nginx's leaky bucket (ngx_http_limit_req_module). */
export interface Limit {
  readonly unit: 'second' | 'minute'
  readonly rate: number
  readonly burst: number
}

/** Part of a snapshot: how full the bucket of a client was, and when. */
export interface Bucket {
  readonly key: string
  excess: number
  at: number
}

/** Clients that one controller remembers. */
const MOST_BUCKETS = 200

/** `limit-rps`, `limit-rpm` and `limit-burst-multiplier` (ingress-nginx: annotations/ratelimit). */
export function limitsOf(own: Annotations): readonly Limit[] {
  const multiplier = own.number('limit-burst-multiplier', 5)
  const one = (name: string, unit: Limit['unit']): readonly Limit[] => {
    const rate = own.number(name, 0)
    return rate > 0 ? [{ unit, rate, burst: rate * multiplier }] : []
  }
  return [...one('limit-rps', 'second'), ...one('limit-rpm', 'minute')]
}

/** The limit that a request at this time goes beyond, with how much too much it is; each one that passes counts. */
export function exceeded(
  limits: readonly Limit[],
  buckets: Bucket[],
  client: string,
  now: number,
): { readonly limit: Limit; readonly excess: number } | undefined {
  for (const limit of limits) {
    const key = `${limit.unit} ${client}`
    const perMs = limit.rate / (limit.unit === 'second' ? 1000 : 60_000)
    const bucket = buckets.find((one) => one.key === key)
    const excess = bucket === undefined ? 0 : Math.max(0, bucket.excess - perMs * (now - bucket.at) + 1)
    if (excess > limit.burst) return { limit, excess }
    if (bucket === undefined) {
      if (buckets.length >= MOST_BUCKETS) buckets.shift()
      buckets.push({ key, excess, at: now })
    } else Object.assign(bucket, { excess, at: now })
  }
  return undefined
}
