import type { CertificateSigningRequest } from '../generated/types.ts'
import { certificateSigningRequest as kind } from '../kinds/certificate-signing-request.ts'
import { defineController } from './controller.ts'
import { nameOf } from './metadata.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Takes away requests that nobody will come back for (upstream: pkg/controller/certificates/cleaner). */
export const certificateCleaner = defineController({
  name: 'csrcleaner',
  for: kind,
  delayMs: [10, 40],
  reconcile(key, { objects, now }) {
    const request = objects.get(kind, undefined, key.name)
    const at = request && expiry(request)
    if (!request || at === undefined) return undefined
    if (at > now) return { requeueAfterMs: at - now, background: true }
    objects.delete(kind, undefined, nameOf(request))
    return undefined
  },
})

/** Settled requests stay for an hour, others for a day. */
function expiry({ metadata, status }: CertificateSigningRequest): number | undefined {
  const settled = status?.conditions?.find(({ type }) => ['Approved', 'Denied', 'Failed'].includes(type))
  const since = settled?.lastUpdateTime ?? metadata?.creationTimestamp
  if (since === undefined) return undefined
  return Date.parse(since) + (settled ? HOUR_MS : DAY_MS)
}
