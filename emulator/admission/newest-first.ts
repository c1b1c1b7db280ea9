import type { KubeObject } from '../api/types.ts'

/** Of several defaults the newest counts, then the first by name. */
export function newestFirst({ metadata: a }: KubeObject, { metadata: b }: KubeObject): number {
  const age = Date.parse(b?.creationTimestamp ?? '') - Date.parse(a?.creationTimestamp ?? '')
  return age || ((a?.name ?? '') < (b?.name ?? '') ? -1 : 1)
}
