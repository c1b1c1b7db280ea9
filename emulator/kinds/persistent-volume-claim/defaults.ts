import { canonicalQuantities } from '../../api/quantity.ts'
import type { PersistentVolumeClaimSpec } from '../../generated/types.ts'

/** Also for the templates of StatefulSets (upstream: pkg/apis/core/v1/defaults.go SetDefaults_PersistentVolumeClaimSpec). */
export function defaultClaimSpec(spec: PersistentVolumeClaimSpec): PersistentVolumeClaimSpec {
  const { requests, limits } = spec.resources ?? {}
  return {
    ...spec,
    resources: {
      ...(limits && { limits: canonicalQuantities(limits) }),
      ...(requests && { requests: canonicalQuantities(requests) }),
    },
    volumeMode: spec.volumeMode || 'Filesystem',
  }
}
