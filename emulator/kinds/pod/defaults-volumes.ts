import type {
  DownwardAPIVolumeFile,
  ObjectFieldSelector,
  ResourceFieldSelector,
  Volume,
} from '../../generated/types.ts'
import { defaultClaimSpec } from '../persistent-volume-claim/defaults.ts'

const FILE_MODE_0644 = 420

/** `Always` for a tag of latest (or none), else `IfNotPresent`; a digest alone counts as no tag that moves. */
export function pullPolicy(image: string): 'Always' | 'IfNotPresent' {
  const [name = '', digest] = image.split('@')
  const tag = /:([^:/]+)$/.exec(name)?.[1] ?? (digest === undefined ? 'latest' : '')
  return tag === 'latest' ? 'Always' : 'IfNotPresent'
}

/** What a reference to a Pod's field or a container's amount leaves unsaid. */
export function defaultReferences<
  T extends { readonly fieldRef?: ObjectFieldSelector; readonly resourceFieldRef?: ResourceFieldSelector },
>(source: T): T {
  const { fieldRef, resourceFieldRef } = source
  return {
    ...source,
    ...(fieldRef && { fieldRef: { ...fieldRef, apiVersion: fieldRef.apiVersion || 'v1' } }),
    ...(resourceFieldRef && { resourceFieldRef: { ...resourceFieldRef, divisor: resourceFieldRef.divisor || '0' } }),
  }
}

/** Upstream: pkg/apis/core/v1/defaults.go SetDefaults_Volume and those of each source. */
export function defaultVolume(volume: Volume): Volume {
  const { name: _name, ...source } = volume
  if (Object.keys(source).length === 0) return { ...volume, emptyDir: {} }
  const { secret, configMap, downwardAPI, projected, hostPath, ephemeral, image } = volume
  const template = ephemeral?.volumeClaimTemplate
  return {
    ...volume,
    ...(secret && { secret: { ...secret, defaultMode: secret.defaultMode ?? FILE_MODE_0644 } }),
    ...(configMap && { configMap: { ...configMap, defaultMode: configMap.defaultMode ?? FILE_MODE_0644 } }),
    ...(downwardAPI && {
      downwardAPI: { ...withFiles(downwardAPI), defaultMode: downwardAPI.defaultMode ?? FILE_MODE_0644 },
    }),
    ...(projected && { projected: defaultProjected(projected) }),
    ...(hostPath && { hostPath: { ...hostPath, type: hostPath.type ?? '' } }),
    ...(template && {
      ephemeral: { ...ephemeral, volumeClaimTemplate: { ...template, spec: defaultClaimSpec(template.spec) } },
    }),
    ...(image && { image: { ...image, pullPolicy: image.pullPolicy || pullPolicy(image.reference ?? '') } }),
    ...defaultDisks(volume),
  }
}

function withFiles<T extends { readonly items?: readonly DownwardAPIVolumeFile[] }>(source: T): T {
  return { ...source, ...(source.items && { items: source.items.map(defaultReferences) }) }
}

function defaultDisks({ iscsi, rbd, azureDisk, scaleIO }: Volume): Partial<Volume> {
  return {
    ...(iscsi && { iscsi: { ...iscsi, iscsiInterface: iscsi.iscsiInterface || 'default' } }),
    ...(rbd && {
      rbd: { ...rbd, pool: rbd.pool || 'rbd', user: rbd.user || 'admin', keyring: rbd.keyring || '/etc/ceph/keyring' },
    }),
    ...(azureDisk && {
      azureDisk: {
        ...azureDisk,
        cachingMode: azureDisk.cachingMode ?? 'ReadWrite',
        fsType: azureDisk.fsType ?? 'ext4',
        kind: azureDisk.kind ?? 'Shared',
        readOnly: azureDisk.readOnly ?? false,
      },
    }),
    ...(scaleIO && {
      scaleIO: {
        ...scaleIO,
        fsType: scaleIO.fsType || 'xfs',
        storageMode: scaleIO.storageMode || 'ThinProvisioned',
      },
    }),
  }
}

function defaultProjected(projected: NonNullable<Volume['projected']>): Volume['projected'] {
  return {
    ...projected,
    defaultMode: projected.defaultMode ?? FILE_MODE_0644,
    ...(projected.sources && {
      sources: projected.sources.map((source) => {
        const { serviceAccountToken: token, downwardAPI } = source
        return {
          ...source,
          ...(downwardAPI && { downwardAPI: withFiles(downwardAPI) }),
          ...(token && {
            serviceAccountToken: { ...token, expirationSeconds: token.expirationSeconds ?? 3600 },
          }),
        }
      }),
    }),
  }
}
