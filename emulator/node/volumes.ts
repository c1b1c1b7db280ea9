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
import type { FileVolume, VolumeFile } from './file-volume.ts'
import type { FileTree } from './files.ts'
import { MountError } from './mount-error.ts'
import { configMapData, secretData } from './pod-environment.ts'
import type { ContainerSpec } from './runtime.ts'
import { placeOf } from './volume-places.ts'

export interface VolumeContext {
  readonly pod: Pod
  readonly node: Node | undefined
  readonly objects: ObjectClient
  /** Text of a projected service account token. */
  readonly token: (pod: Pod, projection: ServiceAccountTokenProjection) => string
  /** The node's own files; undefined where there is no machine. */
  readonly nodeFiles: FileTree | undefined
}

/** What a Pod's volumes are made of, by their names: files brought in, or places on the node. */
export interface PodVolumes {
  readonly files: ReadonlyMap<string, Files>
  readonly places: ReadonlyMap<string, string>
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

/** All volumes of the Pod that are files or places. Throws MountError with the failing volume's name in front. */
export function podVolumes(context: VolumeContext): PodVolumes {
  const files = new Map<string, Files>()
  const places = new Map<string, string>()
  for (const volume of context.pod.spec?.volumes ?? []) {
    try {
      const content = volumeFiles(volume, context)
      const place = placeOf(volume, context)
      if (content) files.set(volume.name, content)
      if (place !== undefined) places.set(volume.name, place)
    } catch (error) {
      if (!(error instanceof MountError) || error.volume === null) throw error
      const name = JSON.stringify(error.volume ?? volume.name)
      throw new MountError(`MountVolume.SetUp failed for volume ${name} : ${error.message}`, null)
    }
  }
  return { files, places }
}

/** What one container sees of the Pod's volumes. */
export function containerMounts(
  container: Container,
  pod: Pod,
  { files, places }: PodVolumes,
  writtenAt: number,
): Pick<ContainerSpec, 'mounts' | 'volumes' | 'fileVolumes'> {
  const fileVolumes: FileVolume[] = []
  const mounts: ContainerSpec['mounts'][number][] = []
  const volumes: NonNullable<ContainerSpec['volumes']>[number][] = []
  for (const mount of container.volumeMounts ?? []) {
    const content = files.get(mount.name)
    const place = places.get(mount.name)
    const known = pod.spec?.volumes?.find(({ name }) => name === mount.name)
    if (content && mount.subPath) mounts.push(...fileMounts(mount, content))
    else if (content && known) fileVolumes.push(fileVolume(mount, known, content, writtenAt))
    else if (known)
      volumes.push({
        path: mount.mountPath.replace(/(.)\/+$/, '$1'),
        name: mount.name,
        readOnly: mount.readOnly === true || known.persistentVolumeClaim?.readOnly === true,
        ...(place !== undefined && { directory: place }),
        ...(mount.subPath && { subPath: mount.subPath }),
      })
  }
  return { mounts, volumes, fileVolumes }
}

function fileVolume({ mountPath, name }: VolumeMount, volume: Volume, content: Files, writtenAt: number): FileVolume {
  const modes = fileModes(volume)
  const files = [...content].map(([path, text]): VolumeFile => {
    const mode = modes.get(path) ?? modes.get('')
    return mode === undefined || mode === USUAL_MODE ? [path, text] : [path, text, mode]
  })
  return { path: mountPath.replace(/(.)\/+$/, '$1'), name, writtenAt, files }
}

const USUAL_MODE = 0o644

/** Modes of files by their paths; that of all others under ''. */
function fileModes({ configMap, secret, downwardAPI, projected }: Volume): ReadonlyMap<string, number> {
  const modes = new Map<string, number>()
  const all = configMap?.defaultMode ?? secret?.defaultMode ?? downwardAPI?.defaultMode ?? projected?.defaultMode
  if (all !== undefined) modes.set('', all)
  const sources = projected?.sources ?? [{ configMap, secret, downwardAPI }]
  const items = sources.flatMap((source) => [
    ...(source.configMap?.items ?? []),
    ...(source.secret?.items ?? []),
    ...(source.downwardAPI?.items ?? []),
  ])
  for (const { path, mode } of items) if (mode !== undefined) modes.set(path, mode)
  return modes
}

/** One file of a volume, or the files of one of its directories: they stay as they are when the volume changes. */
function fileMounts(mount: VolumeMount, content: Files): readonly ContainerSpec['mounts'][number][] {
  const base = mount.mountPath.replace(/\/$/, '')
  const own = mount.subPath ?? ''
  // Files of ConfigMaps, Secrets and the downward API are read-only whatever the mount says.
  const text = content.get(own)
  if (text !== undefined) return [{ path: base, content: text, readOnly: true }]
  return [...content]
    .filter(([path]) => path.startsWith(`${own}/`))
    .map(([path, inside]) => ({ path: `${base}/${path.slice(own.length + 1)}`, content: inside, readOnly: true }))
}

/** Which ConfigMaps and Secrets a Pod reads: a change of one is news for it. */
export function readsObject(pod: Pod, kind: 'ConfigMap' | 'Secret', namespace: string, name: string): boolean {
  if (namespaceOf(pod) !== namespace) return false
  const text = JSON.stringify([pod.spec?.volumes ?? [], pod.spec?.containers, pod.spec?.initContainers ?? []])
  return text.includes(kind === 'ConfigMap' ? 'onfigMap' : 'ecret') && text.includes(JSON.stringify(name))
}
