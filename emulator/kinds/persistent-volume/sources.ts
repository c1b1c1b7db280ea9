import type { PersistentVolumeSpec } from '../../generated/types.ts'

/** Fields of the spec that say where a volume's data lies; exactly one is set (upstream: PersistentVolumeSource). */
const SOURCES = [
  'awsElasticBlockStore',
  'azureDisk',
  'azureFile',
  'cephfs',
  'cinder',
  'csi',
  'fc',
  'flexVolume',
  'flocker',
  'gcePersistentDisk',
  'glusterfs',
  'hostPath',
  'iscsi',
  'local',
  'nfs',
  'photonPersistentDisk',
  'portworxVolume',
  'quobyte',
  'rbd',
  'scaleIO',
  'storageos',
  'vsphereVolume',
] as const satisfies readonly (keyof PersistentVolumeSpec)[]

export type SourceName = (typeof SOURCES)[number]

/** Names of the sources that a volume has. */
export const sourcesOf = (spec: PersistentVolumeSpec): readonly SourceName[] =>
  SOURCES.filter((name) => spec[name] !== undefined)

/** The part of the spec that tells the source. */
export const sourceOf = (spec: PersistentVolumeSpec): Partial<PersistentVolumeSpec> =>
  Object.fromEntries(sourcesOf(spec).map((name) => [name, spec[name]]))
