import { timestamp } from '../api/age.ts'
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../generated/types.ts'
import { event as eventKind } from '../kinds/event.ts'
import { persistentVolume as volumeKind } from '../kinds/persistent-volume.ts'
import { persistentVolumeClaim as claimKind } from '../kinds/persistent-volume-claim.ts'
import { isDefaultClass, namesStorageClass, storageClassOf } from '../kinds/storage/class-of.ts'
import { storageClass as classKind } from '../kinds/storage-class.ts'
import { defineController, type ReconcileContext } from './controller.ts'
import { aboutValue, eventsByObject } from './indexes.ts'
import { annotationsOf, isDeleting, keyOf, nameOf, namespaceOf } from './metadata.ts'
import { annotations, bestMatch, mismatch, referenceTo, refersTo } from './volume-binding.ts'
import { claimsByVolume } from './volume-indexes.ts'

/** Finds volumes for claims (upstream: pkg/controller/volume/persistentvolume/pv_controller.go syncClaim). */
export const persistentVolumeClaimController = defineController({
  name: 'persistentvolume-controller',
  for: claimKind,
  watches: [
    {
      kind: volumeKind,
      keys: (object, { objects }) => [
        ...objects.listBy(claimKind, claimsByVolume, '').map(keyOf),
        ...objects.listBy(claimKind, claimsByVolume, nameOf(object)).map(keyOf),
      ],
    },
    { kind: classKind, keys: (_, { objects }) => objects.listBy(claimKind, claimsByVolume, '').map(keyOf) },
  ],
  delayMs: [10, 40],
  reconcile(key, context) {
    const claim = context.objects.get(claimKind, key.namespace, key.name)
    if (!claim || isDeleting(claim)) return undefined
    if (annotationsOf(claim)[annotations.bindCompleted] !== undefined) checkBound(claim, context)
    else if (claim.spec?.volumeName) takeNamed(claim, claim.spec.volumeName, context)
    else if (!namesStorageClass(claim) && giveDefaultClass(claim, context)) return undefined
    else findVolume(claim, context)
    return undefined
  },
})

/** A claim without a class gets the default one as soon as there is one. */
function giveDefaultClass(claim: PersistentVolumeClaim, { objects }: ReconcileContext): boolean {
  const found = objects.list(classKind).find(isDefaultClass)
  if (!found) return false
  objects.update(claimKind, { ...claim, spec: { ...claim.spec, storageClassName: nameOf(found) } })
  return true
}

function findVolume(claim: PersistentVolumeClaim, context: ReconcileContext): void {
  const { objects } = context
  const className = storageClassOf(claim)
  const found = className === '' ? undefined : objects.get(classKind, undefined, className)
  const delayed =
    found?.volumeBindingMode === 'WaitForFirstConsumer' && annotationsOf(claim)[annotations.selectedNode] === undefined
  const volumes = objects.list(volumeKind)
  const candidates = delayed ? volumes.filter(({ spec }) => refersTo(spec?.claimRef, claim)) : volumes
  const volume = bestMatch(candidates, claim)
  if (volume) bind(volume, claim, context)
  else if (delayed)
    tell(claim, 'Normal', 'WaitForFirstConsumer', 'waiting for first consumer to be created before binding', context)
  else if (className === '')
    tell(
      claim,
      'Normal',
      'FailedBinding',
      'no persistent volumes available for this claim and no storage class is set',
      context,
    )
  else provision(claim, className, found, context)
}

/** Asks the class's provisioner, and says so (upstream: pv_controller.go provisionClaim). */
function provision(
  claim: PersistentVolumeClaim,
  className: string,
  found: StorageClass | undefined,
  context: ReconcileContext,
): void {
  if (!found) {
    const message = `storageclass.storage.k8s.io ${JSON.stringify(className)} not found`
    tell(claim, 'Warning', 'ProvisioningFailed', message, context)
    return
  }
  const { provisioner } = found
  if (provisioner.startsWith('kubernetes.io/')) {
    tell(claim, 'Warning', 'ProvisioningFailed', `no volume plugin matched name: ${provisioner}`, context)
    return
  }
  if (annotationsOf(claim)[annotations.provisioner] !== provisioner) {
    const added = { [annotations.betaProvisioner]: provisioner, [annotations.provisioner]: provisioner }
    context.objects.update(claimKind, withAnnotations(claim, added))
  }
  tell(
    claim,
    'Normal',
    'ExternalProvisioning',
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`,
    context,
  )
}

/** The claim says itself which volume it wants. */
function takeNamed(claim: PersistentVolumeClaim, name: string, context: ReconcileContext): void {
  const volume = context.objects.get(volumeKind, undefined, name)
  if (!volume || isDeleting(volume)) return
  const reference = volume.spec?.claimRef
  if (reference && !refersTo(reference, claim)) {
    const message = `volume ${JSON.stringify(name)} already bound to a different claim.`
    tell(claim, 'Warning', 'FailedBinding', message, context)
    return
  }
  const problem = reference?.uid ? undefined : mismatch(volume, claim)
  if (problem) {
    const message = `Cannot bind to requested volume ${JSON.stringify(name)}: ${problem}`
    tell(claim, 'Warning', 'VolumeMismatch', message, context)
    return
  }
  bind(volume, claim, context)
}

function checkBound(claim: PersistentVolumeClaim, context: ReconcileContext): void {
  const name = claim.spec?.volumeName ?? ''
  const volume = context.objects.get(volumeKind, undefined, name)
  if (volume && refersTo(volume.spec?.claimRef, claim)) {
    bind(volume, claim, context)
    return
  }
  if (volume && !volume.spec?.claimRef) {
    bind(volume, claim, context)
    return
  }
  if (claim.status?.phase === 'Lost') return
  const { status: _status, ...rest } = claim
  context.objects.updateStatus(claimKind, { ...rest, status: { phase: 'Lost' } })
  const [reason, message] = volume
    ? ['ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly']
    : ['ClaimLost', 'Bound claim has lost its PersistentVolume. Data on the volume is lost!']
  context.recorder.event(claim, 'Warning', reason, message)
}

/** Both sides name each other, then both are Bound. */
function bind(volume: PersistentVolume, claim: PersistentVolumeClaim, { objects, now }: ReconcileContext): void {
  const chosen = volume.spec?.claimRef === undefined
  const reference = volume.spec?.claimRef?.uid ? volume.spec.claimRef : referenceTo(claim)
  const bound = objects.update(volumeKind, {
    ...volume,
    metadata: {
      ...volume.metadata,
      ...(chosen && { annotations: { ...annotationsOf(volume), [annotations.boundByController]: 'yes' } }),
    },
    spec: { ...volume.spec, claimRef: reference },
  })
  if (bound.status?.phase !== 'Bound')
    objects.updateStatus(volumeKind, { ...bound, status: { phase: 'Bound', lastPhaseTransitionTime: timestamp(now) } })
  const added = {
    [annotations.bindCompleted]: 'yes',
    ...(claim.spec?.volumeName ? {} : { [annotations.boundByController]: 'yes' }),
  }
  const named = withAnnotations({ ...claim, spec: { ...claim.spec, volumeName: nameOf(volume) } }, added)
  const current = objects.update(claimKind, named)
  const { accessModes, capacity } = volume.spec ?? {}
  objects.updateStatus(claimKind, {
    ...current,
    status: {
      ...current.status,
      phase: 'Bound',
      ...(accessModes && { accessModes }),
      ...(capacity && { capacity: { ...current.status?.capacity, ...capacity } }),
    },
  })
}

const withAnnotations = (claim: PersistentVolumeClaim, added: { readonly [key: string]: string }) => ({
  ...claim,
  metadata: { ...claim.metadata, annotations: { ...annotationsOf(claim), ...added } },
})

/** How often a waiting claim is looked at again upstream, and says the same again. */
const RESYNC_MS = 15_000

/** An event, unless the claim has just said the same. */
function tell(
  claim: PersistentVolumeClaim,
  type: 'Normal' | 'Warning',
  reason: string,
  message: string,
  { objects, recorder, now }: ReconcileContext,
): void {
  const said = objects
    .listBy(eventKind, eventsByObject, aboutValue(namespaceOf(claim), nameOf(claim)))
    .some(
      (event) =>
        event.reason === reason &&
        event.message === message &&
        event.involvedObject.uid === claim.metadata?.uid &&
        now - Date.parse(event.lastTimestamp ?? '') < RESYNC_MS,
    )
  if (!said) recorder.event(claim, type, reason, message)
}
