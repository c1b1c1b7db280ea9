import { timestamp } from '../api/age.ts'
import type { PersistentVolume, PersistentVolumeClaim } from '../generated/types.ts'
import { persistentVolume as volumeKind } from '../kinds/persistent-volume.ts'
import { persistentVolumeClaim as claimKind } from '../kinds/persistent-volume-claim.ts'
import { type ControllerDefinition, defineController, type EventRecorder, type ReconcileContext } from './controller.ts'
import { annotationsOf, nameOf, uidOf } from './metadata.ts'
import { annotations } from './volume-binding.ts'

/** Takes a directory off every node that has it. */
export type RemoveDirectory = (path: string) => void

/** Follows what becomes of volumes once their claims go (upstream: pv_controller.go syncVolume, reclaimVolume). */
export function createPersistentVolumeController(
  recorder: (component: string) => EventRecorder,
  removeDirectory: RemoveDirectory,
): ControllerDefinition {
  return defineController({
    name: 'persistentvolume-reclaimer',
    for: volumeKind,
    watches: [
      {
        kind: claimKind,
        keys: (object) => {
          const name = (object as PersistentVolumeClaim).spec?.volumeName
          return name ? [{ namespace: undefined, name }] : []
        },
      },
    ],
    delayMs: [5, 20],
    reconcile(key, given) {
      const context = { ...given, recorder: recorder('persistentvolume-controller') }
      const volume = context.objects.get(volumeKind, undefined, key.name)
      if (!volume) return undefined
      const reference = volume.spec?.claimRef
      if (!reference?.uid) {
        setPhase(volume, 'Available', context)
        return undefined
      }
      const claim = context.objects.get(claimKind, reference.namespace, reference.name ?? '')
      if (claim && uidOf(claim) === reference.uid) return undefined
      if (volume.status?.phase !== 'Released' && volume.status?.phase !== 'Failed')
        setPhase(volume, 'Released', context)
      reclaim(context.objects.get(volumeKind, undefined, key.name) ?? volume, removeDirectory, context)
      return undefined
    },
  })
}

function setPhase(volume: PersistentVolume, phase: string, { objects, now }: ReconcileContext, message?: string): void {
  if (volume.status?.phase === phase) return
  const status = { phase, lastPhaseTransitionTime: timestamp(now), ...(message !== undefined && { message }) }
  objects.updateStatus(volumeKind, { ...volume, status })
}

function reclaim(volume: PersistentVolume, removeDirectory: RemoveDirectory, context: ReconcileContext): void {
  const { hostPath, persistentVolumeReclaimPolicy: policy, claimRef: _claim, ...rest } = volume.spec ?? {}
  if (volume.status?.phase === 'Failed') return
  if (policy === 'Recycle') {
    if (hostPath) removeDirectory(hostPath.path)
    context.recorder.event(volume, 'Normal', 'VolumeRecycled', 'Volume recycled')
    const spec = { ...rest, persistentVolumeReclaimPolicy: policy, ...(hostPath && { hostPath }) }
    setPhase(context.objects.update(volumeKind, { ...volume, spec }), 'Available', context)
  }
  // What an external provisioner made, it takes away itself.
  if (policy !== 'Delete' || annotationsOf(volume)[annotations.provisionedBy] !== undefined) return
  const problem = deletionProblem(volume)
  if (problem) {
    context.recorder.event(volume, 'Warning', 'VolumeFailedDelete', problem)
    setPhase(volume, 'Failed', context, problem)
    return
  }
  if (hostPath) removeDirectory(hostPath.path)
  context.objects.delete(volumeKind, undefined, nameOf(volume))
}

/** Only scratch directories are deleted by the control plane itself (upstream: pkg/volume/hostpath). */
function deletionProblem({ spec }: PersistentVolume): string | undefined {
  if (!spec?.hostPath) return 'error getting deleter volume plugin for volume: no deletable volume plugin matched'
  if (/^\/tmp\/.+/.test(spec.hostPath.path)) return undefined
  return `host_path deleter only supports /tmp/.+ but received provided ${spec.hostPath.path}`
}
