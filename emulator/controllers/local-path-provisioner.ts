import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../generated/types.ts'
import { persistentVolume as volumeKind } from '../kinds/persistent-volume.ts'
import { persistentVolumeClaim as claimKind } from '../kinds/persistent-volume-claim.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { storageClassOf } from '../kinds/storage/class-of.ts'
import { storageClass as classKind } from '../kinds/storage-class.ts'
import { type ControllerDefinition, defineController, type EventRecorder, type ReconcileContext } from './controller.ts'
import { annotationsOf, isDeleting, keyOf, nameOf, namespaceOf, uidOf } from './metadata.ts'
import type { RemoveDirectory } from './persistent-volumes.ts'
import { isPodReady } from './pods.ts'
import { annotations, referenceTo } from './volume-binding.ts'
import { claimsByVolume } from './volume-indexes.ts'

export const PROVISIONER = 'rancher.io/local-path'
const FOLDER = '/opt/local-path-provisioner'
const NAMESPACE = 'local-path-storage'

/**
 * What rancher's local-path-provisioner does while its Pod runs: a directory on the node that the first consumer was
 * scheduled to, as a volume; and its removal (upstream: github.com/rancher/local-path-provisioner).
 */
export function createLocalPathProvisioner(
  recorder: (component: string) => EventRecorder,
  removeDirectory: RemoveDirectory,
): ControllerDefinition {
  return defineController({
    name: 'local-path-provisioner',
    for: claimKind,
    watches: [
      {
        kind: volumeKind,
        keys: (object) => {
          const reference = (object as PersistentVolume).spec?.claimRef
          return reference ? [{ namespace: reference.namespace, name: reference.name ?? '' }] : []
        },
      },
      {
        kind: podKind,
        keys: (object, { objects }) =>
          isProvisioner(object) ? objects.listBy(claimKind, claimsByVolume, '').map(keyOf) : [],
      },
    ],
    delayMs: [700, 1300],
    reconcile(key, given) {
      const running = given.objects
        .list(podKind, { namespace: NAMESPACE })
        .find((pod) => isProvisioner(pod) && isPodReady(pod))
      if (!running) return undefined
      const identity = `${PROVISIONER}_${nameOf(running)}_${uidOf(running)}`
      const context = { ...given, recorder: recorder(identity) }
      const claim = context.objects.get(claimKind, key.namespace, key.name)
      if (claim && !isDeleting(claim)) provision(claim, context)
      const name = claim?.spec?.volumeName
      for (const volume of name ? [] : releasedFor(key.namespace, key.name, context)) {
        removeDirectory(volume.spec?.hostPath?.path ?? volume.spec?.local?.path ?? '')
        context.objects.delete(volumeKind, undefined, nameOf(volume))
      }
      return undefined
    },
  })
}

function isProvisioner(pod: Pod): boolean {
  return (
    namespaceOf(pod) === NAMESPACE &&
    pod.spec?.containers.some(({ image }) => image?.includes('local-path-provisioner')) === true
  )
}

function releasedFor(
  namespace: string | undefined,
  name: string,
  { objects }: ReconcileContext,
): readonly PersistentVolume[] {
  return objects
    .list(volumeKind)
    .filter(
      (volume) =>
        annotationsOf(volume)[annotations.provisionedBy] === PROVISIONER &&
        volume.spec?.claimRef?.namespace === namespace &&
        volume.spec?.claimRef?.name === name &&
        volume.status?.phase === 'Released' &&
        volume.spec?.persistentVolumeReclaimPolicy === 'Delete',
    )
}

function provision(claim: PersistentVolumeClaim, { objects, recorder }: ReconcileContext): void {
  const wanted = annotationsOf(claim)[annotations.provisioner]
  const found = objects.get(classKind, undefined, storageClassOf(claim))
  if (wanted !== PROVISIONER || claim.spec?.volumeName || !found) return
  const name = `pvc-${uidOf(claim)}`
  if (objects.get(volumeKind, undefined, name)) return
  const about = `${namespaceOf(claim)}/${nameOf(claim)}`
  recorder.event(claim, 'Normal', 'Provisioning', `External provisioner is provisioning volume for claim "${about}"`)
  const node = annotationsOf(claim)[annotations.selectedNode]
  const problem = refusal(claim, node)
  if (problem || node === undefined) {
    const message = `failed to provision volume with StorageClass ${JSON.stringify(nameOf(found))}: ${problem ?? ''}`
    recorder.event(claim, 'Warning', 'ProvisioningFailed', message)
    return
  }
  objects.create(volumeKind, volumeFor(claim, found, name, node))
  recorder.event(claim, 'Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${name}`)
}

function refusal({ spec }: PersistentVolumeClaim, node: string | undefined): string | undefined {
  if (spec?.selector) return 'claim.Spec.Selector is not supported'
  if (spec?.accessModes?.some((mode) => mode !== 'ReadWriteOnce' && mode !== 'ReadWriteOncePod'))
    return 'NodePath only supports ReadWriteOnce and ReadWriteOncePod (1.22+) access modes'
  return node === undefined ? 'configuration error, no node was specified' : undefined
}

function volumeFor(claim: PersistentVolumeClaim, found: StorageClass, name: string, node: string): PersistentVolume {
  const { accessModes, resources, volumeMode } = claim.spec ?? {}
  const storage = resources?.requests?.storage
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: {
      name,
      annotations: { [annotations.provisionedBy]: PROVISIONER, 'local.path.provisioner/selected-node': node },
    },
    spec: {
      ...(accessModes && { accessModes }),
      ...(storage !== undefined && { capacity: { storage } }),
      claimRef: referenceTo(claim),
      hostPath: { path: `${FOLDER}/${name}_${namespaceOf(claim)}_${nameOf(claim)}`, type: 'DirectoryOrCreate' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] },
          ],
        },
      },
      persistentVolumeReclaimPolicy: found.reclaimPolicy ?? 'Delete',
      storageClassName: nameOf(found),
      ...(volumeMode && { volumeMode }),
    },
  }
}
