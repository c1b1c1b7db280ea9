import type { Volume, VolumeProjection } from '../../generated/types.ts'
import { canonicalQuantity } from '../format/quantity.ts'
import { indent } from './lines.ts'

/** The Volumes section; a template's is set in by `space` (upstream: describe.go describeVolumes). */
export function volumeLines(volumes: readonly Volume[] | undefined, space: '' | '  '): readonly string[] {
  if (!volumes?.length) return [`${space}Volumes:\t<none>`]
  const one = (volume: Volume): readonly string[] => [
    `  ${space === '' ? '' : ' '}${volume.name}:`,
    ...indent(2, sourceLines(volume)),
  ]
  return [`${space}Volumes:`, ...volumes.flatMap(one)]
}

function sourceLines(volume: Volume): readonly string[] {
  const {
    hostPath,
    emptyDir,
    secret,
    configMap,
    persistentVolumeClaim,
    nfs,
    downwardAPI,
    projected,
    csi,
    ephemeral,
    image,
  } = volume
  if (hostPath)
    return [
      'Type:\tHostPath (bare host directory volume)',
      `Path:\t${hostPath.path}`,
      `HostPathType:\t${hostPath.type ?? '<none>'}`,
    ]
  if (emptyDir)
    return [
      "Type:\tEmptyDir (a temporary directory that shares a pod's lifetime)",
      `Medium:\t${emptyDir.medium ?? ''}`,
      `SizeLimit:\t${emptyDir.sizeLimit ? canonicalQuantity(emptyDir.sizeLimit) : '<unset>'}`,
    ]
  if (secret)
    return [
      'Type:\tSecret (a volume populated by a Secret)',
      `SecretName:\t${secret.secretName ?? ''}`,
      `Optional:\t${secret.optional ?? false}`,
    ]
  if (configMap)
    return [
      'Type:\tConfigMap (a volume populated by a ConfigMap)',
      `Name:\t${configMap.name ?? ''}`,
      `Optional:\t${configMap.optional ?? false}`,
    ]
  if (persistentVolumeClaim)
    return [
      'Type:\tPersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
      `ClaimName:\t${persistentVolumeClaim.claimName}`,
      `ReadOnly:\t${persistentVolumeClaim.readOnly ?? false}`,
    ]
  if (nfs)
    return [
      'Type:\tNFS (an NFS mount that lasts the lifetime of a pod)',
      `Server:\t${nfs.server}`,
      `Path:\t${nfs.path}`,
      `ReadOnly:\t${nfs.readOnly ?? false}`,
    ]
  if (downwardAPI)
    return [
      'Type:\tDownwardAPI (a volume populated by information about the pod)',
      'Items:',
      ...indent(
        1,
        (downwardAPI.items ?? []).map(
          ({ fieldRef, resourceFieldRef, path }) =>
            `${fieldRef?.fieldPath ?? resourceFieldRef?.resource ?? ''} -> ${path}`,
        ),
      ),
    ]
  if (projected)
    return [
      'Type:\tProjected (a volume that contains injected data from multiple sources)',
      ...(projected.sources ?? []).flatMap(projectionLines),
    ]
  if (csi)
    return [
      'Type:\tCSI (a Container Storage Interface (CSI) volume source)',
      `Driver:\t${csi.driver}`,
      `FSType:\t${csi.fsType ?? ''}`,
      `ReadOnly:\t${csi.readOnly ?? false}`,
    ]
  if (ephemeral)
    return ['Type:\tEphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)']
  if (image)
    return [
      'Type:\tImage (a container image or OCI artifact)',
      `Reference:\t${image.reference ?? ''}`,
      `PullPolicy:\t${image.pullPolicy ?? ''}`,
    ]
  return ['<unknown>']
}

function projectionLines({ secret, configMap, downwardAPI, serviceAccountToken }: VolumeProjection): readonly string[] {
  if (secret) return [`SecretName:\t${secret.name ?? ''}`, `Optional:\t${secret.optional ?? false}`]
  if (downwardAPI) return ['DownwardAPI:\ttrue']
  if (configMap) return [`ConfigMapName:\t${configMap.name ?? ''}`, `Optional:\t${configMap.optional ?? false}`]
  return serviceAccountToken ? [`TokenExpirationSeconds:\t${serviceAccountToken.expirationSeconds ?? 3600}`] : []
}
