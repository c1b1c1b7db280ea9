/** The claims of a StatefulSet's Pods (upstream: pkg/controller/statefulset/stateful_pod_control.go, stateful_set_utils.go). */
import { StatusError } from '../api/errors.ts'
import { jsonEqual } from '../api/json.ts'
import type { OwnerReference, PersistentVolumeClaim, Pod, StatefulSet, Volume } from '../generated/types.ts'
import { persistentVolumeClaim as claimKind } from '../kinds/persistent-volume-claim.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { statefulSet as setKind } from '../kinds/stateful-set.ts'
import type { ReconcileContext } from './controller.ts'
import { controllerReference, isDeleting, labelsOf, nameOf, namespaceOf } from './metadata.ts'
import { ordinalOf, startOrdinal, wantedReplicas } from './stateful-set-plan.ts'

const templatesOf = (set: StatefulSet): readonly PersistentVolumeClaim[] => set.spec?.volumeClaimTemplates ?? []

/** `data-web-0` */
const claimName = (template: PersistentVolumeClaim, set: StatefulSet, ordinal: number): string =>
  `${nameOf(template)}-${nameOf(set)}-${ordinal}`

/** The template's volumes with those of the claims, which win where names meet. */
export function withClaimVolumes(
  volumes: readonly Volume[] | undefined,
  set: StatefulSet,
  ordinal: number,
): readonly Volume[] | undefined {
  const templates = templatesOf(set)
  if (templates.length === 0) return volumes
  const claimed = templates.map((template) => ({
    name: nameOf(template),
    persistentVolumeClaim: { claimName: claimName(template, set, ordinal) },
  }))
  const names = new Set(claimed.map(({ name }) => name))
  return [...claimed, ...(volumes ?? []).filter(({ name }) => !names.has(name))]
}

/** Makes the claims that a Pod lacks, and tells of each. Throws what the API refuses. */
export function createClaims(set: StatefulSet, ordinal: number, { objects, recorder }: ReconcileContext): void {
  const pod = `${nameOf(set)}-${ordinal}`
  for (const template of templatesOf(set)) {
    const name = claimName(template, set, ordinal)
    const present = objects.get(claimKind, namespaceOf(set), name)
    if (present && isDeleting(present))
      throw new StatusError({ message: `pvc ${name} is being deleted`, reason: 'Conflict', code: 409 })
    if (present) continue
    try {
      const labels = { ...labelsOf(template), ...set.spec?.selector?.matchLabels }
      const { annotations } = template.metadata ?? {}
      objects.create(claimKind, {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: { name, namespace: namespaceOf(set), labels, ...(annotations && { annotations }) },
        ...(template.spec && { spec: template.spec }),
      })
      recorder.event(
        set,
        'Normal',
        'SuccessfulCreate',
        `create Claim ${name} Pod ${pod} in StatefulSet ${nameOf(set)} success`,
      )
    } catch (error) {
      if (error instanceof StatusError) {
        const about = `create Claim ${name} for Pod ${pod} in StatefulSet ${nameOf(set)} failed error: ${error.message}`
        recorder.event(set, 'Warning', 'FailedCreate', about)
      }
      throw error
    }
  }
}

/**
 * Lets claims go with the set or with the Pod that is scaled away, as the retention policy says: who owns them decides,
 * and the garbage collector acts.
 */
export function ownClaims(set: StatefulSet, pods: readonly Pod[], { objects }: ReconcileContext): void {
  const { whenDeleted, whenScaled } = set.spec?.persistentVolumeClaimRetentionPolicy ?? {}
  const last = startOrdinal(set) + wantedReplicas(set)
  for (const pod of templatesOf(set).length === 0 ? [] : pods) {
    const ordinal = ordinalOf(set, pod) ?? 0
    const condemned = ordinal >= last || ordinal < startOrdinal(set)
    const owner =
      condemned && whenScaled === 'Delete'
        ? controllerReference(pod, podKind)
        : whenDeleted === 'Delete' && !condemned
          ? controllerReference(set, setKind)
          : undefined
    for (const template of templatesOf(set)) {
      const claim = objects.get(claimKind, namespaceOf(set), claimName(template, set, ordinal))
      if (claim && !isDeleting(claim)) setOwner(claim, owner, objects)
    }
  }
}

function setOwner(
  claim: PersistentVolumeClaim,
  owner: OwnerReference | undefined,
  objects: ReconcileContext['objects'],
): void {
  const old = claim.metadata?.ownerReferences ?? []
  const others = old.filter(({ kind }) => kind !== 'StatefulSet' && kind !== 'Pod')
  const ownerReferences = owner ? [...others, owner] : others
  if (jsonEqual(ownerReferences, old)) return
  objects.update(claimKind, { ...claim, metadata: { ...claim.metadata, ownerReferences } })
}
