import type { ObjectClient } from '../api/client.ts'
import { namespaceOf } from '../controllers/metadata.ts'
import type {
  Container,
  DownwardAPIVolumeFile,
  KeyToPath,
  Node,
  Pod,
  ServiceAccountTokenProjection,
  Volume,
  VolumeMount,
  VolumeProjection,
} from '../generated/types.ts'
import { fieldValue, resourceValue } from './downward.ts'
import { configMapData, secretData } from './pod-environment.ts'
import type { ContainerSpec } from './runtime.ts'

/** A volume cannot be set up; the kubelet reports FailedMount with this text and tries again. */
export class MountError extends Error {}

export interface VolumeContext {
  readonly pod: Pod
  readonly node: Node | undefined
  readonly objects: ObjectClient
  /** Text of a projected service account token. */
  readonly token: (pod: Pod, projection: ServiceAccountTokenProjection) => string
}

type Files = ReadonlyMap<string, string>

/** Content of a volume that is made of files; undefined for one that is a directory to write in. Throws MountError. */
export function volumeFiles(volume: Volume, context: VolumeContext): Files | undefined {
  const { configMap, secret, downwardAPI, projected } = volume
  if (projected) return new Map((projected.sources ?? []).flatMap((source) => [...sourceFiles(source, context)]))
  if (!configMap && !secret && !downwardAPI) return undefined
  const named = secret && { ...secret, name: secret.secretName }
  return sourceFiles({ configMap, downwardAPI, secret: named }, context)
}

/** What one source of a projected volume gives; plain volumes of the same kinds give no more than that. */
function sourceFiles(source: VolumeProjection, context: VolumeContext): Files {
  const { pod, objects } = context
  if (source.configMap) {
    const { name = '', items, optional } = source.configMap
    return picked('configmap', name, configMapData(name, pod, objects), items, optional)
  }
  if (source.secret) {
    const { name = '', items, optional } = source.secret
    return picked('secret', name, secretData(name, pod, objects), items, optional)
  }
  if (source.downwardAPI) return downwardFiles(source.downwardAPI.items, context)
  if (source.serviceAccountToken) return tokenFile(source.serviceAccountToken, context)
  return new Map()
}

const tokenFile = (projection: ServiceAccountTokenProjection, { pod, token }: VolumeContext): Files =>
  new Map([[projection.path, token(pod, projection)]])

function picked(
  resource: string,
  name: string,
  data: Files | undefined,
  items: readonly KeyToPath[] | undefined,
  optional: boolean | undefined,
): Files {
  if (!data) {
    if (optional) return new Map()
    throw new MountError(`${resource} ${JSON.stringify(name)} not found`)
  }
  if (!items) return data
  return new Map(
    items.flatMap(({ key, path }) => {
      const value = data.get(key)
      if (value === undefined && !optional)
        throw new MountError(`${resource} references non-existent ${resource} key: ${key}`)
      return value === undefined ? [] : [[path, value] as const]
    }),
  )
}

function downwardFiles(items: readonly DownwardAPIVolumeFile[] | undefined, { pod, node }: VolumeContext): Files {
  const [first] = pod.spec?.containers ?? []
  return new Map(
    (items ?? []).map(({ path, fieldRef, resourceFieldRef }) => {
      if (fieldRef) return [path, fieldValue(fieldRef, pod, node)] as const
      return [path, resourceFieldRef && first ? resourceValue(resourceFieldRef, pod, first, node) : ''] as const
    }),
  )
}

/** All volumes of the Pod that are files, by volume name. Throws MountError with the failing volume's name in front. */
export function podVolumeFiles(context: VolumeContext): ReadonlyMap<string, Files> {
  const result = new Map<string, Files>()
  for (const volume of context.pod.spec?.volumes ?? []) {
    try {
      const files = volumeFiles(volume, context)
      if (files) result.set(volume.name, files)
    } catch (error) {
      if (!(error instanceof MountError)) throw error
      throw new MountError(`MountVolume.SetUp failed for volume ${JSON.stringify(volume.name)} : ${error.message}`)
    }
  }
  return result
}

/** What one container sees of the Pod's volumes. */
export function containerMounts(
  container: Container,
  pod: Pod,
  files: ReadonlyMap<string, Files>,
): Pick<ContainerSpec, 'mounts' | 'volumes'> {
  const mounts: ContainerSpec['mounts'][number][] = []
  const volumes: NonNullable<ContainerSpec['volumes']>[number][] = []
  for (const mount of container.volumeMounts ?? []) {
    const content = files.get(mount.name)
    if (content) mounts.push(...fileMounts(mount, content))
    else if (pod.spec?.volumes?.some(({ name }) => name === mount.name)) {
      volumes.push({ path: mount.mountPath, name: volumeKey(mount), readOnly: mount.readOnly === true })
    }
  }
  return { mounts, volumes }
}

function volumeKey({ name, subPath }: VolumeMount): string {
  return subPath ? `${name}/${subPath}` : name
}

function fileMounts(mount: VolumeMount, content: Files): readonly ContainerSpec['mounts'][number][] {
  const base = mount.mountPath.replace(/\/$/, '')
  // Files of ConfigMaps, Secrets and the downward API are read-only whatever the mount says.
  if (!mount.subPath)
    return [...content].map(([path, text]) => ({ path: `${base}/${path}`, content: text, readOnly: true }))
  const text = content.get(mount.subPath)
  return text === undefined ? [] : [{ path: base, content: text, readOnly: true }]
}

/** Which ConfigMaps and Secrets a Pod reads: a change of one is news for it. */
export function readsObject(pod: Pod, kind: 'ConfigMap' | 'Secret', namespace: string, name: string): boolean {
  if (namespaceOf(pod) !== namespace) return false
  const text = JSON.stringify([pod.spec?.volumes ?? [], pod.spec?.containers, pod.spec?.initContainers ?? []])
  return text.includes(kind === 'ConfigMap' ? 'onfigMap' : 'ecret') && text.includes(JSON.stringify(name))
}
