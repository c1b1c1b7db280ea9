/** Volumes that are a place on the node (upstream: pkg/volume/hostpath, pkg/volume/local, pkg/kubelet/volumemanager). */
import type { ObjectClient } from '../api/client.ts'
import { namespaceOf, uidOf } from '../controllers/metadata.ts'
import { claimOf } from '../controllers/volume-indexes.ts'
import type {
  HostPathVolumeSource,
  NFSVolumeSource,
  PersistentVolume,
  PersistentVolumeClaim,
  Pod,
  Volume,
} from '../generated/types.ts'
import { persistentVolume as volumeKind } from '../kinds/persistent-volume.ts'
import { persistentVolumeClaim as claimKind } from '../kinds/persistent-volume-claim.ts'
import type { FileTree } from './files.ts'
import { MountError } from './mount-error.ts'
import { parentPath } from './paths.ts'

export interface PlaceContext {
  readonly pod: Pod
  readonly objects: ObjectClient
  /** The node's own files. */
  readonly nodeFiles: FileTree | undefined
}

/** Where on the node the volume lies; undefined for one that is no place of the node's. Throws MountError. */
export function placeOf(volume: Volume, context: PlaceContext): string | undefined {
  const { hostPath, nfs } = volume
  const claim = claimOf(context.pod, volume)
  if (hostPath) return hostPlace(hostPath, context)
  if (nfs) throw unreachable(nfs, volume.name, context)
  if (claim === undefined) return undefined
  const bound = boundVolume(claim, volume.name, context)
  try {
    return volumePlace(bound, context)
  } catch (error) {
    if (!(error instanceof MountError) || error.volume !== undefined) throw error
    throw new MountError(error.message, bound.metadata?.name)
  }
}

function volumePlace(volume: PersistentVolume, context: PlaceContext): string {
  const { hostPath, local, nfs, csi } = volume.spec ?? {}
  if (hostPath) return hostPlace(hostPath, context)
  if (local) {
    if (context.nodeFiles?.stat(local.path)) return local.path
    throw new MountError(`path ${JSON.stringify(local.path)} does not exist`)
  }
  const name = volume.metadata?.name ?? ''
  if (nfs) throw unreachable(nfs, name, context)
  throw new MountError(
    csi
      ? `kubernetes.io/csi: attacher.MountDevice failed to create newCsiDriverClient: driver name ${csi.driver} not found in the list of registered CSI drivers`
      : 'no volume plugin matched',
  )
}

/** The volume behind a claim. The scheduler has seen to it that there is one, unless the Pod named its node itself. */
function boundVolume(claimName: string, volumeName: string, { pod, objects }: PlaceContext): PersistentVolume {
  const claim: PersistentVolumeClaim | undefined = objects.get(claimKind, namespaceOf(pod), claimName)
  const problem = claim
    ? 'PVC is not bound'
    : `failed to fetch PVC from API server: persistentvolumeclaim ${JSON.stringify(claimName)} not found`
  const bound = claim?.status?.phase === 'Bound' ? claim.spec?.volumeName : undefined
  const volume = bound === undefined ? undefined : objects.get(volumeKind, undefined, bound)
  if (volume) return volume
  const text = `error processing PVC ${namespaceOf(pod)}/${claimName}: ${problem}`
  throw new MountError(
    `Unable to attach or mount volumes: unmounted volumes=[${volumeName}], unattached volumes=[], failed to process volumes=[${volumeName}]: ${text}`,
    null,
  )
}

type Kind = NonNullable<ReturnType<FileTree['stat']>>['kind']

/** What each type of host path wants to find there. */
const WANTED: ReadonlyMap<string, readonly [kind: Kind | undefined, name: string]> = new Map([
  ['Directory', ['directory', 'a directory']],
  ['File', ['file', 'a file']],
  ['Socket', [undefined, 'a socket file']],
  ['CharDevice', [undefined, 'a character device']],
  ['BlockDevice', [undefined, 'a block device']],
])

/** Checks what the type promises, and makes what may be made. The runtime makes missing directories in any case. */
function hostPlace({ path, type = '' }: HostPathVolumeSource, { nodeFiles }: PlaceContext): string {
  const found = nodeFiles?.stat(path)
  const wanted = WANTED.get(type)
  if (wanted) {
    const [kind, name] = wanted
    if (!found || kind === undefined || found.kind !== kind)
      throw new MountError(`hostPath type check failed: ${path} is not ${name}`)
    return path
  }
  if (found) {
    if (type === 'DirectoryOrCreate' && found.kind === 'file')
      throw new MountError(`hostPath type check failed: ${path} is not a directory`)
    if (type === 'FileOrCreate' && found.kind === 'directory')
      throw new MountError(`hostPath type check failed: ${path} is not a file`)
    return path
  }
  if (type !== 'FileOrCreate') nodeFiles?.makeDirectory(path)
  else if (nodeFiles?.stat(parentPath(path))) nodeFiles.write(path, '')
  else throw new MountError(`open ${path}: no such file or directory`)
  return path
}

/** No machine of this network serves NFS. */
function unreachable({ server, path }: NFSVolumeSource, name: string, { pod }: PlaceContext): MountError {
  const target = `/var/lib/kubelet/pods/${uidOf(pod)}/volumes/kubernetes.io~nfs/${name}`
  const source = `${server}:${path}`
  return new MountError(
    `mount failed: exit status 32\nMounting command: mount\nMounting arguments: -t nfs ${source} ${target}\nOutput: mount.nfs: Connection refused for ${source} on ${target}\n`,
  )
}
