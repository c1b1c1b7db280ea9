import type { ObjectClient } from '../api/client.ts'
import type { Affinity, Pod, PodAffinityTerm } from '../generated/types.ts'
import { matchesLabelSelector } from '../kinds/format/labels.ts'
import { namespace as namespaceKind } from '../kinds/namespace.ts'
import { labelsOf, nameOf } from './metadata.ts'
import type { Placement } from './placement.ts'

/**
 * The Pod with the namespaces named that its affinity terms select by labels (upstream: interpodaffinity
 * mergeAffinityTermNamespacesIfNotEmpty).
 */
export function withNamespaces(pod: Pod, objects: ObjectClient): Pod {
  const { affinity } = pod.spec ?? {}
  if (!pod.spec || !affinity || !selectsNamespaces(affinity)) return pod
  return { ...pod, spec: { ...pod.spec, affinity: resolved(affinity, objects) } }
}

/** The same for Pods that keep others away. */
export function placesWithNamespaces(places: readonly Placement[], objects: ObjectClient): readonly Placement[] {
  return places.map((place) => {
    const selects = ({ spec }: Pod) => spec?.affinity !== undefined && selectsNamespaces(spec.affinity)
    if (!place.keepingApart.some(selects)) return place
    const named = new Map(place.keepingApart.map((pod) => [pod, withNamespaces(pod, objects)]))
    const swap = (pod: Pod) => named.get(pod) ?? pod
    return { ...place, pods: place.pods.map(swap), keepingApart: place.keepingApart.map(swap) }
  })
}

function termsOf({ podAffinity, podAntiAffinity }: Affinity): readonly PodAffinityTerm[] {
  return [podAffinity, podAntiAffinity].flatMap((rules) => [
    ...(rules?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(rules?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ podAffinityTerm }) => podAffinityTerm),
  ])
}

const selectsNamespaces = (affinity: Affinity): boolean =>
  termsOf(affinity).some(({ namespaceSelector }) => namespaceSelector !== undefined)

function resolved({ podAffinity, podAntiAffinity, ...rest }: Affinity, objects: ObjectClient): Affinity {
  const named = (term: PodAffinityTerm): PodAffinityTerm => {
    const { namespaceSelector, namespaces = [], ...kept } = term
    if (!namespaceSelector) return term
    const selected = objects.list(namespaceKind).filter((one) => matchesLabelSelector(namespaceSelector, labelsOf(one)))
    // A list that names nothing would mean the Pod's own namespace: an impossible name means none.
    const all = [...new Set([...namespaces, ...selected.map(nameOf)])]
    return { ...kept, namespaces: all.length > 0 ? all : [''] }
  }
  const rules = <R extends NonNullable<Affinity['podAffinity']>>(given: R): R => ({
    ...given,
    ...(given.requiredDuringSchedulingIgnoredDuringExecution && {
      requiredDuringSchedulingIgnoredDuringExecution: given.requiredDuringSchedulingIgnoredDuringExecution.map(named),
    }),
    ...(given.preferredDuringSchedulingIgnoredDuringExecution && {
      preferredDuringSchedulingIgnoredDuringExecution: given.preferredDuringSchedulingIgnoredDuringExecution.map(
        (one) => ({ ...one, podAffinityTerm: named(one.podAffinityTerm) }),
      ),
    }),
  })
  return {
    ...rest,
    ...(podAffinity && { podAffinity: rules(podAffinity) }),
    ...(podAntiAffinity && { podAntiAffinity: rules(podAntiAffinity) }),
  }
}
