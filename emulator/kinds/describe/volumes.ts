import { canonicalQuantity } from '../../api/quantity.ts'
import type { Volume, VolumeProjection } from '../../generated/types.ts'
import { claimLines } from '../persistent-volume-claim/describe.ts'
import { storageClassOf } from '../storage/class-of.ts'
import { indent } from './lines.ts'

/** The Volumes section; a template's is set in by `space` (upstream: describe.go describeVolumes). */
export function volumeLines(volumes: readonly Volume[] | undefined, space: '' | '  '): readonly string[] {
  if (!volumes?.length) return [`${space}Volumes:\t<none>`]
  const one = (volume: Volume): readonly string[] => [
    `  ${space === '' ? '' : ' '}${volume.name}:`,
    ...indent(2, volumeSourceLines(volume)),
  ]
  return [`${space}Volumes:`, ...volumes.flatMap(one)]
}

type Source = Exclude<keyof Volume, 'name'>
type Describer<K extends Source> = (source: NonNullable<Volume[K]>) => readonly string[]

/** How each kind of volume is described. */
const DESCRIBERS: { readonly [K in Source]?: Describer<K> } = {
  hostPath: ({ path, type }) => [
    'Type:\tHostPath (bare host directory volume)',
    `Path:\t${path}`,
    `HostPathType:\t${type ?? '<none>'}`,
  ],
  emptyDir: ({ medium, sizeLimit }) => [
    "Type:\tEmptyDir (a temporary directory that shares a pod's lifetime)",
    `Medium:\t${medium ?? ''}`,
    `SizeLimit:\t${sizeLimit ? canonicalQuantity(sizeLimit) : '<unset>'}`,
  ],
  secret: ({ secretName, optional }) => [
    'Type:\tSecret (a volume populated by a Secret)',
    `SecretName:\t${secretName ?? ''}`,
    `Optional:\t${optional ?? false}`,
  ],
  configMap: ({ name, optional }) => [
    'Type:\tConfigMap (a volume populated by a ConfigMap)',
    `Name:\t${name ?? ''}`,
    `Optional:\t${optional ?? false}`,
  ],
  persistentVolumeClaim: ({ claimName, readOnly }) => [
    'Type:\tPersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    `ClaimName:\t${claimName}`,
    `ReadOnly:\t${readOnly ?? false}`,
  ],
  ephemeral: ({ volumeClaimTemplate }) => [
    'Type:\tEphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)',
    `StorageClass:\t${volumeClaimTemplate ? storageClassOf(volumeClaimTemplate) : ''}`,
    ...claimLines(volumeClaimTemplate ?? {}),
  ],
  nfs: ({ server, path, readOnly }) => [
    'Type:\tNFS (an NFS mount that lasts the lifetime of a pod)',
    `Server:\t${server}`,
    `Path:\t${path}`,
    `ReadOnly:\t${readOnly ?? false}`,
  ],
  downwardAPI: ({ items = [] }) => [
    'Type:\tDownwardAPI (a volume populated by information about the pod)',
    'Items:',
    ...indent(
      1,
      items.map(
        ({ fieldRef, resourceFieldRef, path }) =>
          `${fieldRef?.fieldPath ?? resourceFieldRef?.resource ?? ''} -> ${path}`,
      ),
    ),
  ],
  projected: ({ sources = [] }) => [
    'Type:\tProjected (a volume that contains injected data from multiple sources)',
    ...sources.flatMap(projectionLines),
  ],
  csi: ({ driver, fsType, readOnly }) => [
    'Type:\tCSI (a Container Storage Interface (CSI) volume source)',
    `Driver:\t${driver}`,
    `FSType:\t${fsType ?? ''}`,
    `ReadOnly:\t${readOnly ?? false}`,
  ],
  image: ({ reference, pullPolicy }) => [
    'Type:\tImage (a container image or OCI artifact)',
    `Reference:\t${reference ?? ''}`,
    `PullPolicy:\t${pullPolicy ?? ''}`,
  ],
}

/** Type and fields of one volume's source. */
export function volumeSourceLines(volume: Volume): readonly string[] {
  const describeOne = <K extends Source>(name: K): readonly string[] | undefined => {
    const source = volume[name]
    return source ? DESCRIBERS[name]?.(source) : undefined
  }
  const names = Object.keys(DESCRIBERS) as Source[]
  return names.map(describeOne).find((lines) => lines !== undefined) ?? ['<unknown>']
}

function projectionLines({ secret, configMap, downwardAPI, serviceAccountToken }: VolumeProjection): readonly string[] {
  if (secret) return [`SecretName:\t${secret.name ?? ''}`, `Optional:\t${secret.optional ?? false}`]
  if (downwardAPI) return ['DownwardAPI:\ttrue']
  if (configMap) return [`ConfigMapName:\t${configMap.name ?? ''}`, `Optional:\t${configMap.optional ?? false}`]
  return serviceAccountToken ? [`TokenExpirationSeconds:\t${serviceAccountToken.expirationSeconds ?? 3600}`] : []
}
