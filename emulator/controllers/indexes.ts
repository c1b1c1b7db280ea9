/**
 * What controllers and kubelets look objects up by, beside the indexes of every kind in api/object-index.ts (`byOwner`,
 * `byUid`, `byLabel`). `objects.listBy(podKind, podsByNode, name)` costs what it returns; `objects.list(podKind).filter(…)`
 * costs all Pods, at every event.
 */
import { defineIndex, labelValue, type ObjectIndex } from '../api/object-index.ts'
import type { KubeObject } from '../api/types.ts'
import type { CoreV1Event, Pod, Service } from '../generated/types.ts'

/** Pods by the node they are bound to; those that wait for one under `''`. */
export const podsByNode: ObjectIndex = defineIndex((object: KubeObject & Pick<Pod, 'spec'>) => [
  object.spec?.nodeName ?? '',
])

/** Pods that have not finished, by the node they are bound to. */
export const livePodsByNode: ObjectIndex = defineIndex((object: KubeObject & Pick<Pod, 'spec' | 'status'>) => {
  const phase = object.status?.phase
  return phase === 'Succeeded' || phase === 'Failed' ? [] : [object.spec?.nodeName ?? '']
})

/** Pods that wait for the node that preemption has promised them, all under `''`. */
export const nominatedPods: ObjectIndex = defineIndex((object: KubeObject & Pick<Pod, 'spec' | 'status'>) =>
  object.status?.nominatedNodeName && !object.spec?.nodeName ? [''] : [],
)

/** Pods by their address. */
export const podsByAddress: ObjectIndex = defineIndex((object: KubeObject & Pick<Pod, 'status'>) =>
  object.status?.podIP ? [object.status.podIP] : [],
)

/** Services by one label that they select, as `labelValue` names it: every Pod they select has it. */
export const servicesBySelector: ObjectIndex = defineIndex((object: KubeObject & Pick<Service, 'spec'>) => {
  const [first] = Object.entries(object.spec?.selector ?? {})
  return first ? [labelValue(object.metadata?.namespace, ...first)] : []
})

/** Events by the namespace and name of what they are about, as `aboutValue` names it. */
export const eventsByObject: ObjectIndex = defineIndex(
  (object: KubeObject & Partial<Pick<CoreV1Event, 'involvedObject'>>) => [
    aboutValue(object.metadata?.namespace, object.involvedObject?.name),
  ],
)

/** The value of `eventsByObject` for an object's name. */
export function aboutValue(namespace: string | undefined, name: string | undefined): string {
  return `${namespace ?? ''}/${name ?? ''}`
}

/** Pods that run an NGINX Ingress controller, under ''. */
export const ingressControllers: ObjectIndex = defineIndex((object) =>
  (object as Pod).spec?.containers?.some(({ image }) =>
    /ingress-nginx\/controller|nginx-ingress-controller/.test(image ?? ''),
  )
    ? ['']
    : [],
)
