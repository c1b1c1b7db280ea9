/** What a Pod's volumes ask of its node (upstream: pkg/scheduler/framework/plugins/volumebinding). */
import type { ObjectClient } from '../api/client.ts'
import type { Node, PersistentVolume, PersistentVolumeClaim, Pod } from '../generated/types.ts'
import { persistentVolume as volumeKind } from '../kinds/persistent-volume.ts'
import { persistentVolumeClaim as claimKind } from '../kinds/persistent-volume-claim.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { storageClassOf } from '../kinds/storage/class-of.ts'
import { storageClass as classKind } from '../kinds/storage-class.ts'
import { annotationsOf, isDeleting, nameOf, namespaceOf } from './metadata.ts'
import { isPodFinished } from './pods.ts'
import { matchesNode, type Refusal } from './scheduling.ts'
import { annotations, bestMatch, referenceTo, refersTo } from './volume-binding.ts'
import { claimsOf, claimValue, podsByClaim } from './volume-indexes.ts'

/** A Pod's claims as the scheduler sees them. */
export interface PodVolumes {
  /** Why the Pod can run nowhere. */
  readonly problem: string | undefined
  refusals(node: Node): readonly Refusal[]
  /** Asks for the volumes that only now get their place; true while the Pod has to wait for them. */
  reserve(node: Node): boolean
}

/** `undefined` for a Pod that mounts no claims. */
export function volumesOf(pod: Pod, objects: ObjectClient): PodVolumes | undefined {
  const names = claimsOf(pod)
  if (names.length === 0) return undefined
  const claims: PersistentVolumeClaim[] = []
  for (const name of names) {
    const claim = objects.get(claimKind, namespaceOf(pod), name)
    const problem = claimProblem(claim, name)
    if (problem !== undefined || !claim) return { problem, refusals: () => [], reserve: () => true }
    claims.push(claim)
  }
  const open = claims.filter((claim) => !isBound(claim))
  const delayed = open.filter((claim) => waitsForConsumer(claim, objects))
  if (delayed.length < open.length)
    return {
      problem: 'pod has unbound immediate PersistentVolumeClaims',
      refusals: () => [],
      reserve: () => true,
    }
  const bound = claims.filter(isBound)
  return {
    problem: undefined,
    refusals: (node) => nodeRefusals(pod, node, bound, delayed, objects),
    reserve(node) {
      for (const claim of delayed) reserveOne(claim, node, objects)
      return delayed.length > 0
    },
  }
}

function claimProblem(claim: PersistentVolumeClaim | undefined, name: string): string | undefined {
  const named = `persistentvolumeclaim ${JSON.stringify(name)}`
  if (!claim) return `${named} not found`
  if (claim.status?.phase === 'Lost')
    return `${named} bound to non-existent persistentvolume ${JSON.stringify(claim.spec?.volumeName ?? '')}`
  return isDeleting(claim) ? `${named} is being deleted` : undefined
}

const isBound = (claim: PersistentVolumeClaim): boolean =>
  Boolean(claim.spec?.volumeName) && annotationsOf(claim)[annotations.bindCompleted] !== undefined

function waitsForConsumer(claim: PersistentVolumeClaim, objects: ObjectClient): boolean {
  const found = objects.get(classKind, undefined, storageClassOf(claim))
  return found?.volumeBindingMode === 'WaitForFirstConsumer' && !claim.spec?.volumeName
}

const final = (text: string): readonly Refusal[] => [{ text, preemptable: false }]

function nodeRefusals(
  pod: Pod,
  node: Node,
  bound: readonly PersistentVolumeClaim[],
  delayed: readonly PersistentVolumeClaim[],
  objects: ObjectClient,
): readonly Refusal[] {
  if (bound.some((claim) => isTaken(claim, pod, objects)))
    return final('node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode')
  for (const claim of bound) {
    const volume = objects.get(volumeKind, undefined, claim.spec?.volumeName ?? '')
    if (!volume) return final('node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)')
    if (!reaches(volume, node)) return final("node(s) didn't match PersistentVolume's node affinity")
  }
  return delayed.every((claim) => canBeHad(claim, node, objects))
    ? []
    : final("node(s) didn't find available persistent volumes to bind")
}

function isTaken(claim: PersistentVolumeClaim, pod: Pod, objects: ObjectClient): boolean {
  if (!claim.spec?.accessModes?.includes('ReadWriteOncePod')) return false
  return objects
    .listBy(podKind, podsByClaim, claimValue(namespaceOf(pod), nameOf(claim)))
    .some((other) => other.metadata?.uid !== pod.metadata?.uid && other.spec?.nodeName && !isPodFinished(other))
}

/** Volumes that bind themselves to nodes say so as a Pod's affinity does. */
function reaches({ spec }: PersistentVolume, node: Node): boolean {
  const required = spec?.nodeAffinity?.required
  if (!required) return true
  const nodeAffinity = { requiredDuringSchedulingIgnoredDuringExecution: required }
  return matchesNode({ spec: { containers: [], affinity: { nodeAffinity } } }, node)
}

/** A claim that waits has a place where its node was chosen before, where a volume lies, or where one can be made. */
function canBeHad(claim: PersistentVolumeClaim, node: Node, objects: ObjectClient): boolean {
  const chosen = annotationsOf(claim)[annotations.selectedNode]
  if (chosen !== undefined) return chosen === nameOf(node)
  if (volumeOn(node, claim, objects)) return true
  const found = objects.get(classKind, undefined, storageClassOf(claim))
  return found !== undefined && !found.provisioner.startsWith('kubernetes.io/')
}

function volumeOn(node: Node, claim: PersistentVolumeClaim, objects: ObjectClient): PersistentVolume | undefined {
  return bestMatch(
    objects.list(volumeKind).filter((volume) => reaches(volume, node)),
    claim,
  )
}

function reserveOne(claim: PersistentVolumeClaim, node: Node, objects: ObjectClient): void {
  const volume = volumeOn(node, claim, objects)
  if (volume) {
    if (!refersTo(volume.spec?.claimRef, claim))
      objects.update(volumeKind, { ...volume, spec: { ...volume.spec, claimRef: referenceTo(claim) } })
    return
  }
  const marked = { ...annotationsOf(claim), [annotations.selectedNode]: nameOf(node) }
  objects.update(claimKind, { ...claim, metadata: { ...claim.metadata, annotations: marked } })
}
