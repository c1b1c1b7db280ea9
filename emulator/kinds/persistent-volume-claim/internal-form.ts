import type { PersistentVolumeClaimSpec } from '../../generated/types.ts'

/** A claim's spec as the API server dumps its own, unversioned form of it: fields by their Go names, absent ones as their zero value (upstream: pkg/apis/core/types.go). */
export function internalClaimSpecLines(spec: PersistentVolumeClaimSpec): readonly string[] {
  const { limits = null, requests = null } = spec.resources ?? {}
  const internal = {
    AccessModes: spec.accessModes ?? null,
    Selector: spec.selector ?? null,
    Resources: { Limits: limits, Requests: requests },
    VolumeName: spec.volumeName ?? '',
    StorageClassName: spec.storageClassName ?? null,
    VolumeMode: spec.volumeMode ?? null,
    DataSource: spec.dataSource ?? null,
    DataSourceRef: spec.dataSourceRef ?? null,
    VolumeAttributesClassName: spec.volumeAttributesClassName ?? null,
  }
  return JSON.stringify(internal, null, 1).split('\n')
}
