import type { Ingress } from '../generated/types.ts'
import { ingress as ingressKind } from '../kinds/ingress.ts'
import { ingressClass as ingressClassKind } from '../kinds/ingress-class.ts'
import { pod as podKind } from '../kinds/pod.ts'
import { type ControllerDefinition, defineController, type EventRecorder, type ReconcileContext } from './controller.ts'
import { ingressControllers } from './indexes.ts'
import { annotationsOf, isDeleting, keyOf } from './metadata.ts'

/** What Ingress classes name that this controller is to look after. */
export const ingressController = 'k8s.io/ingress-nginx'

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class'

/**
 * Takes up the Ingresses of its classes and writes where they can be reached, in ingress-nginx's words
 * (ingress-nginx: internal/ingress/controller/store, internal/ingress/status). It routes nothing, and leaves everything
 * to controllers that are installed as Pods (ingress-nginx/).
 */
export function createIngressController(
  address: string,
  recorder: (component: string) => EventRecorder,
): ControllerDefinition {
  return defineController({
    name: 'nginx-ingress-controller',
    for: ingressKind,
    watches: [{ kind: ingressClassKind, keys: (_, { objects }) => objects.list(ingressKind).map(keyOf) }],
    delayMs: [20, 80],
    reconcile(key, context) {
      const found = context.objects.get(ingressKind, key.namespace, key.name)
      if (context.objects.listBy(podKind, ingressControllers, '').length > 0) return undefined
      if (!found || isDeleting(found) || isPublished(found, address) || !isMine(found, context)) return undefined
      recorder('nginx-ingress-controller').event(found, 'Normal', 'Sync', 'Scheduled for sync')
      context.objects.updateStatus(ingressKind, { ...found, status: { loadBalancer: { ingress: [{ ip: address }] } } })
      return undefined
    },
  })
}

const isPublished = ({ status }: Ingress, address: string): boolean =>
  status?.loadBalancer?.ingress?.some(({ ip }) => ip === address) ?? false

function isMine(found: Ingress, { objects }: ReconcileContext): boolean {
  const name = found.spec?.ingressClassName ?? annotationsOf(found)[CLASS_ANNOTATION]
  const named = name === undefined ? undefined : objects.get(ingressClassKind, undefined, name)
  return named?.spec?.controller === ingressController
}
